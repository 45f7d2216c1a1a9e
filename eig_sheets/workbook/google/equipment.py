"""Requests for the marks and the protections of tabs and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eig_sheets.workbook.google import marks, objects
from eig_sheets.workbook.google.areas import Json
from eig_sheets.workbook.google.reading import TabProperties
from eig_sheets.workbook.model.plan import Equip
from eig_sheets.workbook.model.sheet import Owner, Sheet


def tab_marks(sheet: Sheet, sheet_id: int) -> Iterator[Json]:
    """The requests that mark a new tab and its columns, and record its look."""
    yield marks.mark_tab(sheet_id, sheet.id)
    yield marks.mark_look(sheet_id, sheet.look, None)
    for place, name in (*enumerate(sheet.fields), *sheet.robot_columns):
        yield marks.mark_column(sheet_id, place, name)


def tab_protections(sheet: Sheet, sheet_id: int, editors: Sequence[str], officers: Sequence[str]) -> Iterator[Json]:
    """Protect a robot's tab as a whole, in other tabs the guarded columns, for the officers if there are any."""
    if sheet.owner is Owner.ROBOT:
        yield objects.protection(sheet_id, "", editors)
        yield objects.filter_view(sheet, sheet_id)
    elif officers:
        for place, column in enumerate(sheet.columns):
            if column.guarded:
                yield objects.protection(sheet_id, sheet.fields[place], editors, (place, sheet.header_row))


def equip(operation: Equip, tab: TabProperties, editors: Sequence[str]) -> Iterator[Json]:
    """The requests that give a tab the marks and protections that it lacks, and take marks off columns of people's."""
    if operation.mark:
        yield marks.mark_tab(tab.id, operation.mark)
    for column, name in operation.columns:
        yield marks.mark_column(tab.id, column, name)
    for column, name in operation.released:
        mark_id = tab.column_ids.get((name, column))
        if mark_id is not None:
            yield marks.delete_mark(mark_id)
    for place, name in operation.guarded:
        where = None if place is None else (place, operation.header_row)
        known = tab.protections.get(name)
        if known is None:
            yield objects.protection(tab.id, name, editors, where)
        else:
            yield objects.share_protection(known[0], [*known[1], *editors])
