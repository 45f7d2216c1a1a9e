"""Stores values that jurors typed in a robot's tab, and restores them as they were when it is read again."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from eig_sheets.campaign.reviews.versions import Value
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, is_too_long, shortened
from eig_sheets.text.printable import printable
from eig_sheets.workbook.quoting import shown

LONGEST: Final = 30_000
"""Characters of a comment that are kept, which any program holds in a cell; the whole page is kept anyway."""
_CUT: Final = " […]"
_DATE: Final = re.compile(r"\d{2}/\d{2}/\d{4}(?: \d{2}:\d{2}(?::\d{2})?)?")
_ERROR: Final = re.compile(r"#[A-Z0-9/]{2,12}[!?]?")


def stored(value: CellValue) -> Value | None:
    """A cell as its value is kept: dates and errors as the texts that people see."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return round(float(value), 9)
    text = str(value) if isinstance(value, str) else shown(value)
    text = printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return (shortened(text, _CUT, LONGEST) if is_too_long(text, LONGEST) else text) or None


def as_typed(value: CellValue) -> CellValue:
    """A stored value as the original cell: a text that looks like a date or an error becomes one."""
    if not isinstance(value, str):
        return value
    if _ERROR.fullmatch(value):
        return CellError(value)
    return _moment(value) if _DATE.fullmatch(value) else value


def _moment(text: str) -> CellValue:
    for form in ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return text
