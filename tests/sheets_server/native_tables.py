"""Tables of a tab (`sheets.tables`, « Convertir en tableau »): their columns, their headers, what they refuse.

A table is kept with the place of each of its columns, which follows the columns wherever people move them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.sheets_server.addresses import Rect, grid_range
from tests.sheets_server.errors import invalid
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.model import Book, Formula, Json, Sheet

TYPED_COLUMN = "This operation is not allowed on cells in typed columns."
PART_OF_TABLE = "You cannot insert or delete cells over part of a table."
UNTYPED = "COLUMN_TYPE_UNSPECIFIED"


def rect_of(table: Json) -> Rect:
    """Return the rectangle of a table, its headers included."""
    where = table["range"]
    return Rect(where["startRowIndex"], where["endRowIndex"], where["startColumnIndex"], where["endColumnIndex"])


def new_table(book: Book, sheet: Sheet, area: Rect, given: Json) -> Json:
    """Add a table to a tab; Google freezes its headers when they are the first rows."""
    if any(rect_of(one).meet(area) for one in sheet.tables):
        raise invalid("The table overlaps another table.")
    taken = {one["name"] for other in book.sheets for one in other.tables}
    name = given.get("name") or next(text for n in range(1, 1000) if (text := f"Table{n}") not in taken)
    if name in taken:
        raise invalid(f"A table with the name {name} already exists.")
    types = {one.get("columnIndex", 0): one for one in given.get("columnProperties", [])}
    table = {
        "tableId": given.get("tableId") or str(book.free_id()),
        "name": name,
        "range": grid_range(sheet.id, area),
        "columns": [
            {
                "place": {"sheetId": sheet.id, "startColumnIndex": column, "endColumnIndex": column + 1},
                "columnType": types.get(column - area.left, {}).get("columnType", UNTYPED),
            }
            for column in range(area.left, area.right)
        ],
    }
    sheet.tables.append(table)
    frozen = sheet.grid.get("frozenRowCount", 0)
    if area.top == 0 and not frozen and sheet.rows > 1:
        sheet.grid["frozenRowCount"] = 1
    return table


def shown(book: Book, sheet: Sheet, table: Json) -> Json:
    """Return a table as the API shows it: columns by their place in it, named by their headers."""
    area, values = rect_of(table), calculation(book)
    columns = []
    for place, column in _columns(table):
        name = values.value(sheet, area.top, column)
        item = {"columnName": str(name) if name is not None else f"Column {place + 1}"}
        kind = _type_of(table, column)
        columns.append(({"columnIndex": place} if place else {}) | item | ({"columnType": kind} if kind else {}))
    return {"tableId": table["tableId"], "name": table["name"], "range": table["range"], "columnProperties": columns}


def _columns(table: Json) -> Iterator[tuple[int, int]]:
    """Yield the place of each column in its table, and in the tab."""
    area = rect_of(table)
    return enumerate(range(area.left, area.right))


def _type_of(table: Json, column: int) -> str:
    found = (one["columnType"] for one in table["columns"] if one["place"]["startColumnIndex"] == column)
    kind = next(found, UNTYPED)
    return "" if kind == UNTYPED else kind


def require_untyped(sheet: Sheet, area: Rect) -> None:
    """Refuse a validation or a number format in the typed columns of a table."""
    for table in sheet.tables:
        whole = rect_of(table)
        body = Rect(whole.top + 1, whole.bottom, whole.left, whole.right).meet(area)
        if body and any(_type_of(table, column) for column in range(body.left, body.right)):
            raise invalid(TYPED_COLUMN)


def require_whole(sheet: Sheet, band: Rect) -> None:
    """Refuse to push aside a part of a table: cells that move have all of it among them, or nothing."""
    if any(rect_of(one).meet(band) and not band.holds(rect_of(one)) for one in sheet.tables):
        raise invalid(PART_OF_TABLE)


def grow(sheet: Sheet, name: str, at: int, count: int) -> None:
    """Make the tables that end where rows or columns were inserted, formatted like those before, hold them too."""
    side = "endRowIndex" if name == "ROWS" else "endColumnIndex"
    for table in sheet.tables:
        if table["range"][side] == at:
            table["range"] = table["range"] | {side: at + count}


def settle(book: Book) -> None:
    """Keep what the header of a table shows, not the formula that gives it."""
    for sheet in book.sheets:
        for table in sheet.tables:
            top = rect_of(table).top
            for place, column in _columns(table):
                cell = sheet.cell(top, column)
                if isinstance(cell.value, Formula):
                    text = calculation(book).value(sheet, top, column)
                    header = text if isinstance(text, str) and text else f"Column {place + 1}"
                    sheet.put(top, column, cell.with_value(header))
                    book.values = None
