"""Checks, before anything is written, that a plan only touches what the robot owns (guarantee G1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eig_sheets.spreadsheet.model.access import CloseAccess
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.formulas import header_in
from eig_sheets.spreadsheet.model.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    Equip,
    Plan,
    ReplaceTab,
    SetCells,
    SetFormula,
)
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.ownership import is_blank, is_filled, may_be_ours, squeezed
from eig_sheets.workbook.requested_changes import NOTHING, Requested, requested_breaches
from eig_sheets.workbook.robot_tab import former_tab, marks_of
from eig_sheets.workbook.schema import Schema


class OwnershipError(Exception):
    """A plan would touch what people own: a defect of ours, stopped before anything is written."""


def check_ownership(
    plan: Plan, snapshot: Snapshot, layout: Layout, schema: Schema, requested: Requested = NOTHING
) -> None:
    """Raise OwnershipError, listing every breach, unless the plan only touches the robot's cells or appends.

    It trusts nothing that the planner derived: each operation is compared with the snapshot itself. `requested` is what
    a person asked for besides.
    """
    breaches = [*_breaches(plan, snapshot, layout, schema, requested)]
    if breaches:
        raise OwnershipError("; ".join(breaches))


def _breaches(plan: Plan, snapshot: Snapshot, layout: Layout, schema: Schema, requested: Requested) -> Iterator[str]:
    if plan.version != snapshot.version:
        yield "the plan was made for another version"
    places = {tab.name: tab for tab in layout.tabs.values()}
    owned = {(tab.name, column) for tab in layout.tabs.values() for column in _marked_columns(tab, snapshot)}
    yield from requested_breaches(plan, snapshot, places, requested)
    for operation in plan.operations:
        match operation:
            case CreateTab():
                yield from _tab_created(operation, snapshot)
            case ReplaceTab():
                yield from _tab_replaced(operation, snapshot, schema)
            case AddColumn():
                yield from _column_added(operation, snapshot, places, schema)
                if operation.mark:
                    owned.add((operation.tab, operation.column))
            case SetCells():
                yield from _cells_set(operation, snapshot, places, owned)
            case SetFormula():
                yield from _formula_set(operation, snapshot, places, owned)
            case Equip() | CloseAccess() | AppendRows():
                yield from _added(operation, snapshot, places)


def _marked_columns(place: TabLayout, snapshot: Snapshot) -> Iterator[int]:
    """The robot's columns of a tab that bear their mark in the workbook itself."""
    tab = snapshot.tab(place.name)
    marks = tab.column_marks if tab else {}
    return (column for robot_id, column in place.robot_columns.items() if marks.get(column) == robot_id)


def _tab_created(operation: CreateTab, snapshot: Snapshot) -> Iterator[str]:
    if any(squeezed(tab.name) == squeezed(operation.sheet.name) for tab in snapshot.tabs):
        yield f"tab {operation.sheet.name} already exists"


def _tab_replaced(operation: ReplaceTab, snapshot: Snapshot, schema: Schema) -> Iterator[str]:
    tab = snapshot.tab(operation.name)
    robots = operation.sheet.id in schema.robot_tabs
    columns = schema.robot_columns.get(operation.sheet.id, ())
    marks, former = marks_of(operation.sheet.id), former_tab(operation.sheet.id)
    ours = tab is not None and (tab.mark in marks or may_be_ours(tab, columns, snapshot, former))
    if not robots or not ours:
        yield f"tab {operation.name} is not the robot's {operation.sheet.id}"


def _column_added(
    operation: AddColumn, snapshot: Snapshot, places: Mapping[str, TabLayout], schema: Schema
) -> Iterator[str]:
    tab, place = snapshot.tab(operation.tab), places.get(operation.tab)
    if tab is None:
        yield f"tab {operation.tab} does not exist"
        return
    if place is None and not (is_blank(tab) and _is_named_as_one_of(tab, schema)):
        yield f"tab {operation.tab} is none of the campaign's"
    if place is not None and operation.header_row != place.header_row:
        yield f"{operation.tab}: row {operation.header_row} is not that of the headers"
    for row in range(1, len(tab.rows) + 1):
        if tab.value(row, operation.column) is not None:
            yield f"{operation.tab}!{a1(row, operation.column)} is filled"
    for row, column in tab.formulas:
        if column == operation.column:
            yield f"{operation.tab}!{a1(row, column)} has a formula"


def _is_named_as_one_of(tab: TabSnapshot, schema: Schema) -> bool:
    return squeezed(tab.name) in {squeezed(candidate.name) for candidate in schema.tabs}


def _cells_set(
    operation: SetCells, snapshot: Snapshot, places: Mapping[str, TabLayout], owned: set[tuple[str, int]]
) -> Iterator[str]:
    capabilities = snapshot.capabilities
    if capabilities.concurrent_editors and not capabilities.row_ids:
        yield f"{operation.tab}: cells set by their place while people type"
    if (operation.tab, operation.column) not in owned:
        yield f"column {operation.column} of {operation.tab} is not the robot's"
    place = places.get(operation.tab)
    if place is not None and any(row <= place.header_row for row, _ in operation.values):
        yield f"{operation.tab}: a cell at or above the headers"


def _formula_set(
    operation: SetFormula, snapshot: Snapshot, places: Mapping[str, TabLayout], owned: set[tuple[str, int]]
) -> Iterator[str]:
    """The breaches of a SetFormula: its column needs a mark, and may hold nothing but the robot's own values."""
    place = places.get(operation.tab)
    if not snapshot.capabilities.header_formulas or (operation.tab, operation.column) not in owned:
        yield f"column {operation.column} of {operation.tab} is not a robot's that shows by a formula"
    if place is None or operation.header_row != place.header_row:
        yield f"{operation.tab}: row {operation.header_row} is not that of the headers"
    else:
        for row in operation.blanked:
            yield from _cell_blanked(operation, place, row)


def _cell_blanked(operation: SetFormula, place: TabLayout, row: int) -> Iterator[str]:
    formula = place.tab.formulas.get((row, operation.column))
    cell = f"{operation.tab}!{a1(row, operation.column)}"
    if row == place.header_row or not 0 < row <= len(place.tab.rows):
        yield f"{cell} is not to be blanked"
    elif row < place.header_row and header_in(formula) is None:
        yield f"{cell} is above the headers"
    elif formula is not None and header_in(formula) is None:
        yield f"{cell} has a formula of people's"


def _added(
    operation: Equip | CloseAccess | AppendRows, snapshot: Snapshot, places: Mapping[str, TabLayout]
) -> Iterator[str]:
    if isinstance(operation, AppendRows):
        yield from _rows_appended(operation, snapshot, places)
    elif isinstance(operation, CloseAccess):
        if not snapshot.capabilities.row_access:
            yield "the workbook cannot tell people apart"
    elif snapshot.tab(operation.tab) is None:
        yield f"tab {operation.tab} does not exist"
    else:
        yield from _unsupported(operation, snapshot.capabilities)
        yield from _marks_removed(operation, snapshot, places)


def _unsupported(operation: Equip, capabilities: Capabilities) -> Iterator[str]:
    if (operation.mark or operation.columns or operation.released) and not capabilities.marks:
        yield f"tab {operation.tab} has no marks to be given"
    if operation.guarded and not capabilities.protections:
        yield f"tab {operation.tab} has no protections to be given"
    if operation.views and not capabilities.filter_views:
        yield f"tab {operation.tab} has no filter views to be given"
    if operation.signed and not capabilities.authors:
        yield f"tab {operation.tab} has no columns of authors to be given"


def _marks_removed(operation: Equip, snapshot: Snapshot, places: Mapping[str, TabLayout]) -> Iterator[str]:
    """A mark may only be removed from a column that has it and is not the robot's."""
    tab, place = snapshot.tab(operation.tab), places.get(operation.tab)
    ours = {*place.robot_columns.values()} if place else set()
    for column, mark in operation.released:
        if column in ours or tab is None or tab.column_marks.get(column) != mark:
            yield f"the mark of {operation.tab}!{a1(operation.header_row, column)} is not to be taken off"


def _rows_appended(operation: AppendRows, snapshot: Snapshot, places: Mapping[str, TabLayout]) -> Iterator[str]:
    tab, place = snapshot.tab(operation.tab), places.get(operation.tab)
    if tab is None or place is None:
        yield f"tab {operation.tab} is none of the campaign's"
        return
    if operation.first_row <= place.header_row:
        yield f"{operation.tab}: rows at or above the headers"
        return
    robots = place.programs_columns
    for row in range(operation.first_row, len(tab.rows) + 1):
        for column, value in enumerate(tab.rows[row - 1]):
            if column not in robots and is_filled(value):
                yield f"{operation.tab}!{a1(row, column)} is filled"
    for row, column in tab.formulas:
        if row >= operation.first_row and column in operation.columns and column not in robots:
            yield f"{operation.tab}!{a1(row, column)} has a formula"
