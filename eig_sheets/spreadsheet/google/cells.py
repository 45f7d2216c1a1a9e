"""Conversion of one cell from and to Google's JSON. Text is only ever written as a typed string."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from eig_sheets.spreadsheet.model import formulas
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Formula, Link, Uncomputed, WrittenValue

Json = dict[str, Any]

_EPOCH = datetime(1899, 12, 30)
_DAY = timedelta(days=1)
_LAST_SERIAL = 2_958_466
LONGEST_TEXT = 50_000
"""Characters that one cell of a Google Sheet can hold."""

_ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}


def error(kind: str, formula: str) -> CellError | Uncomputed:
    """The error of that type; for LOADING, a formula without a value."""
    return Uncomputed(formula) if kind == "LOADING" else CellError(_ERRORS.get(kind, "#ERROR!"))


def plain(value: str | float | bool | None) -> str | float | bool | None:
    """A value of Google's JSON with '' as None and numbers as floats."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return value or None
    return float(value)


_BEFORE_MIDNIGHT = _DAY - timedelta(milliseconds=1)


def moment(serial: float, kind: str) -> float | datetime | time | timedelta:
    """The date, time or duration that a number with this number format (`kind`) shows, to the millisecond."""
    if kind not in ("DATE", "DATE_TIME", "TIME") or not math.isfinite(serial) or abs(serial) >= _LAST_SERIAL:
        return serial
    since = timedelta(milliseconds=round(serial * _DAY / timedelta(milliseconds=1)))
    if kind == "TIME":
        return (datetime.min + since).time() if timedelta(0) <= since <= _BEFORE_MIDNIGHT else since
    return _EPOCH + since if serial >= 0 else serial


def serial(moment_: datetime) -> float:
    """The serial number of a naive date and time."""
    return (moment_.replace(tzinfo=None) - _EPOCH) / _DAY


def read(cell: Json) -> tuple[CellValue, str | None]:
    """The value of a CellData, and its formula without `=`."""
    entered, shown = cell.get("userEnteredValue"), cell.get("effectiveValue")
    formula = entered.get("formulaValue") if entered else None
    if formula is None and shown and "stringValue" in shown:  # most cells, without what the others need
        return shown["stringValue"] or None, None
    text = None if formula is None else formulas.with_commas(formula.removeprefix("="))
    if not shown:
        return None, text
    if "errorValue" in shown:
        return error(shown["errorValue"].get("type", "ERROR"), text or ""), text
    value = plain(next(iter(shown.values())))
    if isinstance(value, float):
        return moment(value, kind_of(cell)), text
    return value, text


def kind_of(cell: Json) -> str:
    """The type of a cell's number format; '' for none."""
    kind: str = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type", "")
    return kind


def written(value: WrittenValue, link_to: Callable[[Link], str | None]) -> Json:
    """The CellData of a value; `link_to` gives the address, within the spreadsheet, that a Link leads to.

    Raises ValueError, in French, for a number that is none or a text that no cell can hold.
    """
    if isinstance(value, Link):
        address = link_to(value)
        style = {"userEnteredFormat": {"textFormat": {"link": {"uri": address}}}} if address else {}
        return {**_text(value.text), **style}
    if isinstance(value, Formula):
        return formula(value.text)
    if value is None or value == "":
        return {}
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    number = serial(value) if isinstance(value, datetime) else value
    if not math.isfinite(number):
        raise ValueError(f"{value} n’est pas un nombre")
    return {"userEnteredValue": {"numberValue": number}}


def formula(text: str) -> Json:
    """The CellData of a formula that the robot writes."""
    return {"userEnteredValue": {"formulaValue": f"={formulas.with_semicolons(text)}"}}


def _text(text: str) -> Json:
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise ValueError(f"un texte de {len(text)} caractères ne tient pas dans une cellule")
    return {"userEnteredValue": {"stringValue": text}}
