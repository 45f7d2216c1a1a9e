"""The days that a French text names, such as « les 4 et 5 mai 2021 »: read, and written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from eig_sheets.text.french import MONTHS, listed, plain

_TOKEN: Final = re.compile(rf"\b(\d{{1,2}})(?:er|ᵉʳ)?\b|\b({'|'.join(MONTHS)})\b|\b(20\d\d)\b", re.IGNORECASE)
_DAY: Final = re.compile(r"\b(\d{1,2})(?:er|ᵉʳ)?\b(?:\s+([a-zéû]+))?(?:\s+(20\d\d))?")
_MONTH: Final = {plain(month): number for number, month in enumerate(MONTHS, 1)}


YEARS: Final = range(2000, 2101)
"""Those that a day may be of: any other was mistyped."""


class NamedDays(NamedTuple):
    """The first and the last of some days."""

    first: date
    last: date


def named_days(text: str) -> NamedDays | None:
    """The first and last days that a text names; None in doubt.

    « le 4 mai 2021 », « les 31 mars et 1er avril 2022 », « du 3 au 5 mai 2021 », « en juin 2022 » (the whole month). A
    month, or a year, is that of the days before it, too.
    """
    try:
        spans = [*_spans(text)]
    except ValueError:  # no such day, or a day without its month, or a month without its year
        return None
    return NamedDays(min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _spans(text: str) -> Iterable[NamedDays]:
    month = year = 0
    whole: NamedDays | None = None
    for day, month_name, year_text in reversed(_TOKEN.findall(text)):
        if year_text:
            year = int(year_text)
        elif month_name:
            yield from (whole,) if whole else ()
            month = MONTHS.index(month_name.lower()) + 1
            whole = of_months([date(year, month, 1)])
        else:
            whole = None
            named = date(year, month, int(day))
            yield NamedDays(named, named)
    yield from (whole,) if whole else ()


def of_months(values: Iterable[date]) -> NamedDays:
    """The first day of the first of these months, and the last day of the last."""
    ordered = sorted(values)
    last = ordered[-1]
    return NamedDays(ordered[0].replace(day=1), last.replace(day=monthrange(last.year, last.month)[1]))


def in_months(values: Iterable[date]) -> str:
    """Days of July and August → en juillet et en août."""
    months = dict.fromkeys((value.year, value.month) for value in sorted(values))
    return listed(f"en {MONTHS[month - 1]}" for _, month in months)


def each_day_named(text: str) -> list[date]:
    """The days of which a text is the list; [] in doubt.

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
    """Days in French: « les 4 et 5 mai 2021 »; « du 3 au 6 mai 2021 » when the text `of` other days is so."""
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
