"""Identifiers of tables and columns, as Grist makes them of titles and labels."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.reading import without_link
from eig_sheets.spreadsheet.grist.work import Action, WorkDocument, WorkTable
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.spreadsheet.model.plan import CreateTab, Operation, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Sheet


def table_id(title: str, taken: Iterable[str]) -> str:
    """The id that Grist gives a new table of that title; `taken` are those that exist. '' when it has no letter."""
    ident = _plain(title, "T")
    return _free(_no_keyword(ident[:1].upper() + ident[1:], "T"), taken) if ident else ""


def column_in(table: str, label: str, taken: Iterable[str]) -> str:
    """An id for a new column of that label that begins with that of its table, as those of no other table do.

    Grist compares columns of two tables by their ids without asking access rules, in the preview of an import.
    """
    return column_id(f"{table} {label}", taken)


def column_id(label: str, taken: Iterable[str]) -> str:
    """An id for a new column of that label; `taken` are those of its table."""
    return _free(_no_keyword(_plain(label, "c"), "c") or "colonne", {*taken, "id"})


def _plain(text: str, prefix: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    ident = re.sub(r"[^a-zA-Z0-9_]+", "_", plain).lstrip("_")
    return re.sub(r"^(?=[0-9_])", prefix, ident) if ident else ident


def _no_keyword(ident: str, prefix: str) -> str:
    return prefix + ident if keyword.iskeyword(ident) else ident


def _free(ident: str, taken: Iterable[str]) -> str:
    used = {name.upper() for name in taken}
    if ident.upper() not in used:
        return ident
    base = f"{ident}_" if ident[-1].isdigit() else ident
    number = 2
    while f"{base}{number}".upper() in used:
        number += 1
    return f"{base}{number}"


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
