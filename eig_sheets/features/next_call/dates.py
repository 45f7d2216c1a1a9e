"""The dates of the next call: those of the last one, moved by whole weeks, so that a Friday stays a Friday."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from eig_sheets.config.coherence import day_of
from eig_sheets.text.french_days import each_day_named, written_days

Day = TypeVar("Day", date, datetime)


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
