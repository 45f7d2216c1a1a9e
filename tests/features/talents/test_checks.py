"""Rows of candidates that contradict each other are left out and named."""

from __future__ import annotations

from tests.workbook.snapshots import DOSSIERS, EVALUATIONS, JURORS, at, book, places_of, reading, tab
from tests.workbook.test_checks import kept


def test_a_candidate_has_one_row_and_one_evaluation_a_juror():
    talents = tab("talents", [{"candidature": "T1"}, {"candidature": "T1"}, {"candidature": "T2"}])
    row = {"candidature": "T2", "jure": "anna@jury.example"}
    reviews = tab("evaluations_talents", [row, {**row, "jure": "bob@jury.example"}, row])
    snapshot = book(DOSSIERS, JURORS, EVALUATIONS, talents, reviews)
    assert places_of(reading(snapshot).anomalies) == [
        *(("numero_en_double", "Talents", at("talents", "candidature", nth)) for nth in (1, 2)),
        *(("jure_en_double", "Évaluations talents", at("evaluations_talents", "jure", nth)) for nth in (1, 3)),
    ]  # fmt: skip
    assert (kept(snapshot, "talents"), kept(snapshot, "evaluations_talents")) == ([4], [3])
