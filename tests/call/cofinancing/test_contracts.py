"""The months of a contract that are paid: whatever its dates, never more than the period, and each month whole."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.cofinancing.rules_recruits import last_paid_day, months_of, needs_dates, paid_thirtieths
from tests.call import builders as build

pytestmark = pytest.mark.newest

RULES = build.EIG5.cofinancing
DAYS = st.dates(date(2021, 1, 1), date(2022, 12, 31))


def thirtieths(start: date | None, end: date | None = None, rules=RULES) -> float | None:
    starts, ends = (pd.Series([pd.Timestamp(day) if day else pd.NaT]).astype("datetime64[us]") for day in (start, end))
    [found] = paid_thirtieths(starts, ends, rules)
    return None if pd.isna(found) else found


def day_by_day(start: date, end: date) -> int:
    """The same, counting each day of the contract that is in October to December 2021; a 31st is the 30th again."""
    paid = {(2021, month): [False] * 30 for month in (10, 11, 12)}
    day = start
    while day <= end:
        if (day.year, day.month) in paid:
            paid[day.year, day.month][min(day.day, 30) - 1] = True
        day += timedelta(days=1)
    return sum(map(sum, paid.values()))


@given(DAYS, DAYS)
def test_the_paid_days_of_a_contract_are_those_it_has_in_the_period(first, second):
    start, end = sorted((first, second))
    assert thirtieths(start, end) == day_by_day(start, end)


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_a_whole_month_is_thirty_thirtieths_however_many_days_it_has(year, month):
    rules = RULES.model_copy(update={"paid_from": date(year, month, 1), "months": 1.0})
    last = date(year, month, calendar.monthrange(year, month)[1])
    assert thirtieths(date(year, month, 1), last, rules) == 30
    assert last_paid_day(rules) == last


def test_without_dates_of_the_period_every_contract_is_paid_as_much():
    rules = RULES.model_copy(update={"paid_from": None})
    assert (thirtieths(None, None, rules), thirtieths(date(2022, 1, 3), None, rules)) == (90, 90)
    assert (needs_dates(rules), last_paid_day(rules)) == (False, None)


@pytest.mark.parametrize("rule", ["flat", "none"])
def test_other_rules_need_no_contract(rule):
    assert not needs_dates(RULES.model_copy(update={"rule": rule, "flat_amount": 20_000.0}))


def test_the_period_of_eig5_is_october_to_december():
    assert needs_dates(RULES)
    assert last_paid_day(RULES) == date(2021, 12, 31)
    assert last_paid_day(RULES.model_copy(update={"months": 2.5})) == date(2021, 12, 15)


def test_half_months_are_fifteen_thirtieths():
    assert months_of(75) == 2.5
