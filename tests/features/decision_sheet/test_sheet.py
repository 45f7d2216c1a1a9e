"""The decider's sheet: what is submitted, in order, with what is missing named before the signature."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from eig_sheets.campaign.doubts import doubts_of
from eig_sheets.features.decision_sheet.content import DECIDING, NothingDecidedError, sheet_of
from eig_sheets.features.decision_sheet.document import document
from tests.call.report.minutes.test_document import read, table
from tests.call.report.support import case, rules
from tests.workbook.snapshots import at, dossier, evaluation, juror

pytestmark = pytest.mark.newest
DAY = date(2021, 5, 10)
JURORS = [juror("ada"), juror("bob")]
SCORES = {"101": 4, "102": 3, "103": 2, "104": 1}
FEW = rules(campaign={"target": 2}, ranking={"waiting_list": 1}, cofinancing={"envelope": 500000})


def decided(*decisions, places=FEW, **fields):
    """The sheet of dossiers from the best to the least, each with (decision, reason)."""
    rows = [dossier(number, decision=decision, motif=why, **fields)
            for number, (decision, why) in zip(SCORES, decisions, strict=False)]  # fmt: skip
    scored = [evaluation(number, name, *[SCORES[number]] * 5) for number in SCORES for name in ("ada", "bob")]
    call = case(rows, JURORS, [one for one in scored if one["numero"] in [row["numero"] for row in rows]], places)
    anomalies = (*call.reading.anomalies, *call.results.anomalies)
    return sheet_of(call.reading, call.results, doubts_of(call.reading, anomalies, DECIDING), DAY)


FOLLOWED = (("Lauréat", None), ("Lauréat", None), ("Liste d’attente", None), ("Non retenu", None))


def test_the_lists_are_in_the_order_of_ranks_with_their_amounts():
    sheet = decided(*FOLLOWED)
    assert [(line.rank, line.numero) for line in sheet.laureates] == [("1", "101"), ("2", "102")]
    assert [(line.rank, line.numero) for line in sheet.waiting] == [("3", "103")]
    assert sheet.others == (("Non retenu", 1),)
    assert (sheet.places, sheet.received, sheet.departures, sheet.pending) == (2, 4, (), ())
    assert all("€" in line.amount for line in sheet.laureates)
    assert "Enveloppe de 500 000 €" in sheet.total.replace("\u202f", " ")
    sentences, tables = read(document(sheet))
    assert any(
        said.startswith("4 dossiers reçus, 2 places. Le jury propose 2 lauréats et 1 dossier") for said in sentences
    )
    assert "Les décisions suivent le classement du jury." in sentences
    lists = [rows for rows in tables if rows[0][:2] == ["Rang", "N°"]]
    assert [[row[1] for row in rows[1:]] for rows in lists] == [["101", "102"], ["103"]]
    assert table(tables, "Pour décision")


def test_without_a_decision_there_is_no_sheet_and_the_column_is_named():
    with pytest.raises(NothingDecidedError, match=r"Décision.*Candidatures"):
        decided((None, None), (None, None))


def test_what_departs_from_the_ranking_is_told_with_its_reason_or_what_is_missing():
    sheet = decided(("Lauréat", None), ("Non retenu", "Hors du thème"), ("Liste d’attente", None), ("Lauréat", None))
    assert {one.numero: one.reason for one in sheet.departures} == {"102": "Hors du thème", "104": ""}
    assert [where for where, _ in sheet.pending] == ["Projet 104 (104)"]
    sentences, tables = read(document(sheet))
    assert {row[1]: row[4] for row in table(tables, ["Rang", "Projet"])[1:]} == {
        "Projet 102 (102)": "Hors du thème", "Projet 104 (104)": "[motif à écrire]",
    }  # fmt: skip
    assert "À régler avant de signer :" in sentences


def test_what_is_too_many_or_undecided_is_named_before_the_signature():
    sheet = decided(*[("Lauréat", "Jury")] * 3, (None, None))
    assert sheet.pending[0] == ("Lauréats", "3 lauréats pour 2 places.")
    assert ("Candidatures", "Sans décision : Projet 104 (104).") in sheet.pending
    (pending, *_) = Document(io.BytesIO(document(sheet))).tables
    assert "Sans décision\u202f: Projet 104 (104)." in [row.cells[1].text for row in pending.rows]


@pytest.mark.parametrize("word", ["Laureat ?", "#REF!"])
def test_a_decision_that_cannot_be_read_is_in_no_list_and_its_cell_is_named(word):
    sheet = decided((word, None), *FOLLOWED[1:])
    assert [line.numero for line in sheet.laureates] == ["102"]
    [(where, what)] = [pending for pending in sheet.pending if "!" in pending[0]]
    assert where == f"Candidatures!{at('candidatures', 'decision', 1)}"
    assert what.startswith("«\u202fDécision\u202f»\u202f: à corriger.")


def test_an_amount_that_is_not_known_is_a_blank_never_a_zero():
    sheet = decided(*FOLLOWED, nombre_eig=None)
    assert [line.amount for line in sheet.laureates] == ["[montant à compléter]"] * 2
    assert "Montant du co-financement à compléter." in [what for _, what in sheet.pending]
    asks_nothing = decided(*FOLLOWED, demande_cofinancement="non")
    assert [line.amount for line in asks_nothing.laureates] == ["pas demandé"] * 2
    assert asks_nothing.pending == ()


def test_a_call_that_pays_nothing_has_neither_amounts_nor_envelope():
    prize = rules(campaign={"target": 2}, ranking={"waiting_list": 1}, cofinancing={"rule": "none"})
    sheet = decided(*FOLLOWED, places=prize)
    assert (sheet.total, [line.amount for line in sheet.laureates]) == ("", ["", ""])
    sentences, tables = read(document(sheet))
    assert not [said for said in sentences if "nveloppe" in said]
    assert {tuple(rows[0]) for rows in tables if rows[0][0] == "Rang"} == {("Rang", "N°", "Projet", "Administration")}


def test_the_sheet_names_no_juror_no_note_and_nobody_of_a_dossier():
    sheet = decided(*FOLLOWED, porteur_projet="Camille Durand", email_porteur="camille@exemple.invalid")
    made = Document(io.BytesIO(document(sheet)))
    said = "\n".join([*(one.text for one in made.paragraphs),
                      *(cell.text for rows in made.tables for row in rows.rows for cell in row.cells)])  # fmt: skip
    for word in ("Ada", "Bob", "ada@", "Camille", "20,00", "/20"):
        assert word not in said


def test_the_same_data_give_the_same_bytes_and_the_digest_of_the_minutes():
    sheet = decided(*FOLLOWED)
    assert document(sheet) == document(decided(*FOLLOWED))
    assert len(sheet.digest) == 64
