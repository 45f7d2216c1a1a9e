"""The snapshot of a people's tab after rows are appended to it, or after it is created with them. Pure."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.workbook.model.cells import CellValue, as_read
from eig_sheets.workbook.model.plan import AppendRows, CreateTab
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot


def with_rows(snapshot: Snapshot, operation: AppendRows | CreateTab) -> Snapshot:
    """The snapshot after the operation; only the cells of that tab differ."""
    if isinstance(operation, CreateTab):
        return replace(snapshot, tabs=(*snapshot.tabs, _made(operation, snapshot)))
    inserts = snapshot.capabilities.inserts_rows
    tabs = (_appended(tab, operation, inserts=inserts) if tab.name == operation.tab else tab for tab in snapshot.tabs)
    return replace(snapshot, tabs=tuple(tabs))


def _made(operation: CreateTab, snapshot: Snapshot) -> TabSnapshot:
    sheet = operation.sheet
    rows = tuple(tuple(_cell(value) for value in row) for row in sheet.grid())
    mark = sheet.id if snapshot.capabilities.marks else None
    return TabSnapshot(sheet.name, rows, mark=mark, hidden=sheet.hidden)


def _appended(tab: TabSnapshot, operation: AppendRows, *, inserts: bool) -> TabSnapshot:
    """Rows below are pushed down where rows are inserted; elsewhere they hold nothing of people's, and get the values.

    A robot's column may hold something there.
    """
    above, width = operation.first_row - 1, max(operation.columns) + 1
    rows = [list(row) for row in tab.rows]
    rows += [[] for _ in range(above - len(rows))]
    there = [] if inserts else rows[above : above + len(operation.rows)]
    there += [[] for _ in range(len(operation.rows) - len(there))]
    for cells, values in zip(there, operation.rows, strict=True):
        cells.extend([None] * (width - len(cells)))
        for column, value in zip(operation.columns, values, strict=True):
            cells[column] = _cell(value)
    below = rows[above:] if inserts else rows[above + len(there) :]
    return replace(tab, rows=[*rows[:above], *there, *below])


def _cell(value: object) -> CellValue:
    read: CellValue = as_read(value)  # type: ignore[assignment]
    return read
