"""The part of each contract that the programme pays: what its period and the contract have in common, in thirtieths.

Salaries of the State are paid by thirtieths: every month counts for thirty days, however many it has (décret 62-765 of
6 July 1962, article 1).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import pandas as pd

from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.domain.costs import exact
from eig_sheets.domain.frames import Mask

THIRTIETHS: Final = 30
"""Days of every month, for who is paid."""
_YEAR: Final = 12 * THIRTIETHS


def paid_thirtieths(starts: pd.Series, ends: pd.Series, rules: CofinancingRules) -> pd.Series:
    """The thirtieths of a month that the programme pays of each contract, null where its dates do not tell.

    `starts`, `ends`: first and last days, both included. A contract without an end lasts `total_months`. Without
    `paid_from`, every contract is paid `months`, whenever it starts; so is one that covers the whole period.
    """
    whole = _thirtieths(rules.months)
    if rules.paid_from is None:
        return pd.Series(whole, index=starts.index)
    first = _first_day(pd.Series([pd.Timestamp(rules.paid_from)])).iloc[0]
    begun = _first_day(starts)
    over = _day_after(ends).fillna(begun + _thirtieths(rules.total_months))
    paid = over.clip(upper=first + whole) - begun.clip(lower=first)
    return paid.clip(lower=0).mask(is_reversed(starts, ends))


def is_reversed(starts: pd.Series, ends: pd.Series) -> Mask:
    """Which contracts end before they start."""
    reversed_: Mask = (ends < starts).to_numpy(dtype=bool)
    return reversed_


def needs_dates(rules: CofinancingRules) -> bool:
    """Whether an amount depends on when a contract starts."""
    return rules.rule == "months" and rules.paid_from is not None


def last_paid_day(rules: CofinancingRules) -> date | None:
    """The last day of the period that the programme pays; None when it has no dates."""
    if rules.paid_from is None:
        return None
    day = rules.paid_from
    start = day.year * _YEAR + (day.month - 1) * THIRTIETHS + min(day.day, THIRTIETHS) - 1
    last = start + int(_thirtieths(rules.months)) - 1
    year, of_year = divmod(last, _YEAR)
    month, of_month = divmod(of_year, THIRTIETHS)
    end = pd.Timestamp(year, month + 1, 1).days_in_month
    return date(year, month + 1, end if of_month == THIRTIETHS - 1 else min(of_month + 1, end))


def months_of(thirtieths: float) -> float:
    """Thirtieths as months: 75 → 2.5."""
    return float(exact(thirtieths) / THIRTIETHS)


def _thirtieths(months: float) -> float:
    return float(exact(months) * Decimal(THIRTIETHS))


def _first_day(days: pd.Series) -> pd.Series:
    """The place of each day in years of 360; the 31st is the 30th."""
    of_month = days.dt.day.clip(upper=THIRTIETHS) - 1
    places: pd.Series = days.dt.year * _YEAR + (days.dt.month - 1) * THIRTIETHS + of_month
    return places.astype(float)


def _day_after(days: pd.Series) -> pd.Series:
    """The place of the day after each: the last day of a month, be it the 28th, is its thirtieth."""
    places = _first_day(days)
    after: pd.Series = places.mask(days.dt.is_month_end, places // THIRTIETHS * THIRTIETHS + THIRTIETHS - 1).add(1)
    return after
