"""Proposed dates that cannot be beside those that people decided: moved to the nearest day that can, or left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

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
from eig_sheets.config.next_call.dates import in_order

_LEFT_OUT: Final = "emails.reminders"
"""A list of which a date that cannot be is left out: on the day of the invitation, a reminder says nothing."""

_DAY_AFTER: Final = "emails.jury_thanked"
"""Jurors are thanked once they have ended, not on the day."""


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
