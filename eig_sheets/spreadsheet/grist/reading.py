"""A Grist document as a snapshot: each table a tab, its labels in row 1. Pure.

A row of people's table is at its row id plus one, so that what a message calls a row is found again in Grist; rows that
were deleted are blank. A robot's table has its rows in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.spreadsheet.grist import access, authors, error_messages, values
from eig_sheets.spreadsheet.grist.document import Document, GristColumn, GristTable
from eig_sheets.spreadsheet.grist.lookups import as_planned
from eig_sheets.spreadsheet.grist.own_tables import Places, marks_of
from eig_sheets.spreadsheet.model.access import Account
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import COLUMN, FORM, TABLE, Alteration, Snapshot, TabSnapshot

LONGEST_TEXT: Final = 50_000
"""Characters of one cell: Grist holds more, but a request is at most 1 MB, and other spreadsheets no more than this."""

CAPABILITIES: Final = Capabilities(
    concurrent_editors=True,
    row_ids=True,
    header_formulas=True,
    marks=True,
    look_digests=True,
    never_empty=True,
    remote=True,
    row_access=True,
    keeps_sent=True,
    authors=True,
    title_rows=False,
    longest_text=LONGEST_TEXT,
    text_holder="le robot",
    program="Grist",
)


_NO_DEFAULT = ("", "None")
"""Formulas of a column of data that fill nothing in."""


def alterations(document: Document, marks: Places) -> Iterator[Alteration]:
    """The alterations of the tables that have our marks, in order."""
    for table in document.tables:
        mark = marks.get((table.ref, 0))
        if mark is None:
            continue
        yield from _of_robot(table, document) if mark.robot else _of_people(table, marks)
        if table.ref in document.forms:
            yield Alteration(FORM, table.title)


def _of_robot(table: GristTable, document: Document) -> Iterator[Alteration]:
    """Columns of robot's tables that compute, or whose type is not the one that we gave them."""
    kept = document.types.get(table.ref)
    for column in table.columns:
        if _computes(column):
            yield Alteration(TABLE, table.title, _label(column), column.formula)
        elif kept and document.finished and _is_retyped(column, kept.types):
            yield Alteration(TABLE, table.title, _label(column), column.type)


def _is_retyped(column: GristColumn, types: Mapping[str, str]) -> bool:
    return column.id in types and (column.is_formula or column.type != types[column.id])


def _of_people(table: GristTable, marks: Places) -> Iterator[Alteration]:
    """Columns of people's that compute their values, or those of new rows."""
    for column in table.columns:
        mark = marks.get((table.ref, column.ref))
        if _computes(column) and not (mark and mark.robot):
            yield Alteration(COLUMN, table.title, _label(column), column.formula)


def _computes(column: GristColumn) -> bool:
    """Whether Grist computes the column: always, or when a row is added or changes."""
    formula = column.formula.strip()
    return formula not in _NO_DEFAULT or (column.is_formula and formula != "")


def _label(column: GristColumn) -> str:
    return " ".join(column.label.split())


LINK_WIDGET = "HyperLink"
_MOST_ROWS = 1_048_576
"""As many as the longest sheet of other programs: each id that no row has is a blank row here."""
RAW_DATA = "/p/data"
"""Where a document lists all of its tables, as its address goes on."""
_CELL_ADDRESS = re.compile(rf" https?://\S+(?:/p/(?:\d+|data)#a1\.s\d+(?:\.r\d+)?\.c\d+|{RAW_DATA})$")


def snapshot(document: Document, accounts: Sequence[Account] = (), public: bool = False) -> Snapshot:
    """All tables as tabs, in the order of their pages, of a document shared with these. Raises WorkbookError."""
    marks = marks_of(document)
    tabs = tuple(_tab(table, document, marks) for table in document.tables)
    state = access.state_of(document, accounts, public)
    return Snapshot(
        tabs, document.version, CAPABILITIES, state, identity=document.identity,
        alterations=tuple(alterations(document, marks)), sent=tuple(kept.mark for kept in document.sent),
        interrupted=not document.finished, robots=document.robots,
    )  # fmt: skip


def _tab(table: GristTable, document: Document, marks: Places) -> TabSnapshot:
    mark = marks.get((table.ref, 0))
    columns = table.columns
    if table.is_unused:
        return TabSnapshot(table.title, mark=mark.id if mark else None, hidden=not table.is_shown)
    marked = ((place, marks.get((table.ref, column.ref))) for place, column in enumerate(columns))
    column_marks = {place: column_mark.id for place, column_mark in marked if column_mark is not None}
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
        look=mark.look if mark else "",
        hidden=not table.is_shown,
        authors=authors.sound_columns(table, marks),
    )


def _rows(table: GristTable, *, ordered: bool) -> tuple[tuple[CellValue, ...], ...]:
    headers: tuple[CellValue, ...] = tuple(column.label or None for column in table.columns)
    read = [cells_of(table, column, of_robot=ordered) for column in table.columns]
    lines = [*zip(*read, strict=True)] if read else []
    if ordered:
        return (headers, *lines)
    by_id = dict(zip(table.row_ids, lines, strict=True))
    last = max(by_id, default=0)
    if last > _MOST_ROWS:
        raise error_messages.distant_row(table.title, last)
    return (headers, *(by_id.get(row_id, ()) for row_id in range(1, last + 1)))


def cells_of(table: GristTable, column: GristColumn, *, of_robot: bool = False) -> Sequence[CellValue]:
    """What a column holds, in the order of the rows."""
    stored = table.cells[column.id]
    read = values.read_column(stored, column.type)
    if column.shown_by in table.cells:
        shown = table.cells[column.shown_by]
        read = [
            value if values.is_foreign(own) else values.read(other, "Any")
            for value, own, other in zip(read, stored, shown, strict=True)
        ]
    if column.options.get("widget") == LINK_WIDGET or (of_robot and _holds_links(read)):
        return [without_link(value) for value in read]
    return read


def _holds_links(values: Sequence[CellValue]) -> bool:
    """Whether all that a column holds is links of ours, though people chose to see their texts as they are."""
    filled = [value for value in values if value is not None]
    return bool(filled) and all(isinstance(value, str) and _CELL_ADDRESS.search(value) for value in filled)


def without_link(value: CellValue) -> CellValue:
    """The text of a cell, without the address of another cell that we wrote after it, at whatever host."""
    return _CELL_ADDRESS.sub("", value) or value if isinstance(value, str) else value
