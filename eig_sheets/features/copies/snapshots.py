"""Converts a snapshot, of whatever spreadsheet, into its copy: values and headers, without its look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from eig_sheets.features.copies.model import LAST_ROW, CopiedTab, Copy, LongText, Remarks, shortened
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, a1, is_too_long
from eig_sheets.spreadsheet.model.palette import PATTERNS
from eig_sheets.spreadsheet.model.sheet import Format
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.spreadsheet.new_xlsx.content import BLANK, Cell, FileValue, Style, Tab, Width, number_of, tab_names

_HEADER = Style(bold=True, wrap=True)
_MOMENT, _DAY = Style(number_format=PATTERNS[Format.DATETIME]), Style(number_format=PATTERNS[Format.DATE])
_WIDTH = 18


def read_snapshot(snapshot: Snapshot, beside: str) -> Copy:
    """The copy of a workbook of which each tab has its headers in row 1; `beside` names its file of long texts.

    Blank rows, which deleted ones leave where rows have ids, are left out.
    """
    names = tab_names([tab.name for tab in snapshot.tabs])
    long_texts: list[LongText] = []
    tabs = tuple(_tab(tab, name, beside, long_texts) for tab, name in zip(snapshot.tabs, names, strict=True))
    return Copy(tabs, tuple(long_texts))


def _tab(tab: TabSnapshot, name: str, beside: str, long_texts: list[LongText]) -> CopiedTab:
    width = max(map(len, tab.rows), default=0)
    rows = [
        [
            _cell(value, name, a1(place, column), beside, long_texts, header=place == 1)
            for column, value in enumerate(row)
        ]
        for place, row in enumerate(_filled(tab), 1)
    ]
    written = Tab(
        name,
        rows[:LAST_ROW],
        [Width(_WIDTH)] * width,
        hidden=tab.hidden,
        frozen_rows=1 if rows else 0,
        mark=tab.mark,
        column_marks=tab.column_marks,
    )
    return CopiedTab(tab.name, written, Remarks(formulas=[a1(row, column) for row, column in sorted(tab.formulas)]))


def _filled(tab: TabSnapshot) -> Iterator[Sequence[CellValue]]:
    for place, row in enumerate(tab.rows):
        if place == 0 or any(value is not None for value in row):
            yield row


def _cell(value: CellValue, tab: str, address: str, beside: str, long_texts: list[LongText], *, header: bool) -> Cell:
    if value is None:
        return BLANK
    if isinstance(value, datetime):
        return Cell(number_of(value), _MOMENT)
    if isinstance(value, date):
        return Cell(number_of(datetime.combine(value, time())), _DAY)
    if isinstance(value, str) and is_too_long(value):
        long_texts.append(LongText(tab, f"cellule {address}", value))
        value = shortened(value, beside)
    return Cell(_copied(value), _HEADER if header else Style(quoted=isinstance(value, str)))


def _copied(value: CellValue) -> FileValue:
    if isinstance(value, CellError):
        return value if value.code in _KNOWN_ERRORS else CellError("#VALUE!")
    return value if isinstance(value, (str, float, int, bool)) else str(value)


_KNOWN_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
