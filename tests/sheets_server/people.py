"""What people do in the browser while a program runs: the edits of the control script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.sheets_server.addresses import Rect, column_number, parse_span
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.model import Book, Json, Past, Sheet
from tests.sheets_server.native_tables import grow, rect_of
from tests.sheets_server.people_blocks import BLOCK_EDITS, EditError
from tests.sheets_server.protection import Writer
from tests.sheets_server.requests import dimensions, filters, sheets
from tests.sheets_server.requests.registry import Batch
from tests.sheets_server.writing import type_in

HEADER_ROWS = 10


__all__ = ["EDITS", "EditError", "edited"]


def edited(book: Book, edit: Json) -> Book:
    """Return the workbook after one edit of its owner, whom no protection stops."""
    if edit.get("kind") == "undo":
        return _undone(book)
    batch = Batch(book.copy(), Writer(book.owner, book.owner))
    sheet = batch.book.titled(edit.get("tab", ""))
    if sheet is None:
        raise EditError(f"no tab {edit.get('tab')!r}")
    if edit.get("kind") not in EDITS:
        raise EditError(f"no edit of kind {edit.get('kind')!r}")
    EDITS[edit["kind"]](batch, sheet, edit)
    batch.book.past = Past(replace(book, past=None), edit, book.revision + 1)
    return batch.book


def _undone(book: Book) -> Book:
    """Return the workbook without the last edit of people's: as it was, or, if a robot wrote since, one cell of it."""
    past = book.past
    if past is None:
        raise EditError("nothing to undo")
    if book.revision == past.revision:
        return replace(past.before.copy(), revision=book.revision)
    if past.edit["kind"] != "set":
        raise EditError("what a robot wrote since cannot be undone with it")
    sheet = past.before.titled(past.edit["tab"])
    span = parse_span(past.edit["cell"])
    new = book.copy()
    new.past = None
    place = next((one for one in new.sheets if sheet is not None and one.id == sheet.id), None)
    if sheet is None or place is None or span is None or span.top is None or span.left is None:
        raise EditError("the tab is gone")
    if span.top >= place.rows or span.left >= place.columns:
        raise EditError("the cell is gone")
    place.put(span.top, span.left, sheet.cell(span.top, span.left))
    return new


def _set(batch: Batch, sheet: Sheet, edit: Json) -> None:
    span = parse_span(edit["cell"])
    if span is None or span.top is None or span.left is None:
        raise EditError(f"no cell {edit['cell']!r}")
    sheet.rows, sheet.columns = max(sheet.rows, span.top + 1), max(sheet.columns, span.left + 1)
    value = edit.get("value")
    _join_table(sheet, span.top, span.left)
    type_in(batch.book, sheet, span.top, span.left, "" if value is None else value)


def _join_table(sheet: Sheet, row: int, column: int) -> None:
    """A table takes in what someone types just under it."""
    for table in sheet.tables:
        area = rect_of(table)
        if row == area.bottom and area.left <= column < area.right:
            grow(sheet, "ROWS", row, 1)


def _insert_row(batch: Batch, sheet: Sheet, edit: Json) -> None:
    at = int(edit["at"]) - 1
    dimensions.insert(batch, sheet, "ROWS", at, 1)


def _delete_row(batch: Batch, sheet: Sheet, edit: Json) -> None:
    at = int(edit["at"]) - 1
    given = {"sheetId": sheet.id, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
    dimensions.delete_dimension(batch, {"range": given})


def _sort(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Sort the rows under the header, down to the last that holds something."""
    row, column = _header(batch, sheet, edit["by"])
    values = calculation(batch.book)
    bottom = values.last_row(sheet)
    batch.book.values = None
    area = Rect(row + 1, max(bottom, row + 1), 0, sheet.columns)
    order = "DESCENDING" if edit.get("descending") else "ASCENDING"
    if area:
        filters.sort(batch, sheet, area, [{"dimensionIndex": column, "sortOrder": order}])


def _rename_tab(batch: Batch, sheet: Sheet, edit: Json) -> None:
    given = {"sheetId": sheet.id, "title": edit["to"]}
    sheets.update_sheet_properties(batch, {"properties": given, "fields": "title"})


def _rename_header(batch: Batch, sheet: Sheet, edit: Json) -> None:
    row, column = _header(batch, sheet, edit["from"])
    type_in(batch.book, sheet, row, column, edit["to"])


def _move_column(batch: Batch, sheet: Sheet, edit: Json) -> None:
    """Move a column so that it becomes the one that `to` names: a letter, or a number from 1."""
    _, column = _header(batch, sheet, edit["header"])
    wanted: Any = edit["to"]
    to = int(wanted) - 1 if str(wanted).isdigit() else column_number(str(wanted))
    if to != column:
        dimensions.move(batch, sheet, "COLUMNS", column, column + 1, to + 1 if to > column else to)


def _delete_tab(batch: Batch, sheet: Sheet, edit: Json) -> None:
    sheets.delete_sheet(batch, {"sheetId": sheet.id})


def _header(batch: Batch, sheet: Sheet, text: str) -> tuple[int, int]:
    values = calculation(batch.book)
    rows = values.rows(sheet, Rect(0, min(HEADER_ROWS, sheet.rows), 0, sheet.columns))
    batch.book.values = None
    for r, row in enumerate(rows):
        if text in row:
            return r, row.index(text)
    raise EditError(f"no header {text!r} in {sheet.title!r}")


EDITS: dict[str, Callable[[Batch, Sheet, Json], None]] = {
    "set": _set,
    "insert_row": _insert_row,
    "delete_row": _delete_row,
    "sort": _sort,
    "rename_tab": _rename_tab,
    "rename_header": _rename_header,
    "move_column": _move_column,
    "delete_tab": _delete_tab,
    **BLOCK_EDITS,
    "undo": lambda batch, sheet, edit: None,  # of the whole workbook
}
