"""Differences between cells and the values to write, compared as spreadsheets show them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from eig_sheets.spreadsheet.model import formulas
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Formula, WrittenValue, as_read
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot


def differing(tab: TabSnapshot | None, sheet: Sheet) -> Iterator[tuple[int, int, WrittenValue]]:
    """1-based row, 0-based column and target value of each cell where a tab (None: a new one) is not yet the sheet."""
    known_formulas = tab.formulas if tab else {}
    for row, (before, after) in enumerate(zip_longest(tab.rows if tab else [], sheet.grid(), fillvalue=()), 1):
        for column, (known, value) in enumerate(zip_longest(before, after)):
            if is_different(known, known_formulas.get((row, column)) if known_formulas else None, value):
                yield row, column, value


def is_different(known: CellValue, formula: str | None, value: WrittenValue) -> bool:
    """Whether a cell that has this value, computed by a formula if any, is not yet what is to be written."""
    if isinstance(value, Formula):
        return isinstance(known, CellError) or not formulas.same(formula, value.text)
    return formula is not None or not same(known, as_read(value))


def same(old: object, new: object) -> bool:
    """Whether two values of a cell are equal as a spreadsheet shows them: True and 1 differ, 1 and 1.0 do not."""
    if isinstance(old, bool) != isinstance(new, bool):
        return False
    if isinstance(old, float) and isinstance(new, (int, float)):
        return abs(old - new) <= 1e-12 * max(1.0, abs(old))  # what files keep: fifteen digits
    return old == new
