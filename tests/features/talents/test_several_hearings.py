"""A juror who hears one candidate for several projects: an evaluation for each, all of them count."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.call.results import compute
from eig_sheets.features.talents.commands_status import candidate_status
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.spreadsheet.model.cells import CellError
from tests.team_call import TALENTS, called, heard
from tests.workbook.snapshots import at, reading

DAY = date(2021, 6, 21)
TWO = (heard("T1", 16), heard("T1", 12, "102"))


def results(*reviews):
    return compute(reading(called(TALENTS, reviews)))


def left_aside(results):
    return [(anomaly.code, anomaly.cell) for anomaly in results.anomalies if anomaly.code == "jure_en_double"]


@pytest.mark.slow
def test_both_evaluations_count():
    computed = results(*TWO)
    assert left_aside(computed) == []
    scores = computed.of(RESULTS).scores
    assert scores.by_candidate.loc["T1", ["note", "reviews"]].tolist() == [14, 1]
    assert scores.by_project.loc[("T1", "101"), "note"] == 16
    assert scores.by_project.loc[("T1", "102"), "note"] == 12


@pytest.mark.slow
def test_every_evaluation_is_in_the_note_and_a_juror_is_counted_once():
    computed = results(*TWO, heard("T1", 20, name="bob"))
    row = computed.of(RESULTS).scores.by_candidate.loc["T1"]
    assert (row["note"], row["reviews"]) == (16, 2)


@pytest.mark.parametrize(
    "second",
    [heard("T1", 12), heard("T1", 12, None), heard("T1", 12, CellError("#REF!")), heard("T1", 12, "102")],
    ids=["the same project", "no project", "an unreadable project", "two projects"],
)  # fmt: skip
def test_two_that_may_be_the_same_are_left_aside_and_named(second):
    computed = results(heard("T1", 16), second)
    cells = [at("evaluations_talents", "jure", place) for place in (1, 2)]
    expected = [] if second["numero"] == "102" else [("jure_en_double", cell) for cell in cells]
    assert left_aside(computed) == expected
    assert computed.of(RESULTS).scores.by_candidate.loc["T1", "reviews"] == (0 if expected else 1)


@pytest.mark.slow
def test_a_hearing_that_is_only_begun_is_still_owed():
    begun = heard("T1", 12, "102") | {"adequation": None}
    status = candidate_status(reading(called(TALENTS, (TWO[0], begun))), results(TWO[0], begun).of(RESULTS), DAY)
    [anna] = [juror for juror in status.jurors if juror.juror == "anna@jury.example"]
    assert (anna.progress.expected, anna.progress.received, anna.progress.missing) == (1, 0, ("T1",))
    done = candidate_status(reading(called(TALENTS, TWO)), results(*TWO).of(RESULTS), DAY)
    [anna] = [juror for juror in done.jurors if juror.juror == "anna@jury.example"]
    assert (anna.progress.expected, anna.progress.received) == (1, 1)
