"""The public holidays of France, against the calendars that the State published; working days between them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from eig_sheets.domain.working_days import is_working_day, public_holiday, working_day

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


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2021, 9, 13), date(2021, 9, 13), date(2021, 9, 13)),  # a Monday
        (date(2022, 2, 12), date(2022, 2, 11), date(2022, 2, 14)),  # a Saturday
        (date(2022, 4, 18), date(2022, 4, 15), date(2022, 4, 19)),  # Easter Monday, after a week-end
        (date(2021, 11, 11), date(2021, 11, 10), date(2021, 11, 12)),  # a Thursday
        (date(2022, 1, 1), date(2021, 12, 31), date(2022, 1, 3)),  # over the end of a year
        (date(2021, 5, 13), date(2021, 5, 12), date(2021, 5, 14)),  # Ascension; the Friday after it is worked
    ],
)
def test_a_day_off_gives_way_to_the_nearest_working_day(day, before, after):
    assert (working_day(day, "before"), working_day(day, "after")) == (before, after)
    assert is_working_day(day) == (before == after)
