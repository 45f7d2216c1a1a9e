"""A reading in several light calls: the same cells as in one call, whatever they hold, and whoever types meanwhile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.google import marks, split_reading
from eig_sheets.spreadsheet.google.book import GoogleWorkbook
from tests.effort import first
from tests.end_to_end.google import unexpected_google
from tests.spreadsheet.google_desk import GoogleDesk, Heavy, Weightless, key_of

TAB, FAR = "Notes", 75
"""`FAR`: a row that is no part of those that are always read with their types."""


def typed(kind: str, number: float) -> dict:
    return {"userEnteredValue": {"numberValue": number}, "userEnteredFormat": {"numberFormat": {"type": kind}}}


def formula(text: str, kind: str = "") -> dict:
    shown = {"userEnteredFormat": {"numberFormat": {"type": kind}}} if kind else {}
    return {"userEnteredValue": {"formulaValue": f"={text}"}, **shown}


def plain(value: str | float | bool) -> dict:
    kind = "boolValue" if isinstance(value, bool) else "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}}


CELLS = (
    {}, plain("texte"), plain("12"), plain("=1+1"), plain("#N/A"), plain("#1"), plain("07/04/2021"), plain(True),
    plain(12), plain(0.1), plain(44293), typed("CURRENCY", 61250.5), typed("PERCENT", 0.3), typed("TEXT", 3),
    typed("DATE", 44293), typed("DATE", -2), typed("DATE", 3_000_000), typed("DATE_TIME", 44293.75),
    typed("TIME", 0.25), typed("TIME", 1.5), typed("DATE", 0.5), formula("1+1"), formula('"a"&"b"'), formula("1/0"),
    formula("NA()"), formula('IF(TRUE,"")'), formula("DATE(2021,4,7)"), formula("44293", "DATE"), formula("1=1"),
    formula('"#N/A"'), formula('"=1"'), formula("ARRAYFORMULA(1/ROW(A1:A3))"),
)  # fmt: skip
"""Anything that a cell of Google's may hold."""


@pytest.fixture(scope="module")
def desk(shared_google):
    made = GoogleDesk(shared_google, Weightless())
    yield made
    made.client.close()


def book_with(desk: GoogleDesk, places: dict[tuple[int, int], dict], rows: int = 100) -> GoogleWorkbook:
    """A spreadsheet of one tab with numbers and texts, and these cells at (1-based row, 0-based column)."""
    book = desk.make_book({TAB: [["Numéro", "Nom", "Note"], *([n, f"Nom {n}", n / 7] for n in range(1, rows))]})
    wide = {"appendDimension": {"sheetId": 1, "dimension": "COLUMNS", "length": 20}}
    desk.as_owner(key_of(book), wide, *(put(place, cell) for place, cell in places.items()))
    return book


def put(place: tuple[int, int], cell: dict) -> dict:
    start = {"sheetId": 1, "rowIndex": place[0] - 1, "columnIndex": place[1]}
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}}


def read(desk: GoogleDesk, book: GoogleWorkbook, sizes: Weightless) -> tuple[str, dict, dict, dict]:
    """The name of the tab, its cells that hold something, its formulas, its marked columns: read as `sizes` says."""
    [tab] = GoogleWorkbook(book.location, desk.client, sizes).read().tabs
    cells = {
        (row, column): value
        for row, line in enumerate(tab.rows, 1)
        for column, value in enumerate(line)
        if value is not None
    }
    return tab.name, cells, dict(tab.formulas), dict(tab.column_marks)


def calls(desk: GoogleDesk) -> list:
    made = desk.server.script.calls
    desk.server.script.post([])
    return made


@pytest.mark.slow
@given(
    st.dictionaries(
        st.tuples(st.one_of(st.integers(2, 30), st.integers(60, 130)), st.integers(0, 5)), st.sampled_from(CELLS)
    )
)
def test_the_same_cells_as_in_one_call(desk, places):
    book = book_with(desk, places, 10)
    assert read(desk, book, Heavy()) == read(desk, book, Weightless())


@pytest.mark.parametrize("row", [3, FAR])
def test_every_kind_of_cell_is_the_same_as_in_one_call(desk, row):
    book = book_with(desk, {(row, column): cell for column, cell in enumerate(CELLS, 4)})
    assert read(desk, book, Heavy()) == read(desk, book, Weightless())


def test_few_cells_are_read_with_their_types(desk):
    book = book_with(desk, {(row, 3): typed("DATE", 44293) for row in range(2, 1000)}, 1000)
    calls(desk)
    read(desk, book, Weightless())
    [whole] = calls(desk)
    read(desk, book, Heavy())
    *_, cells = split = calls(desk)
    assert cells.bytes_out < whole.bytes_out / 2
    assert len(split) == split_reading.CALLS


EDITS = {
    "a row comes": {"kind": "insert_row", "at": 30},
    "a column moves": {"kind": "move_column", "header": "Nom", "to": "D"},
    "a number becomes a formula": {"kind": "set", "cell": f"C{FAR}", "value": "=1/0"},
    "a date becomes a number": {"kind": "set", "cell": f"D{FAR}", "value": 12},
    "a formula becomes its value": {"kind": "set", "cell": f"E{FAR}", "value": 2},
    "a date goes": {"kind": "set", "cell": f"D{FAR}", "value": None},
    "a text becomes a date": {"kind": "set", "cell": f"B{FAR}", "value": "07/04/2021"},
    "a row goes": {"kind": "delete_row", "at": 30},
    "rows are sorted": {"kind": "sort", "by": "Note", "descending": True},
    "a tab is renamed": {"kind": "rename_tab", "to": "Évaluations"},
}
"""What people do between two calls, so that the next one sees another spreadsheet."""


@pytest.mark.parametrize("after", [1, 2, 3])
@pytest.mark.parametrize("what", first(4, EDITS))
def test_what_changes_between_two_calls_is_seen_whole_or_not_at_all(desk, what, after):
    dates = {(row, 3): typed("DATE", 44000 + row) for row in range(2, 90)}
    book = book_with(desk, {**dates, (FAR, 4): formula("1+1")})
    desk.as_owner(key_of(book), marks.mark_column(1, 1, "nom"))
    before = read(desk, book, Weightless())
    edit = {"tab": TAB, "spreadsheet_id": key_of(book), **EDITS[what]}
    desk.server.script.post([{"after_call": after, "edit": edit}])
    shown = read(desk, book, Heavy())
    desk.server.script.post([])
    assert shown in (before, read(desk, book, Weightless()))


@pytest.mark.parametrize("value", [3, "=1/0", "07/04/2021"])
def test_a_formula_that_follows_another_cell_is_not_mixed_with_what_that_cell_was(desk, value):
    """The cell that it follows is read twice as it was, the formula with its type as it has become."""
    book = book_with(desk, {(FAR, 4): plain("texte"), (FAR + 10, 5): formula(f"E{FAR}")})
    edit = {"tab": TAB, "spreadsheet_id": key_of(book), "kind": "set", "cell": f"E{FAR}", "value": value}
    desk.server.script.post([{"after_call": 3, "edit": edit}])
    shown = read(desk, book, Heavy())
    desk.server.script.post([])
    assert shown == read(desk, book, Weightless())


def test_a_date_is_not_mixed_with_what_its_row_was(desk):
    """Somebody changes a number, which is not read with its type, then the date beside it, which is."""
    book = book_with(desk, {(FAR, 3): typed("DATE", 44293)})
    edits = [
        {"tab": TAB, "spreadsheet_id": key_of(book), "kind": "set", "cell": cell, "value": value}
        for cell, value in ((f"C{FAR}", 12), (f"D{FAR}", "08/04/2021"))
    ]
    desk.server.script.post([{"after_call": 3, "edit": edit} for edit in edits])
    shown = read(desk, book, Heavy())
    desk.server.script.post([])
    assert shown == read(desk, book, Weightless())


@pytest.mark.parametrize("name", ["dates are never shown as texts", "formulas are never shown"])
def test_values_that_do_not_tell_types_are_not_relied_on(desk, name):
    """The first rows show it, and everything is read in one call."""
    places = {(row, column): cell for row in (2, FAR) for column, cell in enumerate(CELLS, 4)}
    book = book_with(desk, places)
    calls(desk)
    with unexpected_google.BEHAVIOURS[name]():
        shown = read(desk, book, Heavy())
    assert len(calls(desk)) == split_reading.CALLS + 1
    assert shown == read(desk, book, Weightless())
