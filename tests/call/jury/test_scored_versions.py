"""« Noté sur une version antérieure »: said once a dossier changed, until its jurors look again."""

from datetime import datetime

import pytest

from eig_sheets.call.jury.scored_versions import key_of, scored_versions
from eig_sheets.call.scoring.rules_ranking import Alert
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.storage.last_run import LastRun
from eig_sheets.storage.state import State
from tests.workbook.snapshots import DOSSIERS, EVALUATIONS, at, book, dossier, evaluation, reading
from tests.workbook.test_robot_tabs import synced

OTHER = [dossier("101", resume="Un phare de plus"), DOSSIERS[1]]
SCORED = [(at("evaluations", "jure", row), "101") for row in (1, 2, 3)]


def said(run):
    """What is said of versions: the cells and dossiers of the anomalies."""
    places = [
        (anomaly.cell, anomaly.dossier) for anomaly in run.results.anomalies if anomaly.code == "version_anterieure"
    ]
    ranking = run.results.of(SCORES).ranking
    alerted = ranking.loc[[Alert.EARLIER_VERSION in alerts for alerts in ranking["alerts"]], "numero"].tolist()
    assert alerted == sorted({numero for _, numero in places})
    return places


@pytest.mark.slow
def test_a_dossier_that_changed_once_scored_is_said_run_after_run():
    first = synced(book())
    assert said(first) == []
    changed = synced(book(OTHER), first.last_run)
    assert said(changed) == SCORED
    assert said(synced(book(OTHER), changed.last_run)) == SCORED
    assert said(synced(book(), changed.last_run)) == []  # as it was: nothing to read again


@pytest.mark.slow
@pytest.mark.parametrize("fields", [{"pertinence": 4.0}, {"evalue_le": datetime(2021, 4, 30)}])
def test_a_juror_who_looks_again_is_of_today_s_version(fields):
    first = synced(book())
    again = [evaluation("101", "anna", **fields), *EVALUATIONS[1:]]
    assert said(synced(book(OTHER, evaluations=again), first.last_run)) == SCORED[1:]


@pytest.mark.slow
def test_what_is_scored_afterwards_is_of_what_the_juror_read():
    late = [evaluation("101", "anna", *[None] * 5), *EVALUATIONS[1:]]
    first = synced(book(evaluations=late))
    changed = synced(book(OTHER, evaluations=late), first.last_run)
    assert said(changed) == SCORED[1:]
    assert said(synced(book(OTHER), changed.last_run)) == SCORED[1:]


@pytest.mark.slow
@pytest.mark.parametrize(
    "changed", [dossier("101", questions="Pourquoi ?"), dossier("101", audition=datetime(2021, 5, 4))]
)
def test_what_jurors_do_not_read_makes_no_other_version(changed):
    assert said(synced(book([changed, DOSSIERS[1]]), synced(book()).last_run)) == []


@pytest.mark.slow
def test_rows_that_moved_are_the_same():
    first = synced(book())
    assert said(synced(book(evaluations=EVALUATIONS[::-1]), first.last_run)) == []


@pytest.mark.slow
def test_without_memory_nothing_is_said():
    assert said(synced(book(OTHER), LastRun())) == []


def test_it_is_kept_in_the_state_folder(tmp_path):
    known = scored_versions(reading(book()), {})
    assert {*known} == {key_of(row["numero"], row["jure"]) for row in EVALUATIONS}
    state = State(tmp_path, "classeur")
    state.save_last_run(LastRun(scored=known))
    assert state.load_last_run().scored == known
