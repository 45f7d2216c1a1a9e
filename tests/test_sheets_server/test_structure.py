"""Rows and columns come, go and move: cells, formulas, ranges and metadata follow, whatever the order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server.addresses import letters
from tests.sheets_server.model import Cell, Formula, new_book
from tests.sheets_server.protection import Writer
from tests.sheets_server.requests import dimensions
from tests.sheets_server.requests.registry import Batch

SIZE = 8
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "move"]),
        st.sampled_from(["ROWS", "COLUMNS"]),
        st.integers(0, 30),
        st.integers(1, 3),
        st.integers(0, 30),
    ),
    max_size=6,
)


def marked_book():
    """A tab where each row and each column is named, pointed at by a formula, a range and metadata of another tab."""
    book = new_book("id", "t", "o")
    sheet = book.sheets[0]
    sheet.rows = sheet.columns = SIZE
    for i in range(SIZE):
        sheet.put(i, i, Cell(f"n{i}"))
    other = type(sheet)(1, "Autre")
    book.sheets.append(other)
    for i in range(SIZE):
        other.put(i, 0, Cell(Formula(f"=Sheet1!{letters(i)}{i + 1}")))
        cell = {"sheetId": 0, "startRowIndex": i, "endRowIndex": i + 1, "startColumnIndex": i, "endColumnIndex": i + 1}
        book.named_ranges.append({"namedRangeId": str(i), "name": f"n{i}", "range": cell})
        place = {"sheetId": 0, "dimension": "ROWS", "startIndex": i, "endIndex": i + 1}
        book.metadata.append({"metadataId": i + 1, "location": {"locationType": "ROW", "dimensionRange": place}})
    return book


def apply(batch, kind, name, at, count, to):
    sheet = batch.book.sheets[0]
    size = sheet.dimension(name)
    at %= size
    end = min(size, at + count)
    if kind == "insert":
        dimensions.insert(batch, sheet, name, at, count)
    elif kind == "delete" and end - at < size:
        given = {"sheetId": 0, "dimension": name, "startIndex": at, "endIndex": end}
        dimensions.delete_dimension(batch, {"range": given})
    elif kind == "move" and not at < to % (size + 1) < end:
        dimensions.move(batch, sheet, name, at, end, to % (size + 1))


@given(STEPS)
def test_what_pointed_to_a_cell_points_to_it_still(steps):
    batch = Batch(marked_book(), Writer("o", "o"))
    for step in steps:
        apply(batch, *step)
    sheet, other = batch.book.sheets
    places = {cell.value: (r, c) for r, c, cell in sheet.filled(sheet.extent)}
    named = {item["name"]: item["range"] for item in batch.book.named_ranges}
    rows = {item["metadataId"] - 1: item["location"]["dimensionRange"]["startIndex"] for item in batch.book.metadata}
    for i in range(SIZE):
        formula = other.cell(i, 0).value
        if f"n{i}" not in places:
            assert formula == "=#REF!"
            assert f"n{i}" not in named
            continue
        row, column = places[f"n{i}"]
        assert formula == f"=Sheet1!{letters(column)}{row + 1}"
        assert (named[f"n{i}"]["startRowIndex"], named[f"n{i}"]["startColumnIndex"]) == (row, column)
        assert rows[i] == row


def dimension(name, start, end):
    return {"sheetId": 0, "dimension": name, "startIndex": start, "endIndex": end}


@pytest.mark.parametrize(
    ("request_", "formula"),
    [
        ({"insertDimension": {"range": dimension("ROWS", 2, 4)}}, "=SUM(A2:A7)+A:A+$B$1"),
        ({"insertDimension": {"range": dimension("ROWS", 1, 2)}}, "=SUM(A3:A6)+A:A+$B$1"),
        ({"insertDimension": {"range": dimension("ROWS", 5, 6)}}, "=SUM(A2:A5)+A:A+$B$1"),
        ({"deleteDimension": {"range": dimension("ROWS", 3, 9)}}, "=SUM(A2:A3)+A:A+$B$1"),
        ({"deleteDimension": {"range": dimension("ROWS", 1, 5)}}, "=SUM(#REF!)+A:A+$B$1"),
        ({"insertDimension": {"range": dimension("COLUMNS", 0, 1)}}, "=SUM(B2:B5)+B:B+$C$1"),
        ({"moveDimension": {"source": dimension("COLUMNS", 0, 1), "destinationIndex": 3}}, "=SUM(C2:C5)+C:C+$A$1"),
    ],
)
def test_ranges_of_formulas_grow_shrink_and_move(api, request_, formula):
    api.type("Z1", ["=SUM(A2:A5)+A:A+$B$1"])
    api.batch(request_)
    [row] = [row for row in api.dump()["tabs"][0]["formulas"] if row]
    assert row[-1] == formula


def test_new_rows_take_the_looks_of_their_neighbour_and_no_value(api):
    top = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    rule = {"condition": {"type": "BOOLEAN"}}
    api.type("A1", ["x"])
    api.batch(
        {"setDataValidation": {"range": top, "rule": rule}},
        {"insertDimension": {"range": dimension("ROWS", 1, 2), "inheritFromBefore": True}},
    )
    shown = api.get("sheets.data.rowData.values(dataValidation,userEnteredValue)", ranges="A2")
    assert shown["sheets"][0]["data"][0]["rowData"] == [{"values": [{"dataValidation": rule}]}]


def test_all_rows_that_are_not_frozen_cannot_be_deleted(api):
    grid = {"rowCount": 3, "frozenRowCount": 1}
    api.batch({"updateSheetProperties": {"properties": {"gridProperties": grid},
                                         "fields": "gridProperties(rowCount,frozenRowCount)"}})  # fmt: skip
    assert api.refused({"deleteDimension": {"range": dimension("ROWS", 1, 3)}}) == (
        "Invalid requests[0].deleteDimension: Sorry, it is not possible to delete all non-frozen rows."
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Deux_mots", "Deux_mots"),
        ("Deux mots", "'Deux mots'"),
        ("L'été", "'L''été'"),
        ("2026", "'2026'"),
        ("A1", "'A1'"),
        ("eig6", "'eig6'"),
        ("R1C1", "'R1C1'"),
        ("Abcd12", "Abcd12"),
    ],
)
def test_a_title_that_may_be_taken_for_something_else_is_quoted(api, title, shown):
    """As documentation has it: quotes are for spaces, signs, and letters and figures that could be a cell's address."""
    api.batch({"addSheet": {"properties": {"sheetId": 5, "title": "Cible"}}})
    api.type("B1", ["=Cible!A1"])
    api.batch({"updateSheetProperties": {"properties": {"sheetId": 5, "title": title}, "fields": "title"}})
    assert api.values("B1", valueRenderOption="FORMULA") == [[f"={shown}!A1"]]
    api.type(f"{shown}!A1", ["là"])
    assert api.values("B1") == [["là"]]
    assert api.call("GET", f"/values/{shown}!A1").json()["range"] == f"{shown}!A1"
