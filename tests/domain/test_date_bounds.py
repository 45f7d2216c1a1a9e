"""The days between which a date can be believed come from the dates of the call, whichever it is."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.domain.date_bounds import date_bounds
from tests.call import builders as build


def bounds(rules):
    return date_bounds(rules.campaign, rules.emails.experimentation, rules.cofinancing)


def test_those_of_the_fifth_call():
    found = bounds(build.EIG5)
    assert found["candidatures"]["date_depot"] == (date(2020, 8, 26), date(2021, 9, 13))
    assert found["candidatures"]["decide_le"] == (date(2021, 2, 1), date(2022, 7, 12))
    assert found["jury"]["declaration"] == (date(2020, 4, 5), date(2022, 7, 12))


@pytest.mark.parametrize("years", [1, 10, 100])
def test_a_call_of_another_year_has_its_own(years):
    def later(day):
        return day.replace(year=day.year + years)

    call, months = build.EIG5.campaign, build.EIG5.emails.experimentation
    rules = build.campaign(
        campaign={"opens": later(call.opens), "closes": later(call.closes)},
        emails={"experimentation": {"starts": later(months.starts), "ends": later(months.ends)}},
    )
    assert bounds(rules)["candidatures"]["decide_le"] == (date(2021 + years, 2, 1), date(2022 + years, 7, 12))


def test_a_call_that_says_nothing_of_its_months_bounds_deposits_alone():
    rules = build.campaign(emails={"experimentation": None}, cofinancing={"paid_from": None})
    assert set(bounds(rules)["candidatures"]) == {"date_depot"}
    paid = build.campaign(emails={"experimentation": None})
    assert bounds(paid)["candidatures"]["decide_le"] == (date(2021, 2, 1), date(2022, 8, 1))
