"""The dates of the next call: those of the last one, moved by whole weeks, so that a Friday stays a Friday.

A proposal that cannot be beside what people decided is moved to the nearest day that can, or left out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from eig_sheets.config.coherence import (
    ORDERS,
    Compared,
    Order,
    bounds,
    compared,
    day_of,
    end_of,
    impossible_pairs,
    leaves,
)
from eig_sheets.text.french_days import each_day_named, written_days

Day = TypeVar("Day", date, datetime)
_LEFT_OUT: Final = "emails.reminders"
"""A list of which a date that cannot be is left out: on the day of the invitation, a reminder says nothing."""

_DAY_AFTER: Final = "emails.jury_thanked"
"""Jurors are thanked once they have ended, not on the day."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How dates move: each with the nearest of some days of the last call. `anchors`: these, and those of the next."""

    anchors: tuple[tuple[date, date], ...]

    def weeks(self, value: date) -> int:
        """The whole weeks by which a date moves: to the nearest, of those that keep it on its side of the anchor."""
        day = day_of(value)
        old, new = min(self.anchors, key=lambda anchor: abs((anchor[0] - day).days))
        weeks = round((new - old).days / 7)
        moved = day + timedelta(weeks=weeks)
        if day == old:
            return weeks + (moved < new)
        return weeks + (moved <= new) if day > old else weeks - (moved >= new)

    def moved(self, value: Day) -> Day:
        """The date of the next call, of the same weekday and hour."""
        return value + timedelta(weeks=self.weeks(value))

    def first_of_month(self, value: Day) -> Day:
        """The date of the next call, moved to the nearest first of a month when that of the last call is one."""
        moved = self.moved(value)
        if value.day != 1:
            return moved
        return min(moved.replace(day=1), (moved + timedelta(days=31)).replace(day=1), key=lambda day: abs(day - moved))

    def months(self, values: Sequence[date]) -> tuple[date, ...]:
        """Dates of which the month alone counts, all moved by as many months as the first of them."""
        first = min(values, default=None)
        if first is None:
            return ()
        moved = self.moved(first)
        count = min(range(-1, 2), key=lambda shift: abs(_months_later(first, _months(first, moved) + shift) - moved))
        return tuple(_months_later(value, _months(first, moved) + count) for value in values)

    def everywhere(self, value: Any) -> Any:
        """A value of the configuration with every date in it moved."""
        if isinstance(value, date):
            return self.moved(value)
        if isinstance(value, Mapping):
            return {name: self.everywhere(item) for name, item in value.items()}
        return in_order(map(self.everywhere, value)) if isinstance(value, tuple) else value

    def in_words(self, text: str) -> str:
        """« les 4 et 5 mai 2021 » moved likewise; a text that is no list of days as it is."""
        days = each_day_named(text)
        return written_days([self.moved(day) for day in days], of=text) if days else text


def in_order(items: Iterable[Any]) -> tuple[Any, ...]:
    """The items of a list; days in their order, which moving each by itself may change."""
    dates = tuple(items)
    return tuple(sorted(dates)) if all(type(item) is date for item in dates) else dates


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _months_later(value: date, count: int) -> date:
    """The same day of another month, or its last one."""
    years, month = divmod(value.month - 1 + count, 12)
    year = value.year + years
    return value.replace(year=year, month=month + 1, day=min(value.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Correction:
    """What becomes of a proposal that cannot be: another date, None when it is left out, and why, in French."""

    value: date | None
    why: str


def corrections(
    settings: Mapping[str, Any], decided: frozenset[str], opens: date, orders: Sequence[Order] = ORDERS
) -> dict[str, Correction]:
    """The corrections by key, for settings by dotted key; the keys `decided` are never corrected.

    `orders`: the dates that are compared. Days that people decided in an impossible order stay so.
    """
    every = compared(leaf for name, setting in settings.items() for leaf in leaves(setting, name))
    first = {key: value for key, value in every.items() if isinstance(value, date)}
    corrected = every | {key: _within(key, value, opens) for key, value in first.items() if key not in decided}
    fixed = decided | (every.keys() - first.keys())
    movable = {key: value for key, value in corrected.items() if _plain(key) != _LEFT_OUT}
    limits: dict[str, str] = {}
    _raise(movable, fixed, limits, orders)
    _lower(movable, fixed, limits, orders)
    moved = {
        key: Correction(value, f"au lieu du {first[key].isoformat()}, {_why(limits.get(key, 'campaign.opens'))}")
        for key, value in movable.items()
        if isinstance(value, date) and value != first[key]
    }
    pairs = impossible_pairs(corrected | movable, orders)
    left_out = {key: other for pair in pairs for key, other in (pair, pair[::-1]) if _plain(key) == _LEFT_OUT}
    return moved | {
        key: Correction(None, f"{first[key].isoformat()} est retiré, {_why(other)}") for key, other in left_out.items()
    }


def with_corrections(value: Any, key: str, corrected: Mapping[str, Correction]) -> Any:
    """A setting with its corrections; an item of a list that is left out is no longer there."""
    if isinstance(value, Mapping):
        return {name: with_corrections(item, f"{key}.{name}", corrected) for name, item in value.items()}
    if isinstance(value, tuple):
        items = (with_corrections(item, f"{key}[{place}]", corrected) for place, item in enumerate(value, 1))
        return in_order(item for item in items if item is not None)
    return corrected[key].value if key in corrected else value


def _raise(dates: dict[str, Compared], fixed: frozenset[str], limits: dict[str, str], orders: Sequence[Order]) -> None:
    """Put each proposal no earlier than what it follows."""
    while late := [pair for pair in impossible_pairs(dates, orders) if pair[1] not in fixed]:
        first, second = late[0]
        dates[second], limits[second] = _after(second, _on(dates[second], dates[first])), first


def _lower(dates: dict[str, Compared], fixed: frozenset[str], limits: dict[str, str], orders: Sequence[Order]) -> None:
    """Put each proposal no later than what follows it."""
    while early := [pair for pair in impossible_pairs(dates, orders) if pair[0] not in fixed]:
        first, second = early[0]
        dates[first], limits[first] = _on(dates[first], dates[second]), second


def _within(key: str, value: date, opens: date) -> Compared:
    first, last = bounds(opens)
    if day_of(value) > last and not key.startswith("emails.experimentation"):
        return _on(value, last)
    return _on(value, first) if day_of(value) < first else value


def _on(value: Compared, other: Compared) -> Compared:
    """A date, or a moment, on the day of another, or on the last of those in words."""
    return value + (end_of(other) - end_of(value)) if isinstance(value, date) else value


def _after(key: str, value: Compared) -> Compared:
    """A date that may follow another on the same day; the next day for a key that must come after it."""
    return value + timedelta(days=1) if _plain(key) == _DAY_AFTER and isinstance(value, date) else value


def _why(other: str) -> str:
    return f"impossible avec {_plain(other)}"


def _plain(key: str) -> str:
    return re.sub(r"\[\d+\]", "", key)
