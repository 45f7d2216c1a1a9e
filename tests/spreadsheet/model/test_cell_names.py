"""Names of cells and rows: addresses where rows have places, row ids and labels where they have ids."""

from dataclasses import replace

import pytest

from eig_sheets.call.applications.importing.apply import current_rows
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.spreadsheet.grist.reading import CAPABILITIES as GRIST
from eig_sheets.spreadsheet.model import cell_names
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.workbook.snapshots import DOSSIERS, reading, tab, tabs_with

TAB = TabSnapshot("Jury", [["Nom", "E-mail\ndu juré", None], ["Ada", "a@example.org", 3]])


@pytest.mark.parametrize(
    ("row", "column", "by_address", "by_id"),
    [(2, 1, "B2", "ligne 1, E-mail du juré"), (1, 0, "A1", "colonne Nom"), (2, 2, "C2", "ligne 1, 3e colonne")],
)
def test_a_cell_has_its_address_or_its_row_and_label(row, column, by_address, by_id):
    assert cell_names.cell_name(TAB, row, column, by_id=False) == by_address
    assert cell_names.cell_name(TAB, row, column, by_id=True) == by_id
    assert cell_names.reference(TAB, row, column, by_id=False) == f"Jury!{by_address}"
    assert cell_names.reference(TAB, row, column, by_id=True) == f"Jury, {by_id}"


def test_a_cell_of_a_tab_that_is_gone_is_named_by_its_place():
    assert cell_names.name_of("B2", "Absent", Snapshot((TAB,), capabilities=GRIST)) == "ligne 1, 2e colonne"


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(1, 0, "colonne Note (1re)"), (1, 2, "colonne Note (3e)"), (1, 1, "colonne Avis"), (1, 3, "4e colonne"),
     (2, 2, "ligne 1, Note (3e colonne)")],
)  # fmt: skip
def test_columns_of_one_label_are_named_by_their_places(row, column, name):
    twice = TabSnapshot("Notes", [["Note", "Avis", " Note"], [4.0, None, 5.0]])
    assert cell_names.cell_name(twice, row, column, by_id=True) == name


def test_an_anomaly_names_the_rows_by_their_ids():
    """Two rows of one number: each names the other by its id, which is one less than its row in the snapshot."""
    twice = tab("candidatures", [DOSSIERS[0], DOSSIERS[0]])
    read = reading(replace(tabs_with(twice), capabilities=GRIST))
    twins = [anomaly for anomaly in in_order(read, read.anomalies) if anomaly.code == "numero_en_double"]
    assert [(twin.cell, twin.shown_cell) for twin in twins] == [
        ("A2", "ligne 1, N° de dossier"),
        ("A3", "ligne 2, N° de dossier"),
    ]
    assert [twin.message.split()[-1] for twin in twins] == ["2.", "1."]


def test_an_import_names_the_rows_of_the_workbook_by_their_ids():
    read = reading(replace(tabs_with(tab("candidatures", DOSSIERS)), capabilities=GRIST))
    assert current_rows(read.layout.tabs["candidatures"])["row"].tolist() == [1, 2]
