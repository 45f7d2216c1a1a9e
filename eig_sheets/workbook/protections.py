"""Marks and protections that tabs lack: what `init` adds without touching a cell, where it can be given by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.model.capabilities import Capabilities
from eig_sheets.workbook.model.plan import Equip
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot

WHOLE = ""
"""The id of the protection of a whole tab."""


def spare(layout: Layout, capabilities: Capabilities) -> Iterator[Equip]:
    """What takes the mark of a robot's column off the columns that bear it too: those are people's."""
    if capabilities.marks:
        yield from (Equip(tab.name, tab.header_row, released=tab.spare) for tab in layout.tabs.values() if tab.spare)


def lacking(layout: Layout, snapshot: Snapshot, officers: Sequence[str]) -> Iterator[Equip]:
    """What each tab that is there lacks; columns are kept for the officers when the campaign has named some.

    An officer whom a protection of ours does not know yet is lacking there; nobody whom people added is taken away.
    """
    wanted = [*(_people_s(tab, officers) for tab in layout.tabs.values()), *_robots(layout, snapshot, officers)]
    possible = (_possible(one, snapshot.capabilities) for one in wanted)
    yield from (one for one in possible if one.mark or one.columns or one.guarded)


def _possible(equip: Equip, capabilities: Capabilities) -> Equip:
    """What such a workbook can be given of it."""
    marks, columns = (equip.mark, equip.columns) if capabilities.marks else ("", ())
    return replace(equip, mark=marks, columns=columns, guarded=equip.guarded if capabilities.protections else ())


def _is_kept(tab: TabSnapshot, name: str, officers: Sequence[str]) -> bool:
    editors = tab.guards.get(name)
    return editors is not None and {officer.casefold() for officer in officers} <= {
        editor.casefold() for editor in editors
    }


def _people_s(tab: TabLayout, officers: Sequence[str]) -> Equip:
    fields = {column: field_id for field_id, column in tab.columns.items()}
    robots = {column: robot_id for robot_id, column in tab.robot_columns.items()}
    wanted = sorted({**fields, **robots}.items())
    unmarked = tuple((column, name) for column, name in wanted if tab.tab.column_marks.get(column) != name)
    kept = tuple(
        (tab.columns[field.id], field.id)
        for field in tab.schema.fields
        if officers and field.guarded and field.id in tab.columns and not _is_kept(tab.tab, field.id, officers)
    )
    mark = "" if tab.tab.mark == tab.schema.id else tab.schema.id
    return Equip(tab.name, tab.header_row, mark, unmarked, kept)


def _robots(layout: Layout, snapshot: Snapshot, officers: Sequence[str]) -> Iterator[Equip]:
    for tab_id, name in layout.robot_tabs.items():
        tab = snapshot.tab(name)
        if tab is not None:
            mark = "" if tab.mark == tab_id else tab_id
            yield Equip(name, 1, mark, (), () if _is_kept(tab, WHOLE, officers) else ((None, WHOLE),))
