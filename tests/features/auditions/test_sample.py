"""The timetable of the demonstration: its auditions are planned, as on any day."""

from datetime import date

import pytest

from eig_sheets import sample
from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.features.auditions.rules_problem import Constraint
from tests.effort import spread
from tests.features.auditions.hearings import PLANNING
from tests.sample.test_jury_at_work import OTHER_DAYS, demonstration, unchanged

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("day", [sample.DAY, *spread(2, OTHER_DAYS)], ids=str)
def test_every_audition_that_is_decided_is_in_the_timetable_at_its_hour(day, tmp_path):
    made = demonstration(tmp_path / "demo", day)
    reading = made.reading
    dossiers = reading.valid_rows("candidatures").dropna(subset="audition")
    decided = dossiers[dossiers["decision"] != WITHDRAWN]
    planned = {row["N° de dossier"]: row for row in made.rows(PLANNING)}
    assert {*decided["numero"]} <= {*planned}
    assert all(planned[row.numero]["Début"] == row.audition for row in decided.itertuples())
    assert {row["Statut"] for row in planned.values()} <= {"décidé", "proposé"}
    checked = made.on_its_day("jury", "schedule", "--check", "--format", "json").object["broken"]
    assert {anomaly["constraint"] for anomaly in checked} == {Constraint.AVAILABILITY}
    assert unchanged(made, "jury", "schedule")


def test_before_the_screening_nothing_is_planned(tmp_path):
    made = demonstration(tmp_path / "demo", date(2021, 2, 10))
    assert made.rows(PLANNING) == []
