"""Advice slots: those to make on the days that the configuration gives, those that are free, those that overlap."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.hours import Hours, Span
from eig_sheets.domain.working_days import public_holiday
from eig_sheets.features.advice.rules import SLOT_STATES, TAKEN, free, generated, overlapping, same_day, spans
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import TABS
from tests.domain.test_date_bounds import bounds
from tests.messages import EIG5

FRIDAYS = SlotSettings(weekdays=("vendredi",), hours=(Hours(**{"from": time(14), "to": time(15)}),))
FEBRUARY = date(2021, 2, 1), date(2021, 2, 14)


def made(rules=FRIDAYS, first=FEBRUARY[0], last=FEBRUARY[1], existing=(), minutes=20):
    found = generated(rules.model_copy(update={"minutes": minutes}), first, last, public_holiday, existing)
    return [f"{slot.start:%d/%m %H:%M}" for slot in found]


def test_slots_are_those_of_the_weekday_one_after_the_other():
    assert made() == ["05/02 14:00", "05/02 14:20", "05/02 14:40", "12/02 14:00", "12/02 14:20", "12/02 14:40"]
    assert made(minutes=25) == ["05/02 14:00", "05/02 14:25", "12/02 14:00", "12/02 14:25"]


def test_what_would_overlap_a_break_begins_after_it_and_a_day_off_has_none():
    rules = FRIDAYS.model_copy(
        update={"breaks": (Hours(**{"from": time(14, 10), "to": time(14, 30)}),), "days_off": (date(2021, 2, 12),)}
    )
    assert made(rules) == ["05/02 14:30"]


@pytest.mark.parametrize(
    ("holiday", "name"),
    [(date(2021, 5, 14), ""), (date(2021, 1, 1), "jour de l’an"), (date(2024, 11, 1), "Toussaint")],
)
def test_a_public_holiday_has_none(holiday, name):
    assert public_holiday(holiday) == name
    assert (made(first=holiday, last=holiday) == []) == bool(name)


def test_a_slot_that_is_there_is_not_made_again_even_called_off_nor_over_one_that_stands():
    def at(hour, minute, state):
        start = datetime(2021, 2, 5, hour, minute)
        return Span(start, start + timedelta(minutes=30)), state

    existing = [at(14, 0, "Annulé"), at(14, 30, "Libre")]
    assert made(last=date(2021, 2, 5), existing=existing) == []
    assert made(last=date(2021, 2, 5), existing=[at(14, 10, "Annulé")]) == ["05/02 14:00", "05/02 14:20", "05/02 14:40"]


def slots(*rows):
    frame = pd.DataFrame(rows, columns=["debut", "statut", "email", "reserve_par"])
    frame = frame.astype({"debut": "datetime64[us]", "email": object, "reserve_par": object, "statut": object})
    return frame.where(frame.notna(), None).astype({"debut": "datetime64[us]"}).assign(
        duree=float("nan"), row=range(2, len(frame) + 2)
    )  # fmt: skip


def hour(minute, day=5):
    return datetime(2021, 2, day, 14) + timedelta(minutes=minute)


def test_a_slot_is_free_of_nobody_to_come_and_at_an_hour_that_nobody_has():
    table = slots(
        (hour(40), "Libre", None, None), (hour(0), "Libre", None, None), (hour(0, 4), "Libre", None, None),
        (hour(60), "Libre", "a@b.example", None), (hour(80), "Libre", None, "Claude"),
        (hour(100), "Annulé", None, None), (hour(120), "Libre", None, None),
        (hour(130), "Réservé", "c@d.example", None),
        (None, "Demandé", "e@f.example", None), (hour(40), "Libre", None, None),
    )  # fmt: skip
    found = free(table, 20, datetime(2021, 2, 4, 23, 59))
    assert [f"{start:%H:%M}" for start in found["debut"]] == ["14:00", "14:40"]
    assert free(table.iloc[:0], 20, datetime.min).empty


def test_slots_that_are_taken_overlap_or_are_of_one_person_on_a_day():
    table = slots(
        (hour(30), "Réservé", "a@b.example", None), (hour(15), "Tenu", "c@d.example", None),
        (hour(60), "Réservé", "a@b.example", None), (hour(50), "Annulé", "e@f.example", None),
        (hour(0, 12), "Réservé", "a@b.example", None),
    )  # fmt: skip
    assert overlapping(table, 20) == [(3, 2)]
    assert overlapping(table, 15) == []
    long = slots(*((hour(minute), "Réservé", None, None) for minute in (0, 10, 40)))
    assert overlapping(long.assign(duree=[60.0, 20.0, 20.0]), 20) == [(2, 3), (2, 4)]
    assert same_day(table) == [(2, 4)]


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from(SLOT_STATES), st.sampled_from([None, "a@b.example"])), max_size=12
    ),
    st.integers(5, 60),
)
def test_in_any_order_no_free_slot_overlaps_one_that_is_taken_and_generating_again_adds_nothing(rows, minutes):
    table = slots(*((hour(10 * place), state, email, None) for place, state, email in rows))
    hours = spans(table, minutes)
    taken = [hours[place] for place in table.index[table["statut"].isin(TAKEN)]]
    for place in free(table, minutes, datetime.min).index:
        assert not any(hours[place].overlaps(span) for span in taken)
    existing = [*zip(hours, table["statut"], strict=True)]
    rules = FRIDAYS.model_copy(update={"minutes": minutes})
    new = generated(rules, *FEBRUARY, public_holiday, existing)
    assert not any(one.overlaps(other) for one, other in combinations(new, 2))
    again = [*existing, *((span, "Libre") for span in new)]
    assert generated(rules, *FEBRUARY, public_holiday, again) == []


def test_an_hour_is_believed_when_a_deposit_would_be_on_that_day():
    [slots] = [tab for tab in TABS if tab.id == "creneaux"]
    assert slots.bounds(EIG5)["debut"] == bounds(EIG5)["candidatures"]["date_depot"]
