"""Marks, protections and columns of authors that tabs lack, and that `init` adds without touching people's cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.plan import Equip
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.authors import missing_signings
from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.robot_tab import marks_of

WHOLE = ""
"""The id of the protection of a whole tab."""


def duplicate_mark_removals(layout: Layout, capabilities: Capabilities) -> Iterator[Equip]:
    """Operations that remove a robot's column mark from its duplicates, which are people's columns."""
    if capabilities.marks:
        yield from (
            Equip(tab.name, tab.header_row, released=tab.duplicate_marks)
            for tab in layout.tabs.values()
            if tab.duplicate_marks
        )


def missing_protections(layout: Layout, snapshot: Snapshot, officers: Sequence[str]) -> Iterator[Equip]:
    """Marks and protections that existing tabs lack; columns are kept for the officers when the campaign names some.

    A protection of ours that misses an officer counts as lacking; nobody whom people added is removed.
    """
    complete = [
        *(_for_people_tab(tab, officers) for tab in layout.tabs.values()),
        *_for_robot_tabs(layout, snapshot, officers),
    ]
    possible = (_restricted_to(snapshot.capabilities, operation) for operation in complete)
    yield from (equip for equip in possible if equip.mark or equip.columns or equip.guarded or equip.signed)


def _restricted_to(capabilities: Capabilities, operation: Equip) -> Equip:
    """The part of the operation that such a workbook supports."""
    mark, columns = (operation.mark, operation.columns) if capabilities.marks else ("", ())
    guarded = operation.guarded if capabilities.protections else ()
    signed = operation.signed if capabilities.authors else ()
    return replace(operation, mark=mark, columns=columns, guarded=guarded, signed=signed)


def _is_protected(tab: TabSnapshot, name: str, officers: Sequence[str]) -> bool:
    editors = tab.protections.get(name)
    return editors is not None and {officer.casefold() for officer in officers} <= {
        editor.casefold() for editor in editors
    }


def _for_people_tab(tab: TabLayout, officers: Sequence[str]) -> Equip:
    fields = {column: field_id for field_id, column in tab.columns.items()}
    robots = {column: robot_id for robot_id, column in tab.robot_columns.items()}
    marks = sorted({**fields, **robots}.items())
    unmarked = tuple((column, name) for column, name in marks if tab.tab.column_marks.get(column) != name)
    kept = tuple(
        (tab.columns[field.id], field.id)
        for field in tab.schema.fields
        if officers and field.guarded and field.id in tab.columns
        if not _is_protected(tab.tab, field.id, officers)
    )
    mark = "" if tab.tab.mark == tab.schema.id else tab.schema.id
    wanted = missing_signings(tab)  # one that is there and altered is made again even where nobody is named any more
    signed = tuple(signing for signing in wanted if officers or signing.field in tab.tab.author_columns)
    return Equip(tab.name, tab.header_row, mark, unmarked, kept, signed=signed)


def _for_robot_tabs(layout: Layout, snapshot: Snapshot, officers: Sequence[str]) -> Iterator[Equip]:
    for tab_id, name in layout.robot_tabs.items():
        tab = snapshot.tab(name)
        if tab is not None:
            mark = "" if tab.mark in marks_of(tab_id) else tab_id
            yield Equip(name, 1, mark, (), () if _is_protected(tab, WHOLE, officers) else ((None, WHOLE),))
