"""Marks and protections that the tabs of a live workbook lack: what `init` adds without touching a cell."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.workbook.layout import Layout, TabLayout
from eig_sheets.workbook.plan import Equip
from eig_sheets.workbook.snapshot import Snapshot

WHOLE = ""
"""The id of the protection of a whole tab."""


def lacking(layout: Layout, snapshot: Snapshot, *, guarded: bool) -> Iterator[Equip]:
    """What each tab that is there lacks; columns are kept for the officers when the campaign has named some."""
    wanted = [*(_people_s(tab, guarded=guarded) for tab in layout.tabs.values()), *_robots(layout, snapshot)]
    yield from (one for one in wanted if one.mark or one.columns or one.guarded)


def _people_s(tab: TabLayout, *, guarded: bool) -> Equip:
    fields = {column: field_id for field_id, column in tab.columns.items()}
    robots = {column: robot_id for robot_id, column in tab.robot_columns.items()}
    wanted = sorted({**fields, **robots}.items())
    unmarked = tuple((column, name) for column, name in wanted if tab.tab.column_marks.get(column) != name)
    kept = tuple(
        (tab.columns[one.id], one.id)
        for one in tab.schema.fields
        if guarded and one.guarded and one.id in tab.columns and one.id not in tab.tab.guards
    )
    mark = "" if tab.tab.mark == tab.schema.id else tab.schema.id
    return Equip(tab.name, tab.header_row, mark, unmarked, kept)


def _robots(layout: Layout, snapshot: Snapshot) -> Iterator[Equip]:
    for tab_id, name in layout.robot_tabs.items():
        tab = snapshot.tab(name)
        if tab is not None:
            mark = "" if tab.mark == tab_id else tab_id
            yield Equip(name, 1, mark, (), () if WHOLE in tab.guards else ((None, WHOLE),))
