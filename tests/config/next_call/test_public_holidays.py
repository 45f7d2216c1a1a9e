"""The public holidays of France, against the calendars that the State published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from eig_sheets.config.next_call.public_holidays import public_holiday

pytestmark = pytest.mark.newest

MOVABLE = {  # service-public.fr: Easter Monday, Ascension, Whit Monday
    2021: ("04-05", "05-13", "05-24"), 2022: ("04-18", "05-26", "06-06"), 2023: ("04-10", "05-18", "05-29"),
    2024: ("04-01", "05-09", "05-20"), 2025: ("04-21", "05-29", "06-09"), 2026: ("04-06", "05-14", "05-25"),
}  # fmt: skip
FIXED = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25")


@pytest.mark.parametrize("year", MOVABLE)
def test_a_year_has_eleven_public_holidays(year):
    days = (date(year, 1, 1) + timedelta(days=place) for place in range(366))
    found = {f"{day:%m-%d}": public_holiday(day) for day in days if day.year == year and public_holiday(day)}
    assert set(found) == {*FIXED, *MOVABLE[year]}
    assert [found[day] for day in MOVABLE[year]] == ["lundi de Pâques", "Ascension", "lundi de Pentecôte"]
    assert found["05-01"] == "fête du Travail"


def test_the_earliest_and_the_latest_easter():
    assert public_holiday(date(1818, 3, 23)) == public_holiday(date(2038, 4, 26)) == "lundi de Pâques"
