"""Slots of the sample on a day; who signs up for a webinar, and who came, is known no sooner than it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.advice.sample import ROWS
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.sample.dossiers import dossiers
from eig_sheets.sample.history import rows_on
from tests.sample.days import DAYS, EVERY_DAY, counts, tables
from tests.sample.support import EIG5

REGISTRATIONS = next(rows for rows in ROWS if rows.tab == "inscriptions")
HISTORIES = REGISTRATIONS.histories(dossiers(5), 5)
HELD = {webinar.title: webinar.starts.date() for webinar in EIG5.section(SlotSettings).webinars}


def test_registrations_are_of_the_webinars_of_the_call_and_come_in_order():
    rows = rows_on(date(2021, 12, 1), HISTORIES)
    assert len(rows) == 37
    assert {row["webinaire"] for row in rows} == {*HELD}
    moments = [row["inscrit_le"] for row in rows]
    assert moments == sorted(moments, key=str)
    people = [(row["webinaire"], row["email"]) for row in rows]
    assert len({*people}) == len(people)


@pytest.mark.parametrize("day", [date(2021, 2, 4), date(2021, 2, 10), date(2021, 2, 13), date(2021, 3, 2)], ids=str)
def test_nothing_of_a_later_day_is_there(day: date):
    for row in rows_on(day, HISTORIES):
        moment = row["inscrit_le"]
        assert isinstance(moment, datetime)
        assert moment.date() <= day
        assert (row.get("present") is not None) == (HELD[str(row["webinaire"])] < day)


def test_the_numbers_of_slots_when_the_call_opened_and_when_the_jury_is_at_work():
    assert [counts(day, "creneaux", "statut") for day in DAYS[:2]] == [
        {"Libre": 44, "Réservé": 4, "Tenu": 3, "Annulé": 1},
        {"Tenu": 32, "Annulé": 1},
    ]


@pytest.mark.slow
@given(st.sampled_from(EVERY_DAY))
def test_slots_are_those_of_the_day(day: date):
    today, slots = pd.Timestamp(day), tables(day)["creneaux"]
    starts = slots["debut"]
    assert (starts[slots["statut"].isin(["Libre", "Réservé"])] >= today).all()
    assert (starts[slots["statut"] == "Tenu"] < today + timedelta(1)).all()
    assert slots.loc[slots["statut"] == "Libre", "reserve_par"].isna().all()
    assert slots.loc[slots["statut"] != "Libre", "email"].notna().all()
