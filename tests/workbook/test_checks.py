"""Rows that contradict each other are left out and named; the others go on."""

from __future__ import annotations

from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.workbook.snapshots import (
    DOSSIERS,
    EVALUATIONS,
    JURORS,
    book,
    dossier,
    evaluation,
    juror,
    reading,
)


def kept(snapshot: Snapshot, tab_id: str) -> list[int]:
    return reading(snapshot).valid_rows(tab_id)["row"].tolist()


def codes(snapshot: Snapshot) -> list[str]:
    return [anomaly.code for anomaly in reading(snapshot).anomalies]


def test_everyone_goes_on_when_nothing_is_wrong():
    assert kept(book(), "evaluations") == [2, 3, 4, 5, 6, 7]


def test_an_evaluation_of_a_dossier_that_is_left_out_waits_in_silence():
    snapshot = book([*DOSSIERS, dossier("102")])
    assert codes(snapshot) == ["numero_en_double"] * 2
    assert kept(snapshot, "candidatures") == [2]
    assert kept(snapshot, "evaluations") == [2, 3, 4]


def test_a_row_that_is_left_out_still_makes_its_twin_doubtful():
    rows = [dossier("101", decision="?"), dossier("101")]
    assert kept(book(rows, evaluations=[]), "candidatures") == []
    again = [evaluation("101", "anna", 9, 3, 3, 3, 3), evaluation("101", "anna")]
    assert kept(book(evaluations=again), "evaluations") == []


def test_unreadable_and_blank_keys_are_never_twins():
    snapshot = book([*DOSSIERS, dossier(None), dossier(None)])
    assert codes(snapshot) == ["numero_vide"] * 2


def test_two_unknowns_are_both_reported():
    rows = [*EVALUATIONS, evaluation("999", "zoe")]
    assert codes(book(evaluations=rows)) == ["dossier_inconnu", "jure_inconnu"]


def test_what_contradicts_other_rows_is_reported_with_what_cannot_be_read():
    jurors = [juror("anna", deports="101"), *JURORS[1:]]
    rows = [evaluation("101", "anna", 5, 3, 3, 3, 3), evaluation("101", "anna", "bof", 3, 3, 3, 3)]
    assert sorted(codes(book(jurors=jurors, evaluations=rows))) == [
        "conflit_deport", "conflit_deport", "jure_en_double", "jure_en_double", "note_hors_echelle", "note_illisible"
    ]  # fmt: skip


def test_nobody_is_unknown_while_the_jury_is_not_listed():
    assert reading(book(jurors=[])).anomalies == ()
    assert kept(book(jurors=[]), "evaluations") == [2, 3, 4, 5, 6, 7]


def test_an_unknown_juror_of_many_is_suggested():
    rows = [*EVALUATIONS, evaluation("101", "chlo")]
    (unknown,) = reading(book(evaluations=rows)).anomalies
    assert (unknown.code, unknown.dossier, "chloe@jury.example" in unknown.message) == ("jure_inconnu", "101", True)


def test_what_nobody_sees_is_shown_where_it_is_told():
    jurors = [*JURORS, juror("dan", maximum="1\u202e2")]
    rows = [*EVALUATIONS, evaluation("101", "bo\u200bb")]
    told = {anomaly.code: anomaly.message for anomaly in reading(book(jurors=jurors, evaluations=rows)).anomalies}
    assert "bo⟨U+200B⟩b@jury.example" in told["jure_inconnu"]
    assert "bo⟨U+200B⟩b@jury.example" in told["adresse_trompeuse"]
    assert "1⟨U+202E⟩2" in told["nombre_illisible"]


def test_conflicts_of_a_dossier_on_two_rows_do_not_depend_on_their_order():
    twins = [dossier("101", administration="Phares"), dossier("101", administration="Balises")]
    jurors = [juror("anna", deports="balises"), *JURORS[1:]]
    both = [sorted(codes(book(order, jurors, EVALUATIONS[:1]))) for order in (twins, twins[::-1])]
    assert both == [["conflit_deport", "numero_en_double", "numero_en_double"]] * 2


def test_a_conflict_leaves_the_evaluation_out_and_scores_in_a_deport_do_not():
    jurors = [juror("anna", deports="101"), *JURORS[1:]]
    rows = [evaluation("101", "anna"), evaluation("101", "bob", deport="oui"), evaluation("101", "chloe")]
    snapshot = book(jurors=jurors, evaluations=rows)
    assert codes(snapshot) == ["conflit_deport", "deport_avec_notes"]
    assert kept(snapshot, "evaluations") == [3, 4]


def test_a_conflict_that_waits_for_scores_is_silent():
    jurors = [juror("anna", deports="101"), *JURORS[1:]]
    snapshot = book(jurors=jurors, evaluations=[evaluation("101", "anna", *[None] * 5)])
    assert reading(snapshot).anomalies == ()


def test_a_contradiction_is_reported_even_of_a_row_that_is_left_out():
    row = dossier(None, preselection="Écarté – insuffisant", decision="Lauréat")
    assert sorted(codes(book([*DOSSIERS, row]))) == [
        "decision_contradictoire", "numero_vide"
    ]  # fmt: skip


def test_a_contradiction_leaves_nothing_out():
    row = dossier("103", preselection="Écarté – insuffisant", decision="Lauréat")
    assert kept(book([*DOSSIERS, row]), "candidatures") == [2, 3, 4]
