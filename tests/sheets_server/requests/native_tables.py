"""Tables: addTable, updateTable, deleteTable."""

from __future__ import annotations

from tests.sheets_server import native_tables
from tests.sheets_server.addresses import grid_range
from tests.sheets_server.errors import invalid, unimplemented
from tests.sheets_server.jsons import stored
from tests.sheets_server.model import Json, Sheet
from tests.sheets_server.requests.registry import Batch, fields, handles


@handles("addTable")
def add_table(batch: Batch, body: Json) -> Json:
    given = stored(body.get("table", {}))
    sheet, area, _ = batch.writable(given.get("range", {}))
    table = native_tables.new_table(batch.book, sheet, area, given)
    return {"table": native_tables.shown(batch.book, sheet, table)}


@handles("updateTable")
def update_table(batch: Batch, body: Json) -> None:
    """Update a table: a list of columns replaces all of it, so that a column left out loses its type."""
    given, mask = stored(body.get("table", {})), fields(body, "Table")
    sheet, table = find_table(batch, given.get("tableId", ""))
    for name in mask:
        if name == "columnProperties":
            _set_columns(batch, sheet, table, given.get("columnProperties", []))
        elif name == "range":
            _, area, _ = batch.writable(given.get("range", {}))
            table["range"] = grid_range(sheet.id, area)
        elif name == "name":
            table["name"] = given.get("name", "")
        else:
            raise unimplemented(f"updateTable of {name}")


def _set_columns(batch: Batch, sheet: Sheet, table: Json, columns: list[Json]) -> None:
    area = native_tables.rect_of(table)
    by_place = {one.get("columnIndex", 0): one for one in columns}
    if any(not one.get("columnName") for one in columns):
        raise invalid("Table column name must not be empty.")
    for column in table["columns"]:
        place = column["place"]["startColumnIndex"] - area.left
        new = by_place.get(place, {})
        column["columnType"] = new.get("columnType", native_tables.UNTYPED)
        if new:
            cell = sheet.cell(area.top, area.left + place)
            sheet.put(area.top, area.left + place, cell.with_value(new["columnName"]))


@handles("deleteTable")
def delete_table(batch: Batch, body: Json) -> None:
    """Remove a table, what it holds, and the conditional rules over its range, as seen live."""
    sheet, table = find_table(batch, body.get("tableId", ""))
    sheet.tables.remove(table)
    area = native_tables.rect_of(table)
    over = [rule for rule in sheet.conditional for one in rule["ranges"] if batch.area(one).rect.meet(area)]
    sheet.conditional = [rule for rule in sheet.conditional if rule not in over]
    for row, column, cell in list(sheet.filled(native_tables.rect_of(table))):
        sheet.put(row, column, cell.with_value(None))


def find_table(batch: Batch, table_id: str) -> tuple[Sheet, Json]:
    for sheet in batch.book.sheets:
        for table in sheet.tables:
            if table["tableId"] == table_id:
                return sheet, table
    raise invalid(f"No table with id: {table_id}")
