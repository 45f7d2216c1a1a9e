"""What the rules say of what was read, and in which order people are told."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.results import Results
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.columns import cell_of
from tests.workbook.snapshots import (
    DOSSIERS,
    EVALUATIONS,
    JURORS,
    book,
    dossier,
    evaluation,
    places_of,
    reading,
    tab,
)


def results(snapshot: Snapshot) -> Results:
    return compute(reading(snapshot))


def said_of(**fields):
    return results(book([dossier("101", **fields)], evaluations=[])).anomalies


def test_a_campaign_of_headers_only_has_results_of_no_row():
    empty = results(Snapshot((tab("candidatures"), tab("jury"), tab("evaluations"))))
    frames = (
        empty.of(APPLICATIONS).dossiers,
        empty.of(SCORES).evaluations,
        empty.of(SCORES).evaluated,
        empty.of(APPLICATIONS).eligibility,
        empty.of(SCORES).ranking,
        empty.of(COFINANCING),
    )
    assert [len(frame) for frame in frames] == [0] * 6
    assert empty.anomalies == ()


def test_what_is_left_out_is_in_no_result_and_the_others_go_on():
    rows = [*EVALUATIONS, evaluation("103", "anna"), evaluation("101", "zoe", 5, 3, 3, 3, 3)]
    found_ = results(book([*DOSSIERS, dossier("103", decision="?"), dossier(None)], evaluations=rows))
    assert found_.of(APPLICATIONS).dossiers["numero"].tolist() == ["101", "102"]
    for frame in (found_.of(APPLICATIONS).eligibility, found_.of(SCORES).ranking, found_.of(COFINANCING)):
        assert sorted(frame["numero"]) == ["101", "102"]
    assert found_.of(SCORES).ranking["reviews"].tolist() == [3, 3]
    assert found_.of(SCORES).ranking["note"].tolist() == [15.0, 15.0]


def test_a_broken_rule_is_reported_at_its_cell_with_its_limit():
    late, many = said_of(date_depot="2021-04-07T22:00:00Z", nombre_eig="4")
    assert [late.code, many.code] == ["depot_hors_delai", "nombre_eig_refuse"]
    assert "jeudi 8 avril 2021 à 0\u202fh" in late.message
    assert "(mercredi 7 avril 2021 à 23\u202fh\u202f59)" in late.message
    assert "2 ou 3" in many.message
    assert late.dossier == many.dossier == "101"


def test_a_fraction_of_the_last_second_is_in_time():
    assert said_of(date_depot=datetime(2021, 4, 7, 23, 59, 59, 999_999)) == ()


def test_each_doubtful_simulation_is_reported_with_its_own_estimate():
    low, high = said_of(cout_jusqu_a_5_ans=6125, cout_plus_de_5_ans=140000)
    assert "6\u202f125,00\u202f€" in low.message
    assert "61\u202f250,00\u202f€" in low.message
    assert "70\u202f000,00\u202f€" in high.message


def test_a_cost_that_nobody_asks_to_be_paid_is_not_questioned():
    assert said_of(cout_jusqu_a_5_ans=6125, demande_cofinancement="non") == ()


def test_order_is_severity_then_tabs_then_cells_those_of_one_code_together():
    rows = [*EVALUATIONS[:2], evaluation("101", "chloe", "?", 3, 3, 3, 3, avis="?", coup_de_coeur="?")]
    doubtful = dossier("102", nombre_eig="?", commentaire=CellError("#REF!"))
    dossiers = [dossier("101", email_rh="x", convention="?"), doubtful, dossier("102")]
    snapshot = book(dossiers, [*JURORS, {"nom": "Zoé"}], rows)
    places = [(str(anomaly.severity), anomaly.tab, anomaly.cell) for anomaly in results(snapshot).anomalies]
    assert places == [
        ("bloquant", "Candidatures", cell_of("candidatures", "convention", 2)),
        ("bloquant", "Candidatures", cell_of("candidatures", "email_rh", 2)),
        ("bloquant", "Candidatures", cell_of("candidatures", "numero", 3)),
        ("bloquant", "Candidatures", cell_of("candidatures", "numero", 4)),
        ("bloquant", "Candidatures", cell_of("candidatures", "nombre_eig", 3)),
        ("bloquant", "Jury", cell_of("jury", "email", 5)),
        ("bloquant", "Évaluations", cell_of("evaluations", "pertinence", 4)),
        ("bloquant", "Évaluations", cell_of("evaluations", "coup_de_coeur", 4)),
        ("bloquant", "Évaluations", cell_of("evaluations", "avis", 4)),
        ("avertissement", "Candidatures", cell_of("candidatures", "commentaire", 3)),
    ]


def test_what_is_for_the_operator_comes_after_all_that_officers_can_mend():
    """No officer writes the ways of appeal in the configuration; a comment in error is a warning, and theirs."""
    refused = dossier("101", decision="Non retenu", retour="Merci.", commentaire=CellError("#REF!"))
    listed = results(book([refused], evaluations=[])).anomalies
    assert [anomaly.code for anomaly in listed] == ["cellule_en_erreur", "voies_recours_absentes"]
    read = reading(book([refused], evaluations=[]))
    assert [anomaly.code for anomaly in in_order(read, listed[::-1])] == ["cellule_en_erreur", "voies_recours_absentes"]


def test_what_concerns_a_whole_tab_comes_before_its_cells():
    odd = CellError("#REF!")
    snapshot = Snapshot((tab("candidatures", [dossier("101", commentaire=odd)], without=["mentor"]), *book().tabs[1:2],
                         tab("evaluations")))  # fmt: skip
    read = reading(snapshot)
    assert [code for code, *_ in places_of(in_order(read, read.anomalies[::-1]))] == [
        "colonne_absente",
        "cellule_en_erreur",
    ]
