"""The days between which a date of a candidate can be believed."""

from datetime import date

from eig_sheets.features.talents.tabs import TABS
from tests.call import builders as build


def bounds(rules):
    return {"talents": TABS[0].bounds(rules)}


def test_contracts_are_those_of_the_call():
    found = bounds(build.EIG5)["talents"]
    assert found["debut_contrat"] == (date(2021, 2, 1), date(2022, 7, 12))
    assert found["fin_contrat"] == (date(2021, 2, 1), date(2023, 5, 10))
    assert found["date_depot"] == (date(2020, 10, 18), date(2021, 9, 13))


def test_a_call_that_says_nothing_of_its_months_bounds_deposits_alone():
    rules = build.campaign(emails={"experimentation": None}, cofinancing={"paid_from": None})
    assert set(bounds(rules)["talents"]) == {"date_depot"}
    paid = build.campaign(emails={"experimentation": None})
    assert bounds(paid)["talents"]["debut_contrat"] == (date(2021, 2, 1), date(2022, 8, 1))
