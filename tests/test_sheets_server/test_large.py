"""What makes large spreadsheets quick to read and to write: none of it may show in the answers."""

import datetime
import threading

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from tests.sheets_server.masks import parse, project
from tests.sheets_server.model import Book, Cell, Sheet
from tests.sheets_server.server import running
from tests.test_sheets_server.clients import Api

COMPACT = "userEnteredValue,effectiveValue,effectiveFormat.numberFormat.type"


@pytest.fixture
def varied(api):
    """Cells of every kind: texts, numbers, truths, errors, formulas, spread arrays, formats and notes alone."""
    api.type("A1", ["texte", '"guillemets" \\ \n', 3, 2.5, 1e-7, True, "=1/0", "#N/A", "12/03/2026", "50%", "$3.00"])
    api.type("A2", ["=A1&1", "={1;2;3}", "", "'12", 12345678901234567890, -0.0, "=IF(TRUE;;1)"])
    sixth = {"startRowIndex": 5, "endRowIndex": 6}
    date = {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    noted = {"start": {"rowIndex": 7, "columnIndex": 3}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}
    api.batch(
        {"repeatCell": {"range": sixth, "cell": date, "fields": "userEnteredFormat.numberFormat"}},
        {"updateCells": noted},
    )
    return api


def data(api, fields, **query):
    return api.get(f"sheets.data({fields})", **query)["sheets"][0]["data"][0]


@pytest.mark.parametrize(
    "fields",
    [
        COMPACT,
        "userEnteredValue,effectiveValue",
        "effectiveValue",
        "userEnteredValue",
        "userEnteredValue.stringValue,effectiveValue.numberValue",
        "effectiveFormat.numberFormat",
        "userEnteredFormat.numberFormat.type,note",
        "userEnteredValue,effectiveValue,userEnteredFormat,effectiveFormat",
        "formattedValue",
    ],
)
def test_a_part_is_the_part_of_the_whole(varied, fields):
    whole = data(varied, "rowData.values")
    masked = project(parse(f"rowData.values({fields})"), whole)
    for _ in range(2):  # the second time from what was kept of the first
        assert data(varied, f"rowData.values({fields})") == masked


def test_what_was_rendered_before_is_rendered_again_when_it_changes(varied):
    before = data(varied, f"rowData.values({COMPACT})")["rowData"]
    varied.type("A1", ["autre"])
    after = data(varied, f"rowData.values({COMPACT})")["rowData"]
    assert after[0]["values"][0]["userEnteredValue"] == {"stringValue": "autre"}
    assert after[1]["values"][0]["effectiveValue"] == {"stringValue": "autre1"}
    assert after[2:] == before[2:]
    area = data(varied, f"rowData.values({COMPACT})", ranges="B1:C2")["rowData"]
    assert area == [{"values": after[0]["values"][1:3]}, {"values": after[1]["values"][1:2]}]
    varied.batch({"updateSpreadsheetProperties": {"properties": {"locale": "fr_FR"}, "fields": "locale"}})
    assert data(varied, "rowData.values.formattedValue")["rowData"][0]["values"][3]["formattedValue"] == "2,5"


def test_a_copy_and_its_source_do_not_see_each_other_s_changes():
    sheet = Sheet(0, "Notes")
    sheet.put(0, 0, Cell("a"))
    sheet.put(1, 0, Cell("b"))
    book = Book("1", "Essai", sheets=[sheet])
    copied = book.copy().sheets[0]
    assert copied.cells[0] is sheet.cells[0]
    copied.put(0, 0, Cell("copie"))
    sheet.put(1, 0, Cell("source"))
    assert [[line[0].value for line in tab.cells] for tab in (sheet, copied)] == [["a", "source"], ["copie", "b"]]


def test_a_batch_that_fails_leaves_every_row_as_it_was(varied):
    before = varied.dump()
    update = {"updateCells": {"range": {"endRowIndex": 4}, "fields": "*", "rows": []}}
    delete = {"deleteDimension": {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}}}
    varied.refused(update, delete, {"deleteSheet": {"sheetId": 99}})
    assert varied.dump() == before


def test_an_xlsx_is_loaded_as_drive_would(tmp_path):
    workbook = openpyxl.Workbook()
    tab = workbook.active
    tab.title = "L'été"
    for cell, value, pattern in (
        ("A1", "N°", None),
        ("B2", 3.0, '0.00 "€"'),
        ("C3", True, None),
        ("D4", "=A1&B2", None),
        ("E5", datetime.date(2026, 1, 2), "dd/mm/yyyy"),
        ("F6", datetime.datetime(2026, 1, 2, 12), "dd/mm/yyyy hh:mm"),
        ("G7", 0.25, "0%"),
        ("H8", "12", "@"),
        ("I9", "#N/A", None),
        ("A10", " é\n", None),
    ):
        tab[cell] = value
        if pattern:
            tab[cell].number_format = pattern
    tab["M3"].comment = Comment("une note", "Anne")
    tab["A12"], tab["B12"] = "fusion", "caché"
    tab.merge_cells("A12:B13")
    tab.freeze_panes = "B2"
    choices = DataValidation(type="list", formula1='"Oui,Non"')
    choices.add("L2:L3")
    tab.add_data_validation(choices)
    tab["AB1200"] = "loin"
    workbook.create_sheet("Caché").sheet_state = "hidden"
    workbook.save(tmp_path / "Campagne.xlsx")
    with running(load=tmp_path / "Campagne.xlsx", locale="fr_FR") as server:
        api = Api(server, server.spreadsheet_id, "equipe-eig@example.org")
        whole = api.get(includeGridData=True)
    first, hidden = whole["sheets"]
    rows = first["data"][0]["rowData"]

    def cell(r, c):
        return rows[r]["values"][c]

    assert whole["properties"]["title"] == "Campagne"
    assert (first["properties"]["title"], hidden["properties"]["hidden"]) == ("L'été", True)
    assert first["properties"]["gridProperties"] == {
        "rowCount": 1200, "columnCount": 28, "frozenRowCount": 1, "frozenColumnCount": 1,
    }  # fmt: skip
    assert cell(1, 1)["formattedValue"] == "3,00 €"
    assert cell(2, 2)["userEnteredValue"] == {"boolValue": True}
    assert (cell(3, 3)["userEnteredValue"], cell(3, 3)["effectiveValue"]) == (
        {"formulaValue": "=A1&B2"}, {"stringValue": "N°3"},
    )  # fmt: skip
    assert (cell(4, 4)["formattedValue"], cell(4, 4)["effectiveFormat"]["numberFormat"]["type"]) == (
        "02/01/2026",
        "DATE",
    )
    assert cell(5, 5)["effectiveValue"] == {"numberValue": 46024.5}
    assert cell(6, 6)["formattedValue"] == "25%"
    assert cell(7, 7)["userEnteredValue"] == {"stringValue": "12"}
    assert cell(8, 8)["userEnteredValue"]["errorValue"]["type"] == "N_A"
    assert cell(9, 0)["userEnteredValue"] == {"stringValue": " é\n"}
    assert rows[11] == {"values": [cell(11, 0)]}
    assert first["merges"][0]["endRowIndex"] == 13
    assert cell(2, 12)["note"] == "une note"
    assert cell(1, 11)["dataValidation"]["condition"]["type"] == "ONE_OF_LIST"
    assert cell(1199, 27)["userEnteredValue"] == {"stringValue": "loin"}


def test_calls_at_the_same_time_are_each_whole(api):
    """Two writers and a reader: each answer is of one revision."""
    write = {"updateCells": {"start": {}, "fields": "userEnteredValue", "rows": []}}
    seen = []

    def writes(mark):
        for number in range(8):
            rows = [{"values": [{"userEnteredValue": {"stringValue": f"{mark}{number}"}}] * 3}] * 3
            api.batch({"updateCells": write["updateCells"] | {"rows": rows}})

    def reads():
        seen.extend(api.values("A1:C3") for _ in range(8))

    threads = [threading.Thread(target=writes, args=(mark,)) for mark in "ab"] + [threading.Thread(target=reads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len({value for row in rows for value in row}) <= 1 for rows in seen)
    assert api.values("A1") in ([["a7"]], [["b7"]])
