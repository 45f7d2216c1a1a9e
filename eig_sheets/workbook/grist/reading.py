"""A Grist document as a snapshot: each table a tab, its labels in row 1. Pure.

A row of people's table is at its row id plus one, so that what a message calls a row is found again in Grist; rows that
were deleted are blank. A robot's table has its rows in their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eig_sheets.workbook.grist import access, values
from eig_sheets.workbook.grist.capabilities import CAPABILITIES
from eig_sheets.workbook.grist.document import Document, GristColumn, GristTable, Mark
from eig_sheets.workbook.grist.lookups import as_planned
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot

LINK_WIDGET = "HyperLink"
_CELL_ADDRESS = re.compile(r" https?://\S+/p/\d+#a1\.s\d+(?:\.r\d+)?\.c\d+$")


def snapshot(document: Document) -> Snapshot:
    """All tables as tabs, in the order of their pages."""
    marks = marks_of(document)
    tabs = tuple(_tab(table, document, marks) for table in document.tables)
    return Snapshot(tabs, document.version, CAPABILITIES, access.restricts_readers(document))


Places = Mapping[tuple[int, int], Mark]
"""The mark of each table (its ref, 0) and column (ref of the table, ref of the column)."""


def marks_of(document: Document) -> Places:
    """The marks whose table or column still exists, however people renamed it."""
    found: dict[tuple[int, int], Mark] = {}
    for mark in document.marks:
        for table in document.tables:
            place = _place_of(mark, table)
            if place is not None and (mark.ref or table.id == mark.table):
                found.setdefault(place, mark)
    return found


def _place_of(mark: Mark, table: GristTable) -> tuple[int, int] | None:
    if not mark.column:
        return (table.ref, 0) if mark.ref == table.ref or (not mark.ref and mark.table == table.id) else None
    for column in table.columns:
        if mark.ref == column.ref or (not mark.ref and (mark.table, mark.column) == (table.id, column.id)):
            return (table.ref, column.ref)
    return None


def _tab(table: GristTable, document: Document, marks: Places) -> TabSnapshot:
    mark = marks.get((table.ref, 0))
    columns = table.columns
    if not table.row_ids and all(column.is_empty for column in columns):
        return TabSnapshot(table.title, mark=mark.id if mark else None)  # as Grist makes an empty table
    found = ((place, marks.get((table.ref, column.ref))) for place, column in enumerate(columns))
    column_marks = {place: found_mark.id for place, found_mark in found if found_mark is not None}
    formulas = {
        (1, place): as_planned(column, table, document)
        for place, column in enumerate(columns)
        if column.is_formula and column.formula
    }
    return TabSnapshot(
        table.title,
        _rows(table, ordered=mark is not None and mark.robot),
        formulas=formulas,
        mark=mark.id if mark else None,
        column_marks=column_marks,
        protections=access.protections(table, document, marks),
        look=mark.look if mark else "",
    )


def _rows(table: GristTable, *, ordered: bool) -> tuple[tuple[CellValue, ...], ...]:
    headers: tuple[CellValue, ...] = tuple(column.label or None for column in table.columns)
    read = [_column(table, column) for column in table.columns]
    lines = [*zip(*read, strict=True)] if read else []
    if ordered:
        return (headers, *lines)
    by_id = dict(zip(table.row_ids, lines, strict=True))
    return (headers, *(by_id.get(row_id, ()) for row_id in range(1, max(by_id, default=0) + 1)))


def _column(table: GristTable, column: GristColumn) -> Sequence[CellValue]:
    stored = table.cells.get(column.shown_by or column.id, table.cells.get(column.id, ()))
    type_ = "Any" if column.shown_by else column.type
    read = [values.read(value, type_) for value in stored]
    if column.options.get("widget") == LINK_WIDGET:
        return [without_link(value) for value in read]
    return read


def without_link(value: CellValue) -> CellValue:
    """The text of a cell, without the address of another cell that we wrote after it, at whatever host."""
    return _CELL_ADDRESS.sub("", value) or value if isinstance(value, str) else value


def row_of(table: GristTable, row: int, *, ordered: bool) -> int | None:
    """The row id of a row of the tab; None when there is no such row."""
    if ordered:
        return table.row_ids[row - 2] if 1 < row <= len(table.row_ids) + 1 else None
    return row - 1 if row - 1 in table.row_ids else None
