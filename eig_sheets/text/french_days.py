"""The days that a French text names, such as « les 4 et 5 mai 2021 »: the first of them and the last."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from eig_sheets.text.french import MONTHS, listed

_TOKEN: Final = re.compile(rf"\b(\d{{1,2}})(?:er|ᵉʳ)?\b|\b({'|'.join(MONTHS)})\b|\b(20\d\d)\b", re.IGNORECASE)


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
