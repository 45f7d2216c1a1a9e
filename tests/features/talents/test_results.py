"""The rules of the call for talents on what was read: their tabs there or not, jurors known by every tab."""

from __future__ import annotations

import pandas as pd
import pytest

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.config import with_sections
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.explanation import explain_talent
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.columns import EIG5
from tests.features.talents.anomalous_talents import LAUREATES, candidate, review, talents
from tests.robot_sheets import sheets_of
from tests.workbook.snapshots import DOSSIERS, EVALUATIONS, JURORS, book, evaluation, reading, tab


def results(snapshot):
    return compute(reading(snapshot)).of(RESULTS)


def test_a_workbook_without_candidates_has_no_results_about_them():
    assert results(book()) is None


@pytest.mark.slow
def test_candidates_have_results_before_anybody_evaluates_them():
    computed = results(book(LAUREATES, JURORS, EVALUATIONS, tab("talents", [candidate(voeu_1="101")])))
    assert computed.eligibility["status"].tolist() == [EligibilityStatus.ELIGIBLE]
    assert computed.choices["wishes"].tolist() == [("101",)]
    assert (computed.scores.by_candidate["note"].isna().all(), computed.correction.reason) == (True, "sans_evaluation")
    assert computed.ranking[["kind", "group", "candidature"]].to_numpy().tolist() == [
        ["projet", "101", "T1"], ["metier", "Designer", "T1"]
    ]  # fmt: skip


@pytest.mark.slow
def test_notes_are_by_candidate_and_by_project_heard_for():
    rows = [review("T1", "anna", *[4.0] * 5), review("T1", "bob", *[2.0] * 5, numero="102")]
    scores = results(talents([candidate(voeu_1="101", voeu_2="102")], rows)).scores
    assert scores.by_candidate["note"].to_dict() == {"T1": 15.0}
    assert scores.by_project["note"].to_dict() == {("T1", "101"): 20.0, ("T1", "102"): 10.0}


@pytest.mark.slow
def test_jurors_are_those_of_jury_and_of_every_evaluation():
    people = [candidate(f"T{nth}", email=f"{name}@jury.example") for nth, name in enumerate(("anna", "zoe", "yan"), 1)]
    others = (tab("talents", people), tab("evaluations_talents", [review("T3", "yan")]))
    computed = results(book(LAUREATES, [], [*EVALUATIONS, evaluation("101", "zoe")], *others))
    assert computed.eligibility["status"].tolist() == [EligibilityStatus.INELIGIBLE] * 3
    alone = results(book(LAUREATES, [], [], tab("talents", people)))
    assert alone.eligibility["status"].tolist() == [EligibilityStatus.ELIGIBLE] * 3


@pytest.mark.slow
def test_a_candidate_who_is_left_out_has_no_results_and_neither_have_the_evaluations():
    computed = results(talents([candidate("T1"), candidate("T2"), candidate("T2")], [review("T1"), review("T2")]))
    assert computed.candidates["candidature"].tolist() == ["T1"]
    assert computed.evaluations["candidature"].tolist() == ["T1"]


@pytest.mark.slow
def test_the_scale_of_candidates_is_their_own():
    wide = with_sections(EIG5, {"talents": {**EIG5.talents.model_dump(), "max": 10.0, "min": 0.0}})
    read = reading(talents([candidate()], [review("T1", "anna", *[9.0] * 5)]), wide)
    assert [anomaly.code for anomaly in read.anomalies] == []
    assert compute(read).of(RESULTS).scores.by_candidate["note"].tolist() == [18.0]


TWO = with_sections(EIG5, {"workbook": {**EIG5.workbook.model_dump(), "talents": "talents.xlsx"}})


def both(people, reviews, dossiers=LAUREATES):
    """The readings of the candidates' workbook and of the projects', each of which knows of the other."""
    tabs = (tab("talents", people), tab("jury", JURORS), tab("evaluations_talents", reviews))
    candidates, projects = read(Snapshot(tabs, "1"), TWO.for_talents()), read(book(dossiers), TWO)
    return candidates.with_linked(projects), projects.with_linked(candidates)


@pytest.mark.slow
def test_in_two_workbooks_results_are_the_same_and_what_is_wrong_is_listed_where_it_is():
    people = [candidate("T1", voeu_1="101", voeu_2="999"), candidate("T2", email="paul@ministere.example")]
    reviews = [review("T1"), review("T1", "zoe"), review("T2", "anna", numero="102")]
    own, other = both(people, reviews)
    together = results(talents(people, reviews))
    for apart in (compute(own).of(RESULTS), compute(other).of(RESULTS)):
        pd.testing.assert_frame_equal(apart.eligibility, together.eligibility)
        pd.testing.assert_frame_equal(apart.ranking, together.ranking)
    codes = sorted(anomaly.code for anomaly in compute(own).anomalies)
    assert codes == ["candidat_porteur", "jure_inconnu", "voeu_inconnu"]
    assert [anomaly for anomaly in compute(other).anomalies if anomaly.tab in ("Talents", "Évaluations talents")] == []


@pytest.mark.slow
def test_the_tab_is_in_the_candidates_workbook_alone():
    own, other = both([candidate("T1", voeu_1="101")], [review("T1")])
    shown, hidden = (sheets_of(read, compute(read)) for read in (own, other))
    assert [row[1] for row in shown["classement_talents"].rows] == ["101 – Projet 101", "Designer"]
    assert "classement_talents" not in hidden


def test_from_the_projects_workbook_the_cells_of_a_candidate_say_in_which_workbook_they_are():
    _, other = both([candidate("T1", voeu_1="999")], [review("T1")])
    cells_of = {line["what"]: line["cells"] for line in explain_talent("T1", other, compute(other).of(RESULTS))}
    cells = (cells_of["Vœux valables, dans l’ordre"], cells_of["Note /20 de anna@jury.example"])
    assert [where.endswith(" (classeur des candidats)") for where in cells] == [True, True]


@pytest.mark.slow
def test_talents_that_are_absent_or_there_make_amounts():
    recruits = tab("talents", [
        {"candidature": f"T{n}", "statut": "Retenu", "projet_decide": "101", "cout_reel": "50 000 €",
         "debut_contrat": "13/09/2021"} for n in (1, 2)
    ])  # fmt: skip
    before, after = compute(reading(book())), compute(reading(book(DOSSIERS, JURORS, EVALUATIONS, recruits)))
    assert before.of(COFINANCING)["amount_min"].tolist() == [36750.0, 36750.0]
    assert after.of(COFINANCING)["amount_min"].tolist() == [30000.0, 36750.0]
