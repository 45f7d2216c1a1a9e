"""The rows of `Anomalies`."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.campaign.reviews.row_checks import SCORES_IN_RECUSAL
from eig_sheets.run.anomalies_tab import TABLE
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.workbook.anomalies import anomaly
from eig_sheets.workbook.parse import KEY_IS_BLANK
from tests.run.tables import by_header, column

EMPTY_KEY = anomaly(KEY_IS_BLANK, "Candidatures", "A5", "101", header="N° de dossier")


def test_a_row_leads_to_its_cell_and_says_what_is_wrong_and_what_to_do():
    [row] = by_header(TABLE.sheet_columns, TABLE.cells([EMPTY_KEY]))
    assert row == {
        "Gravité": "Bloquant",
        "Onglet": "Candidatures",
        "Cellule": Link("A5", "Candidatures", "A5"),
        "N° de dossier": "101",
        "Ce qui ne va pas": EMPTY_KEY.message,
        "Que faire": EMPTY_KEY.remedy,
        "Code": "numero_vide",
    }


def test_an_anomaly_without_a_cell_has_no_link():
    without = replace(EMPTY_KEY, cell=None, dossier=None)
    [row] = by_header(TABLE.sheet_columns, TABLE.cells([without]))
    assert (row["Cellule"], row["N° de dossier"]) == (None, None)


def test_every_severity_has_its_colour_and_rows_keep_their_order():
    warning = anomaly(SCORES_IN_RECUSAL, "Évaluations", "C4", value="anna@jury.example")
    rows = by_header(TABLE.sheet_columns, TABLE.cells([warning, EMPTY_KEY]))
    assert [row["Code"] for row in rows] == ["deport_avec_notes", "numero_vide"]
    assert rows[0]["Cellule"] == Link("C4", "Évaluations", "C4")
    words = {word for word, _ in column(TABLE.sheet_columns, "Gravité").tones}
    assert {row["Gravité"] for row in rows} == words
