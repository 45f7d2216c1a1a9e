"""What is kept from one revision to the next never shows: in any order of edits, results are those of a new start."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.effort import examples
from tests.sheets_server.errors import ApiError
from tests.sheets_server.model import Book, Sheet
from tests.sheets_server.raw import dumps
from tests.sheets_server.render_book import spreadsheet
from tests.sheets_server.requests.batch import run

OWNER = "anne@example.org"
FORMULAS = (
    '={"Rang";ARRAYFORMULA(IF(A2:A="";;XLOOKUP(A2:A&"";Deux!B:B;Deux!A:A;"")))}',
    "=SUM(A1:B3)",
    "=Deux!A1",
    "={1;2}",
    "=ARRAYFORMULA(COUNTIF(Deux!A:A;A1:A3))",
    "=IFERROR(VLOOKUP(A2;Deux!A:C;2;FALSE);B2)",
    "=C1",
    "=ISBLANK(A1)",
)
VALUES = st.sampled_from(["", 0, 1, True, False, "1", "oui", 2.5, *FORMULAS])
SHEETS, PLACES = st.sampled_from([0, 1, 2]), st.integers(0, 3)


def typed(sheet, row, column, value):
    kind = {bool: "boolValue", int: "numberValue", float: "numberValue"}.get(type(value), "stringValue")
    entered = {"formulaValue" if str(value).startswith("=") else kind: value}
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    rows = [{"values": [{"userEnteredValue": entered if value != "" else None}]}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def stretch(sheet, name, at, count):
    return {"sheetId": sheet, "dimension": name, "startIndex": at, "endIndex": at + count}


NAMES = st.sampled_from(["ROWS", "COLUMNS"])
STRETCHES = st.builds(stretch, SHEETS, NAMES, PLACES, st.integers(1, 2))
EDITS = st.one_of(
    st.builds(typed, SHEETS, PLACES, PLACES, VALUES),
    STRETCHES.map(lambda place: {"insertDimension": {"range": place}}),
    STRETCHES.map(lambda place: {"deleteDimension": {"range": place}}),
    st.builds(lambda place, to: {"moveDimension": {"source": place, "destinationIndex": to}}, STRETCHES, PLACES),
    st.builds(
        lambda sheet, title: {
            "updateSheetProperties": {"properties": {"sheetId": sheet, "title": title}, "fields": "title"}
        },
        SHEETS,
        st.sampled_from(["Un", "Deux", "L'été"]),
    ),
    SHEETS.map(lambda sheet: {"deleteSheet": {"sheetId": sheet}}),
    SHEETS.map(lambda sheet: {"duplicateSheet": {"sourceSheetId": sheet, "newSheetId": 2}}),
)
MASKS = (
    {"sheets": {"data": {}}},
    {"sheets": {"data": {"rowData": {"values": {"userEnteredValue": {}, "effectiveValue": {}}}}}},
)


def shown(book):
    return [dumps(spreadsheet(book, OWNER, mask)) for mask in MASKS]


def forgetful(book):
    """The same workbook with nothing kept: no result, no area, no text of a row."""
    other = replace(book.copy(), known={}, grids={}, values=None)
    for sheet in other.sheets:
        for row in range(len(sheet.cells)):
            sheet.own_row(row).texts = {}
    return other


DOUBLE = {"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 2}}


@settings(max_examples=examples(40))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=8))
@example([[typed(1, 1, 0, True)]])  # 1 and TRUE are equal in Python
@example([[typed(0, 1, 0, "1"), DOUBLE, typed(0, 1, 0, "oui")]])  # two tabs that share rows
def test_results_are_those_of_a_new_start(batches):
    book = Book("1", "Essai", "fr_FR", owner=OWNER, sheets=[Sheet(0, "Un", 6, 5), Sheet(1, "Deux", 6, 5)])
    texts = (typed(1, 0, 0, "Rang"), typed(1, 1, 0, 1), typed(1, 1, 1, "1"), typed(0, 1, 0, 1))
    book, _ = run(book, OWNER, {"requests": [*texts, typed(0, 0, 1, FORMULAS[0])]})
    for batch in batches:
        before = shown(book)
        try:
            new, _ = run(book, OWNER, {"requests": batch})
        except ApiError:
            continue
        assert shown(book) == before  # a revision never changes once it is made
        for request in batch:
            book, _ = run(book, OWNER, {"requests": [request]})
        assert shown(new) == shown(book) == shown(forgetful(book))  # at once, one by one, and from nothing
