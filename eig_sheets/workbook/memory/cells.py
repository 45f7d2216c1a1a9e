"""Cell values of the in-memory backend: exactly as they would be read again from an .xlsx file."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.workbook.model.cells import CellValue, Formula, Link, WrittenValue
from eig_sheets.workbook.xlsx.cellxml import CellWriter
from eig_sheets.workbook.xlsx.dates import NumberKind, from_serial, to_serial
from eig_sheets.workbook.xlsx.markup import escape_text, unescape_text

_WRITER = CellWriter("", since_1904=False)


def stored(tab: str, address: str, value: WrittenValue) -> CellValue:
    """The value that is read where the robot wrote one. Raises WorkbookError, with the message of the .xlsx backend."""
    _WRITER.cell(tab, address, 0, value)
    if isinstance(value, Formula):
        value = value.value
    return read_again(value.text if isinstance(value, Link) else value)


def read_again(value: CellValue) -> CellValue:
    """A value as it is read once it was saved: a number as a float, a moment to the millisecond, '' as a blank."""
    if isinstance(value, str):
        return _text(value) or None
    if isinstance(value, datetime):
        return from_serial(to_serial(value, since_1904=False), NumberKind.DATE, since_1904=False)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _text(text: str) -> str:
    """Without what XML cannot hold."""
    escaped = escape_text(text)
    return text if escaped is text else unescape_text(escaped.encode())
