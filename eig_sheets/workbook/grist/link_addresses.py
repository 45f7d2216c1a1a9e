"""Addresses of links to tables made in the same write, known only once Grist has numbered them. Pure.

Grist's HyperLink widget takes the last word of a text for its address, whatever it is: no link may be without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eig_sheets.workbook.grist.document import Document
from eig_sheets.workbook.grist.reading import without_link
from eig_sheets.workbook.grist.work import Action, WorkDocument, WorkTable
from eig_sheets.workbook.model.cells import Link
from eig_sheets.workbook.model.plan import CreateTab, Operation, ReplaceTab
from eig_sheets.workbook.model.sheet import Sheet


def completed(operations: Sequence[Operation], document: Document, url: str, zone: str) -> Iterator[Action]:
    """The actions that give each link of a plan's tabs the address of its cell, in the document read afterwards."""
    work = WorkDocument(_without_pages(document, operations), url, zone)
    titles = {table.title for table in document.tables}
    for operation in operations:
        match operation:
            case CreateTab(sheet=sheet) if sheet.name in titles:
                yield from _of_table(work, work.table(sheet.name), sheet)
            case ReplaceTab(name=name, sheet=sheet) if name in titles:
                yield from _of_table(work, work.table(name), sheet)


def _without_pages(document: Document, operations: Sequence[Operation]) -> Document:
    """The document without the pages of the tables that are made hidden, which these are about to lose."""
    created = [operation.sheet for operation in operations if isinstance(operation, CreateTab)]
    hidden = {sheet.name for sheet in created if sheet.hidden}
    tables = (replace(table, primary_view=0) if table.title in hidden else table for table in document.tables)
    return replace(document, tables=tuple(tables))


def _of_table(work: WorkDocument, table: WorkTable, sheet: Sheet) -> Iterator[Action]:
    """The links of one table whose address is another; a row that somebody changed meanwhile is left."""
    cells = table.source.cells if table.source else {}
    for place, column in enumerate(table.columns):
        links = [row[place] if place < len(row) else None for row in sheet.rows]
        changed = {
            row_id: work.shown(link, column)
            for row_id, now, link in zip(table.row_ids, cells.get(column.id, ()), links, strict=False)
            if isinstance(link, Link) and without_link(now) == link.text and now != work.shown(link, column)
        }
        if changed:
            yield ["BulkUpdateRecord", table.id, [*changed], {column.id: [*changed.values()]}]
