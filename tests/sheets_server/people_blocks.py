"""What people do in the browser with blocks of cells, filters, merges, hidden lines and tables."""

from __future__ import annotations

from typing import Any

from tests.sheets_server import native_tables
from tests.sheets_server.addresses import Rect, grid_range, parse_span
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.model import Json, Sheet
from tests.sheets_server.requests import dimensions, filters, looks, moving
from tests.sheets_server.requests.registry import Batch
from tests.sheets_server.writing import type_in


class EditError(ValueError):
    """An edit of a script that cannot be made: no such tab, no such header."""


def area_of(sheet: Sheet, text: str) -> Rect:
    """Return the rectangle of an A1 range, cut at the grid's edges."""
    span = parse_span(text)
    rect = span.within(sheet.rows, sheet.columns) if span else None
    if not rect:
        raise EditError(f"no range {text!r}")
    return rect


def _grid(sheet: Sheet, edit: Json, name: str = "range") -> Json:
    return grid_range(sheet.id, area_of(sheet, edit[name]))


def _lines(sheet: Sheet, edit: Json, name: str) -> Json:
    at = int(edit["at"]) - 1
    end = at + int(edit.get("count", 1))
    return {"sheetId": sheet.id, "dimension": name, "startIndex": at, "endIndex": end}


def _insert_column(batch: Batch, sheet: Sheet, edit: Json) -> None:
    dimensions.insert(batch, sheet, "COLUMNS", int(edit["at"]) - 1, int(edit.get("count", 1)))


def _delete_column(batch: Batch, sheet: Sheet, edit: Json) -> None:
    dimensions.delete_dimension(batch, {"range": _lines(sheet, edit, "COLUMNS")})


def _move_rows(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Move rows so that they stand before the row that `to` names."""
    body = {"source": _lines(sheet, edit, "ROWS"), "destinationIndex": int(edit["to"]) - 1}
    dimensions.move_dimension(batch, body)


def _cut_paste(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Cut a block, or whole columns such as `B:B`, and paste it from the cell `to` on."""
    to = area_of(sheet, edit["to"])
    place = {"sheetId": sheet.id, "rowIndex": to.top, "columnIndex": to.left}
    moving.cut_paste(batch, {"source": _grid(sheet, edit), "destination": place})


def _copy_paste(batch: Batch, sheet: Sheet, edit: Json) -> None:
    moving.copy_paste(batch, {"source": _grid(sheet, edit), "destination": _grid(sheet, edit, "to")})


def _paste_rows(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Paste rows of values from elsewhere, from a cell on: the grid grows to hold them."""
    span = parse_span(edit["cell"])
    if span is None or span.top is None or span.left is None:
        raise EditError(f"no cell {edit['cell']!r}")
    rows: list[list[Any]] = edit["rows"]
    sheet.rows = max(sheet.rows, span.top + len(rows))
    sheet.columns = max(sheet.columns, span.left + max(map(len, rows), default=0))
    for r, row in enumerate(rows, span.top):
        for c, value in enumerate(row, span.left):
            type_in(batch.book, sheet, r, c, value)


def _sort_range(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Sort a block alone, by its first column."""
    area = area_of(sheet, edit["range"])
    order = "DESCENDING" if edit.get("descending") else "ASCENDING"
    filters.sort(batch, sheet, area, [{"dimensionIndex": area.left, "sortOrder": order}])


def _filter(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Put the filter of the tab over a range, or take it off."""
    if edit.get("range"):
        filters.set_basic_filter(batch, {"filter": {"range": _grid(sheet, edit)}})
    else:
        filters.clear_basic_filter(batch, {"sheetId": sheet.id})


def _merge(batch: Batch, sheet: Sheet, edit: Json) -> None:
    looks.merge_cells(batch, {"range": _grid(sheet, edit), "mergeType": "MERGE_ALL"})


def _unmerge(batch: Batch, sheet: Sheet, edit: Json) -> None:
    looks.unmerge_cells(batch, {"range": _grid(sheet, edit)})


def _hidden(batch: Batch, sheet: Sheet, edit: Json, name: str) -> None:
    properties = {"hiddenByUser": not edit.get("shown")}
    body = {"range": _lines(sheet, edit, name), "properties": properties, "fields": "hiddenByUser"}
    dimensions.update_dimension_properties(batch, body)


def _hide_rows(batch: Batch, sheet: Sheet, edit: Json) -> None:
    _hidden(batch, sheet, edit, "ROWS")


def _hide_columns(batch: Batch, sheet: Sheet, edit: Json) -> None:
    _hidden(batch, sheet, edit, "COLUMNS")


def _hide_tab(batch: Batch, sheet: Sheet, edit: Json) -> None:
    others = [one for one in batch.book.sheets if one is not sheet and not one.properties.get("hidden")]
    if not others:
        raise EditError("the last tab that shows cannot be hidden")
    sheet.properties = {**sheet.properties, "hidden": True}
    if edit.get("shown"):
        del sheet.properties["hidden"]


def _clear_tab(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Select all, then Delete: what cells hold goes, how they look stays."""
    for row, column, cell in list(sheet.filled(sheet.extent)):
        sheet.put(row, column, cell.with_value(None))


def _convert_to_table(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """« Convertir en tableau »: of all that is filled, or of a range; columns get the types of what they hold."""
    area = area_of(sheet, edit["range"]) if edit.get("range") else _filled(batch, sheet)
    values = calculation(batch.book).rows(sheet, area)
    types = [_guessed_type([row[place] for row in values[1:]]) for place in range(area.width)]
    columns = [{"columnIndex": place, "columnType": kind} for place, kind in enumerate(types)]
    native_tables.new_table(batch.book, sheet, area, {"columnProperties": columns})
    native_tables.settle(batch.book)


def _filled(batch: Batch, sheet: Sheet) -> Rect:
    """Return the block from the first filled row to the last, over all columns that hold something."""
    values = calculation(batch.book)
    bottom = values.last_row(sheet)
    rows = values.rows(sheet, Rect(0, bottom, 0, sheet.columns))
    top = next((place for place, row in enumerate(rows) if sum(value is not None for value in row) > 1), None)
    if top is None:
        raise EditError("nothing to convert")
    right = max(place + 1 for row in rows for place, value in enumerate(row) if value is not None)
    return Rect(top, bottom, 0, right)


def _guessed_type(values: list[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return native_tables.UNTYPED
    if kinds == {bool}:
        return "BOOLEAN"
    return "DOUBLE" if kinds <= {int, float} else "TEXT"


def _table_to_range(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """« Convertir en plage »: the cells stay."""
    if not sheet.tables:
        raise EditError("no table here")
    sheet.tables = []


BLOCK_EDITS = {
    "insert_column": _insert_column,
    "delete_column": _delete_column,
    "move_rows": _move_rows,
    "cut_paste": _cut_paste,
    "copy_paste": _copy_paste,
    "paste_rows": _paste_rows,
    "sort_range": _sort_range,
    "filter": _filter,
    "merge": _merge,
    "unmerge": _unmerge,
    "hide_rows": _hide_rows,
    "hide_columns": _hide_columns,
    "hide_tab": _hide_tab,
    "clear_tab": _clear_tab,
    "convert_to_table": _convert_to_table,
    "table_to_range": _table_to_range,
}
