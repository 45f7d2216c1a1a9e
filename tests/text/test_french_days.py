"""The days that a French text names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.text.french_days import each_day_named, in_months, named_days, of_months, written_days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("le 20 mai 2025", date(2025, 5, 20), date(2025, 5, 20)),
        ("les 4 et 5 mai 2021", date(2021, 5, 4), date(2021, 5, 5)),
        ("les 31 mars et 1er avril 2022", date(2022, 3, 31), date(2022, 4, 1)),
        ("les 7, 8, 9, 14 et 15 juin 2021", date(2021, 6, 7), date(2021, 6, 15)),
        ("du lundi 3 au mercredi 5 mai 2021", date(2021, 5, 3), date(2021, 5, 5)),
        ("les 30 décembre 2021 et 3 janvier 2022", date(2021, 12, 30), date(2022, 1, 3)),
        ("le 1ᵉʳ Août 2021", date(2021, 8, 1), date(2021, 8, 1)),
        ("en juin 2022", date(2022, 6, 1), date(2022, 6, 30)),
        ("en janvier et en février 2024", date(2024, 1, 1), date(2024, 2, 29)),
    ],
)
def test_the_first_and_the_last(text, first, last):
    assert named_days(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "au printemps", "les 4 et 5 mai", "le 31 juin 2021", "en 2021", "le 4 mai 2021 à 9 h", "le 4 2021"]
)
def test_in_doubt_none(text):
    assert named_days(text) is None


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([date(2021, 5, 17)], "en mai"), ([date(2021, 8, 15), date(2021, 7, 15)], "en juillet et en août"),
        ([date(2021, 5, 3), date(2021, 5, 20)], "en mai"),
        ([date(2021, 12, 1), date(2022, 1, 1), date(2022, 2, 1)], "en décembre, en janvier et en février"),
    ],
)  # fmt: skip
def test_months(values, written):
    assert in_months(values) == written


def test_months_are_whole():
    assert of_months([date(2024, 2, 15), date(2024, 1, 31)]) == (date(2024, 1, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([(2026, 12, 28), (2026, 12, 29), (2026, 12, 30), (2027, 1, 4), (2027, 1, 5)],
         "les 28, 29 et 30 décembre 2026 et les 4 et 5 janvier 2027"),
        ([(2022, 3, 30), (2022, 3, 31), (2022, 4, 1)], "les 30 et 31 mars et le 1er avril 2022"),
        ([(2022, 3, 31), (2022, 4, 1)], "les 31 mars et 1er avril 2022"),
        ([(2021, 1, 1), (2021, 2, 1), (2022, 1, 1), (2022, 2, 1)],
         "les 1er janvier, 1er février 2021, 1er janvier et 1er février 2022"),
    ],
)  # fmt: skip
def test_days_of_two_months_are_told_apart(days, expected):
    dates = [date(*day) for day in days]
    assert written_days(dates) == expected
    assert named_days(expected) == (dates[0], dates[-1])


@given(st.lists(st.dates(date(2020, 6, 1), date(2022, 12, 31)), min_size=1, max_size=6, unique=True).map(sorted))
def test_days_in_words_are_read_back(days: list[date]):
    assert each_day_named(written_days(days)) == days
