"""Alterations of a document's definitions: columns that compute or have another type, published forms. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eig_sheets.workbook.grist.document import Document, GristColumn, GristTable
from eig_sheets.workbook.grist.own_tables import Places
from eig_sheets.workbook.model.alterations import COLUMN, FORM, TABLE, Alteration

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
