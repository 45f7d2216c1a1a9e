"""The milestones of the sample's projects on each day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets import sample
from eig_sheets.features.follow_up.sample import PARTS
from eig_sheets.sample.dossiers import dossiers
from eig_sheets.sample.history import SampleRows, rows_on
from tests.sample.days import EVERY_DAY
from tests.sample.support import EIG5

UNDER_WAY = date(2021, 12, 1)
ROWS = next(part for part in PARTS if isinstance(part, SampleRows))
HISTORIES = ROWS.histories(dossiers(5), 5)
STATES = {
    date(2021, 5, 6): {},
    date(2021, 7, 1): {"": 578},
    UNDER_WAY: {"Fait": 235, "": 307, "Reporté": 1, "Sans objet": 1},
}


@pytest.mark.parametrize("day", STATES, ids=str)
def test_their_states(day: date):
    assert Counter(row.get("statut") or "" for row in rows_on(day, HISTORIES)) == STATES[day]


@given(st.sampled_from(EVERY_DAY))
def test_they_are_those_of_the_day(day: date):
    today, rows = datetime.combine(day, time.min), rows_on(day, HISTORIES)
    assert (not rows) == (day < date(2021, 7, 1))
    for row in rows:
        assert (row.get("fait_le") is not None) == (row.get("statut") == "Fait")
        assert row.get("fait_le") is None or row["fait_le"] <= today
    left = [row for row in rows if row.get("statut") not in ("Fait", "Sans objet")]
    assert sum(row["echeance"] < today for row in left) <= 4


def test_monthly_points_are_told_to_be_sent_once_projects_are_under_way():
    months = EIG5.emails.experimentation
    told = {
        day: {delivery.template for delivery in sample.sent(day, months)} for day in (date(2021, 10, 13), UNDER_WAY)
    }
    assert "point_mensuel" not in told[date(2021, 10, 13)]
    assert "point_mensuel" in told[UNDER_WAY]
