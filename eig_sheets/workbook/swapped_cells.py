"""Finds swapped cells: a cell cannot be read, and the free text beside it holds a value for it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import CellError, CellValue
from eig_sheets.workbook.unreadable_cells import Failure
from eig_sheets.workbook.value_codes import MERGED_CELL, SWAPPED_CELLS
from eig_sheets.workbook.values import UnreadableError


def swapped_cells(
    failures: Iterable[Failure], layout: TabLayout, reader_of: Callable[[Field], Callable[[CellValue], Any]]
) -> Iterator[Failure]:
    """The cells of free text that hold a value for the unreadable cell beside them.

    Which of both is right nobody knows: neither is read. `reader_of`: what reads the values of a field.
    """
    present = [field for field in layout.schema.fields if field.id in layout.columns]
    texts = {layout.columns[field.id]: field for field in present if _is_free(field)}
    beside = {field.id: [place for place in (here - 1, here + 1) if place in texts] for field, here in _closed(layout)}
    readers = {field.id: reader_of(field) for field, _ in _closed(layout)}
    for failure in [*failures]:
        if failure.code is MERGED_CELL or isinstance(failure.value, CellError):
            continue
        for place in beside.get(failure.field.id, ()):
            value = layout.tab.value(failure.row, place)
            if value is not None and _reads(readers[failure.field.id], value):
                yield Failure(texts[place], failure.row, value, SWAPPED_CELLS, layout.header(failure.field.id))


def _closed(layout: TabLayout) -> Iterator[tuple[Field, int]]:
    """The fields of which not every text is a value, with the place of their column."""
    for field in layout.schema.fields:
        if field.kind not in (Kind.TEXT, Kind.LIST) and field.id in layout.columns:
            yield field, layout.columns[field.id]


def _is_free(field: Field) -> bool:
    return field.kind is Kind.TEXT and not field.choices and not field.required


def _reads(reader: Callable[[CellValue], Any], value: CellValue) -> bool:
    try:
        return reader(value) is not None
    except UnreadableError:
        return False
