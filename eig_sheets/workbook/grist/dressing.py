"""Widths, styles and pages of new tables, and charts; no cell changes. Pure.

They need the numbers that Grist gave the new tables, so they follow the write, and may fail without any harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eig_sheets.workbook.grist import charts, pages, style_rules, wrong_numbers
from eig_sheets.workbook.grist.document import Document, GristTable, Section
from eig_sheets.workbook.grist.widths import width_of
from eig_sheets.workbook.model.plan import CreateTab
from eig_sheets.workbook.model.sheet import Column, Owner, Sheet

_UNTIED = "untieColIdFromLabel"


def actions(created: Sequence[CreateTab], document: Document, drawn: Sequence[Sheet] = ()) -> Iterator[list[Any]]:
    """The actions that set widths, styles and pages of new tables and add charts, in the document read after the write.

    `drawn` are the sheets, made now or before, that have charts.
    """
    tables = ((operation.sheet, document.table(operation.sheet.name)) for operation in created)
    made = [(sheet, table) for sheet, table in tables if table is not None]
    for sheet, table in made:
        by_header = {look.header: look for look in sheet.columns}
        looks = {column.ref: by_header[column.label] for column in table.columns if column.label in by_header}
        if table.columns:  # whose ids then stay, whatever people call them: no other table has them
            refs = [column.ref for column in table.columns]
            yield ["BulkUpdateRecord", "_grist_Tables_column", refs, {_UNTIED: [True] * len(refs)}]
        yield from _fields(sheet, table, looks, document)
        styled = any(style_rules.RULES in column.options for column in table.columns)  # by people, meanwhile
        if not styled:
            yield from style_rules.actions(table, looks, robots=sheet.owner is Owner.ROBOT)
    if positions := _positions(created, document):
        yield ["BulkUpdateRecord", "_grist_Pages", [*positions], {"pagePos": [*positions.values()]}]
    added = pages.Pages(document, positions)
    for sheet, table in made:
        yield from added.added(sheet, table)
    yield from charts.added(drawn, document, positions, added.number)
    if views := [*_hidden_views(created, document)]:
        yield ["BulkRemoveRecord", "_grist_Views", views]


def _fields(sheet: Sheet, table: GristTable, looks: Mapping[int, Column], document: Document) -> Iterator[list[Any]]:
    """What the lists of a new table show, among raw data and on its page: widths, columns left out, their order."""
    told = {
        column.ref: wrong_numbers.LOOK for column in table.columns if column.id == wrong_numbers.column_of(table.id)
    }
    looks = {**told, **looks}
    page = pages.own_section(table, document)
    sections = [section for section in table.sections if section.row_id in (table.raw_section, page and page.row_id)]
    for section in sections:
        shown = {ref: row for ref, (row, _) in section.fields.items() if ref in looks}
        if shown:
            widths = [width_of(looks[ref]) for ref in shown]
            yield ["BulkUpdateRecord", "_grist_Views_section_field", [*shown.values()], {"width": widths}]
    if sections:
        rows = [section.row_id for section in sections]
        yield ["BulkUpdateRecord", "_grist_Views_section", rows, {"options": [pages.options_of(sheet)] * len(rows)}]
    if page is not None:
        yield from _shown(sheet, table, page)


def _shown(sheet: Sheet, table: GristTable, page: Section) -> Iterator[list[Any]]:
    """Leave out of the page what it does not show, and put the rest in its order."""
    places = pages.shown_places(sheet)
    every = range(len(sheet.columns)) if places is None else places
    wanted = [table.columns[place].ref for place in every if not sheet.columns[place].hidden]
    left_out = [page.fields[column.ref][0] for column in table.columns[: len(sheet.columns)]
                if column.ref in page.fields and column.ref not in wanted]  # fmt: skip
    if left_out:
        yield ["BulkRemoveRecord", "_grist_Views_section_field", left_out]
    rows = [page.fields[ref][0] for ref in wanted if ref in page.fields]
    if places is not None:
        positions = [place + 1.0 for place in range(len(rows))]
        yield ["BulkUpdateRecord", "_grist_Views_section_field", rows, {"parentPos": positions}]


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
