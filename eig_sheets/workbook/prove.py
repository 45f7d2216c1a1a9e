"""The proof, before anything is written, that a plan stays inside what the robot owns (guarantee G1)."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.workbook.cells import a1
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.plan import AddColumn, AppendRows, CreateTab, Plan, ReplaceTab, SetCells
from eig_sheets.workbook.schema import Schema
from eig_sheets.workbook.snapshot import Snapshot, TabSnapshot


class OwnershipError(Exception):
    """A plan would touch what people own: a defect of ours, stopped before it costs anything."""


def prove(plan: Plan, snapshot: Snapshot, layout: Layout, schema: Schema) -> None:
    """Raise OwnershipError, listing every breach, unless the plan only touches the robot's cells or appends.

    It trusts nothing that the planner derived: each operation is held against the snapshot itself.
    """
    breaches = [*_breaches(plan, snapshot, layout, schema)]
    if breaches:
        raise OwnershipError("; ".join(breaches))


def _breaches(plan: Plan, snapshot: Snapshot, layout: Layout, schema: Schema) -> Iterator[str]:
    if plan.version != snapshot.version:
        yield "the plan was made for another version"
    owned = {(tab.name, column) for tab in layout.tabs.values() for column in tab.robot_columns.values()}
    for operation in plan.operations:
        match operation:
            case CreateTab():
                yield from _created(operation, snapshot)
            case ReplaceTab():
                yield from _replaced(operation, snapshot, schema)
            case AddColumn():
                yield from _column_added(operation, snapshot)
                if operation.mark:
                    owned.add((operation.tab, operation.column))
            case SetCells():
                yield from _cells_set(operation, layout, owned)
            case AppendRows():
                yield from _appended(operation, snapshot, layout)


def _created(operation: CreateTab, snapshot: Snapshot) -> Iterator[str]:
    if any(squeezed(tab.name) == squeezed(operation.sheet.name) for tab in snapshot.tabs):
        yield f"tab {operation.sheet.name} already exists"


def _replaced(operation: ReplaceTab, snapshot: Snapshot, schema: Schema) -> Iterator[str]:
    tab = snapshot.tab(operation.name)
    robots = operation.sheet.id in schema.robot_tabs
    ours = tab is not None and (tab.mark == operation.sheet.id or (tab.mark is None and not _filled(tab)))
    if not robots or not ours:
        yield f"tab {operation.name} is not the robot's {operation.sheet.id}"


def _filled(tab: TabSnapshot) -> bool:
    return any(value is not None for row in tab.rows for value in row)


def _column_added(operation: AddColumn, snapshot: Snapshot) -> Iterator[str]:
    tab = snapshot.tab(operation.tab)
    if tab is None:
        yield f"tab {operation.tab} does not exist"
        return
    for row in range(1, len(tab.rows) + 1):
        if tab.value(row, operation.column) is not None or (row, operation.column) in tab.formulas:
            yield f"{operation.tab}!{a1(row, operation.column)} is filled"


def _cells_set(operation: SetCells, layout: Layout, owned: set[tuple[str, int]]) -> Iterator[str]:
    if (operation.tab, operation.column) not in owned:
        yield f"column {operation.column} of {operation.tab} is not the robot's"
    tab = next((one for one in layout.tabs.values() if one.name == operation.tab), None)
    if tab is not None and any(row <= tab.header_row for row, _ in operation.values):
        yield f"{operation.tab}: a cell at or above the headers"


def _appended(operation: AppendRows, snapshot: Snapshot, layout: Layout) -> Iterator[str]:
    tab = snapshot.tab(operation.tab)
    place = next((one for one in layout.tabs.values() if one.name == operation.tab), None)
    if tab is None or place is None:
        yield f"tab {operation.tab} is none of the campaign's"
        return
    robots = {*place.robot_columns.values()}
    for row in range(operation.first_row, len(tab.rows) + 1):
        for column, value in enumerate(tab.rows[row - 1]):
            if column not in robots and value not in (None, False):
                yield f"{operation.tab}!{a1(row, column)} is filled"
