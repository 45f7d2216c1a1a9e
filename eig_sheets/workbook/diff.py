"""Diff between the target content and the workbook: the operations that update the robot's tabs and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eig_sheets.spreadsheet.model import formulas
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, WrittenValue, as_read
from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    Equip,
    Operation,
    ReplaceTab,
    SetCells,
    SetFormula,
    differs,
)
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import TABLE, Snapshot, TabSnapshot
from eig_sheets.workbook import lookup_formula
from eig_sheets.workbook.fields import RobotField
from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.ownership import is_blank, key_of, own_headers, rows_of_formula, squeezed
from eig_sheets.workbook.read_back import find_headers


def robot_tab(sheet: Sheet, layout: Layout, snapshot: Snapshot) -> Operation | None:
    """The operation that brings a robot's tab up to date; None when it is."""
    name = layout.robot_tabs.get(sheet.id)
    if name is None:
        return CreateTab(sheet)
    if _lacks_its_mark(name, sheet, snapshot):
        return Equip(name, sheet.header_row, sheet.id)
    tab = snapshot.tab(name)
    lost = tab is None or not _is_ours(tab, sheet)
    replacement = ReplaceTab(name, sheet, headers_lost=lost and snapshot.capabilities.concurrent_editors)
    outdated = _is_outdated(name, sheet, snapshot)
    return replacement if outdated or differs(replacement, snapshot) else None


def _is_ours(tab: TabSnapshot, sheet: Sheet) -> bool:
    """Whether a tab has our headers; or, of a tab that bears our mark, nothing but rows that we would write there.

    One that was emptied has none: people may be typing something in it.
    """
    if find_headers(tab, [column.header for column in sheet.columns]) is not None:
        return True
    ours = {_row(row) for row in sheet.grid()}
    rows = [_row(row) for row in tab.rows if any(value is not None for value in row)]
    return tab.mark in sheet.marks and bool(rows) and ours.issuperset(rows)


def _row(values: Sequence[WrittenValue] | Sequence[CellValue]) -> tuple[str, ...]:
    """A row to be compared with another, whatever blank cells are at its right: 1 is 1.0 there."""
    cells = [as_read(value) for value in values]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(f"{cell:.12g}" if type(cell) in (int, float) else repr(cell) for cell in cells)


def _lacks_its_mark(name: str, sheet: Sheet, snapshot: Snapshot) -> bool:
    """Whether a tab of ours lacks the mark that the backend supports: until the next run, people may type in it."""
    tab = snapshot.tab(name)
    return snapshot.capabilities.marks and tab is not None and tab.mark not in sheet.marks and not is_blank(tab)


def _is_outdated(name: str, sheet: Sheet, snapshot: Snapshot) -> bool:
    """Whether a tab has another look than ours, where tabs store its digest: of another version, or people's doing."""
    tab = snapshot.tab(name)
    if tab is not None and _is_altered(name, sheet, snapshot):
        return True
    if tab is None or not snapshot.capabilities.look_digests:
        return False
    return tab.look != sheet.look or bool(tab.tables or tab.merges)


def _is_altered(name: str, sheet: Sheet, snapshot: Snapshot) -> bool:
    """Whether others changed a column of a tab of ours, or what left is not kept as it is, where it is kept apart."""
    if any(alteration.code == TABLE and alteration.tab == name for alteration in snapshot.alterations):
        return True
    keeps_sent = snapshot.capabilities.keeps_sent and sheet.sent is not None
    return keeps_sent and {*snapshot.sent} != {*(sheet.sent or ())}


def robot_formulas(tab: TabLayout, sheets: Mapping[str, Sheet]) -> Iterator[SetFormula]:
    """The header formulas of a tab's robot columns that are missing, misplaced or different.

    None is put in the header of a table of people's: whether it would hold it is not known.
    """
    for robot in tab.schema.robot_fields:
        column = tab.robot_columns.get(robot.id)
        held = column is not None and tab.tab.in_table(tab.header_row, column)
        if column is not None and not held and tab.tab.column_marks.get(column) == robot.id:
            cell = (tab.header_row, column)
            lookup = lookup_of(robot, tab, sheets[robot.source_tab], _header_shown(tab, robot, column))
            misplaced_rows = [row for row in rows_of_formula(tab.tab, column) if row != tab.header_row]
            if misplaced_rows or not formulas.same(tab.tab.formulas.get(cell), lookup):
                blanked = misplaced_rows or ([] if cell in tab.tab.formulas else _filled(tab, column))
                yield SetFormula(tab.name, *cell, robot.id, lookup, tuple(blanked))


def _filled(tab: TabLayout, column: int) -> list[int]:
    """The rows under the header in which a column holds a value."""
    rows = range(tab.header_row + 1, len(tab.tab.rows) + 1)
    return [row for row in rows if tab.tab.value(row, column) is not None]


def lookup_of(robot: RobotField, tab: TabLayout, source: Sheet, header: str) -> str:
    """The formula that shows a robot's column of that tab, under that header."""
    return lookup_formula.formula(robot, tab.schema, header, (tab.header_row, tab.columns[tab.schema.key]), source)


def _header_shown(tab: TabLayout, robot: RobotField, column: int) -> str:
    """The header that people gave the column, if they did; else ours."""
    cell = (tab.header_row, column)
    typed = tab.tab.value(*cell)
    if cell in tab.tab.formulas or typed is None or isinstance(typed, CellError):
        written = [cell, *((row, column) for row in rows_of_formula(tab.tab, column))]
        headers = (formulas.header_in(tab.tab.formulas.get(place)) for place in written)
        return next(filter(None, headers), robot.header)
    return f"{typed:g}" if isinstance(typed, float) else str(typed)


def robot_columns(
    tab: TabLayout, sheets: Mapping[str, Sheet], appended: Sequence[tuple[int, str]] = ()
) -> Iterator[SetCells]:
    """The cells of the robot's columns of a tab that differ; `appended` are (row, key) that this plan adds."""
    rows = [*keys(tab), *appended]
    for robot in tab.schema.robot_fields:
        column = tab.robot_columns.get(robot.id)
        if column is not None:
            targets = by_key(robot, tab, sheets)
            values = tuple(
                (row, targets.get(key))
                for row, key in rows
                if not same(tab.tab.value(row, column), as_read(targets.get(key)))
            )
            if values:
                yield SetCells(tab.name, column, robot.look, values)


def keys(tab: TabLayout) -> list[tuple[int, str]]:
    """Each row under the headers, with its own key as text; '' where it is blank."""
    column = tab.columns[tab.schema.key]
    return [(row, key_of(tab.tab.value(row, column))) for row in range(tab.header_row + 1, len(tab.tab.rows) + 1)]


def by_key(robot: RobotField, tab: TabLayout, sheets: Mapping[str, Sheet]) -> dict[str, WrittenValue]:
    """The target value of a robot's column for each key."""
    sheet = sheets[robot.source_tab]
    headers = [column.header for column in sheet.columns]
    key = headers.index(tab.schema.field(tab.schema.key).header)
    value = headers.index(robot.source_header)
    return {str(row[key]): row[value] for row in sheet.rows}


def missing_robot_columns(tab: TabLayout, first_column: int, sources: Mapping[str, Sheet]) -> Iterator[AddColumn]:
    """Robot's columns that the tab lacks, from `first_column` on; one whose name the staff uses gets another.

    `sources` are the robot's tabs that they show.
    """
    headers = {squeezed(cell) for cell in tab.tab.rows[tab.header_row - 1] if cell is not None}
    column = first_column
    for robot in tab.schema.robots_made:
        if robot.id not in tab.robot_columns:
            plain, other = own_headers(robot)
            look = replace(robot.look, header=other) if squeezed(plain) in headers else robot.look
            lookup = lookup_of(robot, tab, sources[robot.source_tab], look.header)
            yield AddColumn(tab.name, tab.header_row, column, look, robot.id, lookup)
            column += 1


def append(tab: TabLayout, rows: Sequence[Mapping[str, WrittenValue]]) -> AppendRows:
    """Rows under the last one that people filled; a field without a column in the tab is left out."""
    fields = [field for field in tab.schema.fields if field.id in tab.columns]
    columns = tuple(tab.columns[field.id] for field in fields)
    values = tuple(tuple(row.get(field.id) for field in fields) for row in rows)
    looks = tuple(field.column() for field in fields)
    return AppendRows(tab.name, tab.last_row + 1, columns, looks, values, tab.header_row)
