"""The value of a cell as a file holds it, from Google's JSON."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from eig_sheets.copying.book import CopiedValue
from eig_sheets.workbook.cells import CellError, Uncomputed
from eig_sheets.workbook.google import cells

Json = dict[str, Any]

_EPOCH = datetime(1899, 12, 30)
_FIRST_DAY, _LEAP = 2, 61
"""Google's numbers of 1 January 1900, which Excel counts 1, and of 1 March, from which both count alike: in between,
Excel has a 29 February 1900 that never was."""
_EARLIEST = -693_593
_UNKNOWN_TO_FILES = {"#ERROR!": "#VALUE!"}


class Remark(Enum):
    """How a value in the copy is not quite the one of the original."""

    OLD_DATE = "a date before 1900, written as a text"
    LOADING = "a formula that Google had not computed yet"


def value(cell: Json) -> tuple[CopiedValue, Remark | None]:
    """What a CellData shows."""
    shown = cell.get("effectiveValue")
    if not shown:
        return None, None
    if "errorValue" in shown:
        return _error(shown["errorValue"].get("type", "ERROR"))
    found = cells.plain(next(iter(shown.values())))
    if isinstance(found, float) and cells.kind_of(cell) in ("DATE", "DATE_TIME"):
        return _date(found)
    return found, None


def _error(kind: str) -> tuple[CopiedValue, Remark | None]:
    found = cells.error(kind, "")
    if isinstance(found, Uncomputed):
        return CellError("#N/A"), Remark.LOADING
    return CellError(_UNKNOWN_TO_FILES.get(found.code, found.code)), None


def _date(serial: float) -> tuple[CopiedValue, Remark | None]:
    if serial >= _LEAP:
        return serial, None
    if serial >= _FIRST_DAY:
        return serial - 1, None
    return (_spelled(serial), Remark.OLD_DATE) if serial >= _EARLIEST else (serial, None)


def _spelled(serial: float) -> str:
    """A date as French people type it, to the second."""
    moment = _EPOCH + timedelta(seconds=round(serial * 86_400))
    day = f"{moment:%d/%m}/{moment.year:04d}"
    if not (moment.hour or moment.minute or moment.second):
        return day
    return f"{day} {moment:%H:%M:%S}" if moment.second else f"{day} {moment:%H:%M}"
