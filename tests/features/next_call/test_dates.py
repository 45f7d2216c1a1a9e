"""The dates of the next call: a Friday stays a Friday, hours are kept, and each date stays on its side of the call."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.next_call.dates import Shift, in_order

pytestmark = pytest.mark.newest

CALL = (
    (date(2021, 2, 1), date(2022, 1, 24)),
    (date(2021, 4, 7), date(2022, 3, 18)),
    (date(2021, 5, 5), date(2022, 4, 1)),
)
DAYS = st.dates(date(2020, 6, 1), date(2022, 12, 31))


@given(DAYS, DAYS)
def test_a_weekday_and_an_hour_are_kept(opens: date, value: date):
    shift = Shift(((date(2021, 2, 1), opens),))
    moment = datetime.combine(value, datetime.min.time()) + timedelta(hours=23, minutes=59)
    assert shift.moved(value).weekday() == value.weekday()
    assert shift.moved(moment).time() == moment.time()
    assert shift.moved(moment).date() == shift.moved(value)


@given(DAYS)
def test_a_date_stays_on_its_side_of_the_nearest_day_that_people_decided(value: date):
    old, new = min(CALL, key=lambda days: abs((days[0] - value).days))
    moved = Shift(CALL).moved(value)
    assert moved >= new if value == old else (moved > new) is (value > old)
    assert moved != new or value == old
    assert abs((moved - new) - (value - old)) <= timedelta(days=10)


def test_dates_follow_the_nearest_of_the_opening_the_closing_and_the_jury():
    moved = Shift(CALL).moved
    assert moved(date(2021, 2, 12)) == date(2022, 2, 4)  # Friday, eleven days after the opening
    assert moved(date(2021, 4, 12)) == date(2022, 3, 21)  # Monday, after the closing
    assert moved(date(2021, 4, 29)) == date(2022, 3, 24)  # Thursday, before the jury
    assert moved(datetime(2021, 5, 6, 9, 30)) == datetime(2022, 4, 7, 9, 30)  # Thursday, after it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 4 mai 2021", "le 3 mai 2022"),
        ("les 4 et 5 mai 2021", "les 3 et 4 mai 2022"),
        ("les 7, 8, 9, 14 et 15 juin 2021", "les 6, 7, 8, 13 et 14 juin 2022"),
        ("les 1er et 2 juin 2021", "les 31 mai et 1er juin 2022"),
        ("les 31 mars et 1er avril 2021", "les 30 et 31 mars 2022"),
        ("les 31 décembre 2021 et 3 janvier 2022", "les 30 décembre 2022 et 2 janvier 2023"),
        ("du 3 au 6 mai 2021", "du 2 au 5 mai 2022"),
        ("du 31 mai au 2 juin 2021", "du 30 mai au 1er juin 2022"),
        *((text, text) for text in ("", "début mai", "les 4 et 5 mai", "le 31 avril 2021", "les lauréats de 2021",
                                    "le 4 mai 2021 à 9 h", "les 4 et 5 mai 2021, à Paris")),
    ],
)  # fmt: skip
def test_days_in_words_move_too_and_any_other_text_stays(text, expected):
    assert Shift(((date(2021, 2, 1), date(2022, 1, 31)),)).in_words(text) == expected


@pytest.mark.parametrize(
    ("opens", "paid"),
    [
        (date(2022, 1, 31), date(2022, 10, 1)),
        (date(2022, 2, 7), date(2022, 10, 1)),
        (date(2022, 3, 14), date(2022, 11, 1)),
        (date(2026, 1, 5), date(2026, 9, 1)),
    ],
)
def test_a_first_of_the_month_stays_one(opens, paid):
    shift = Shift(((date(2021, 2, 1), opens),))
    assert shift.first_of_month(date(2021, 10, 1)) == paid
    assert shift.first_of_month(date(2021, 10, 15)) == shift.moved(date(2021, 10, 15))


@pytest.mark.parametrize(
    ("opens", "months"),
    [
        (date(2026, 8, 24), [date(2027, 2, 15), date(2027, 3, 15)]),
        (date(2022, 1, 31), [date(2022, 7, 15), date(2022, 8, 15)]),
        (date(2026, 11, 30), [date(2027, 5, 15), date(2027, 6, 15)]),
    ],
)
def test_dates_of_which_the_month_counts_move_by_months(opens, months):
    shift = Shift(((date(2021, 2, 1), opens),))
    assert [*shift.months([date(2021, 7, 15), date(2021, 8, 15)])] == months
    assert shift.months([]) == ()


@given(DAYS, DAYS)
def test_a_month_moves_as_near_as_a_month_can(opens, value):
    shift = Shift(((date(2021, 2, 1), opens),))
    [moved] = shift.months([value])
    assert abs(moved - shift.moved(value)) <= timedelta(days=16)
    assert moved.day == value.day or moved.day >= 28


def test_days_of_a_list_stay_in_their_order():
    """Each moves with the nearest of the days that people decided, which may be another one."""
    moves = Shift(((date(2021, 3, 1), date(2027, 2, 20)), (date(2021, 5, 5), date(2028, 1, 2))))
    days = tuple(date(2021, 3, 1) + timedelta(days) for days in range(0, 70, 3))
    assert list(moves.everywhere(days)) == sorted(map(moves.moved, days))
    assert in_order([date(2027, 12, 30), date(2027, 12, 27)]) == (date(2027, 12, 27), date(2027, 12, 30))
    assert in_order(["b", "a"]) == ("b", "a")
