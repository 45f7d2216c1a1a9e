"""The dates of the next call: those of the last one, moved by whole weeks, so that a Friday stays a Friday."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final, TypeVar

from eig_sheets.config.coherence import day_of
from eig_sheets.text.french import MONTHS, listed, plain

Day = TypeVar("Day", date, datetime)
_DAY: Final = re.compile(r"\b(\d{1,2})(?:er|ᵉʳ)?\b(?:\s+([a-zéû]+))?(?:\s+(20\d\d))?")
_MONTH: Final = {plain(month): number for number, month in enumerate(MONTHS, 1)}


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
        days = call_days(text)
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


def call_days(text: str) -> list[date]:
    """The days that a text names; [] in doubt.

    « le 4 mai 2021 », « les 31 mars et 1er avril 2022 », and the first and last of « du 3 au 5 mai 2021 ».
    """
    if not re.match(r"(?:le|les|du) \d", text):
        return []
    parts, month, year = [], None, None
    for day, month_name, year_text in reversed(_DAY.findall(text)):
        month, year = _MONTH.get(plain(month_name), month), int(year_text) if year_text else year
        if month is None or year is None:
            return []
        parts.append((year, month, int(day)))
    written = re.sub(r"\s+", " ", text)
    try:
        days = sorted(date(*part) for part in parts)
    except ValueError:
        return []
    return days if written_days(days, of=text) == written else []


def written_days(days: Sequence[date], of: str = "") -> str:
    """Days in French: « les 4 et 5 mai 2021 »; « du 3 au 6 mai 2021 » when the text `of` the last call is so."""
    if len(days) == 1:
        return f"le {_in_words(days[0])}"
    if of.startswith("du ") and len(days) == 2:
        first, last = days
        start = _first(first) if first.month == last.month else f"{_first(first)} {MONTHS[first.month - 1]}"
        return f"du {start} au {_in_words(last)}"
    months = [*_in_months(days)]
    if len(months) in (1, len(days)):
        return f"les {listed(of_month for of_month, _ in months)}"
    return listed(f"{article} {of_month}" for of_month, article in months)


def _in_months(days: Sequence[date]) -> Iterator[tuple[str, str]]:
    """The days of each month, the last of a year with it (« 28 et 29 décembre 2026 »), and their article."""
    for (year, month), group in groupby(days, key=lambda day: (day.year, day.month)):
        of_month = [*group]
        ends_year = of_month[-1] == max(day for day in days if day.year == year)
        text = f"{listed(map(_first, of_month))} {MONTHS[month - 1]}" + (f" {year}" if ends_year else "")
        yield text, "les" if len(of_month) > 1 else "le"


def _in_words(day: date) -> str:
    return f"{_first(day)} {MONTHS[day.month - 1]} {day.year}"


def _first(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
