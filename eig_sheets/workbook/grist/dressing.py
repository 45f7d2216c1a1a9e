"""Widths, styles, hidden and frozen columns, pages of tables that we have just made; charts. They change no cell. Pure.

They need the numbers that Grist gave the new tables, so they follow the write, and may fail without any harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eig_sheets.workbook.grist import charts, style_rules
from eig_sheets.workbook.grist.document import Document, GristTable
from eig_sheets.workbook.model.plan import CreateTab
from eig_sheets.workbook.model.sheet import Column, Owner, Sheet

_PIXELS_PER_CHARACTER = 8


def actions(created: Sequence[CreateTab], document: Document, drawn: Sequence[Sheet] = ()) -> Iterator[list[Any]]:
    """The actions that dress these tables in the document, read again after they were made, and draw their charts.

    `drawn` are the sheets, made now or before, that have charts.
    """
    for operation in created:
        table = document.table(operation.sheet.name)
        if table is not None:
            by_header = {look.header: look for look in operation.sheet.columns}
            looks = {column.ref: by_header[column.label] for column in table.columns if column.label in by_header}
            yield from _widths(table, looks)
            yield from _frozen(table, operation.sheet.frozen_columns)
            styled = any(style_rules.RULES in column.options for column in table.columns)  # by people, meanwhile
            if operation.sheet.owner is Owner.ROBOT and not styled:
                yield from style_rules.actions(table, looks)
    if positions := _positions(created, document):
        yield ["BulkUpdateRecord", "_grist_Pages", [*positions], {"pagePos": [*positions.values()]}]
    yield from charts.added(drawn, document, positions)
    if views := [*_hidden_views(created, document)]:
        yield ["BulkRemoveRecord", "_grist_Views", views]


def _widths(table: GristTable, looks: Mapping[int, Column]) -> Iterator[list[Any]]:
    for section in table.sections:
        shown = {ref: row for ref, (row, _) in section.fields.items() if ref in looks}
        widths = {row: round(looks[ref].width * _PIXELS_PER_CHARACTER) for ref, row in shown.items()}
        if widths:
            yield ["BulkUpdateRecord", "_grist_Views_section_field", [*widths], {"width": [*widths.values()]}]
        hidden = [row for ref, row in shown.items() if looks[ref].hidden and section.view]
        if hidden:
            yield ["BulkRemoveRecord", "_grist_Views_section_field", hidden]


def _frozen(table: GristTable, columns: int) -> Iterator[list[Any]]:
    """The columns at the left that stay on the screen: an option of each view of a table, which has no other yet."""
    if columns:
        options = json.dumps({"numFrozen": columns})
        sections = [section.row_id for section in table.sections]
        yield ["BulkUpdateRecord", "_grist_Views_section", sections, {"options": [options] * len(sections)}]


def _hidden_views(created: Sequence[CreateTab], document: Document) -> Iterator[int]:
    """The pages of the tables that are made hidden, which « Données brutes » shows without one."""
    for operation in created:
        table = document.table(operation.sheet.name)
        if operation.sheet.hidden and table is not None and table.page:
            yield table.primary_view


def _positions(created: Sequence[CreateTab], document: Document) -> dict[int, float]:
    """The new place of each page, by its row, so that each created table is before the one that the plan names."""
    order = [table for table in document.tables if table.page]
    for operation in created:
        table = document.table(operation.sheet.name)
        follower = document.table(operation.before) if operation.before else None
        if table in order and follower in order:
            order.remove(table)
            order.insert(order.index(follower), table)
    rows = [table.page.row_id for table in order if table.page]
    places = sorted(table.page.position for table in order if table.page)
    now = [table.page.position for table in order if table.page]
    return {row: place for row, place, before in zip(rows, places, now, strict=True) if place != before}
