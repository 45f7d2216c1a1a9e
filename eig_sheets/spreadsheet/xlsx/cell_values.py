"""Values of cells in an .xlsx file: dates as serial numbers, formulas, XML."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from enum import Enum

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import (
    MAX_TEXT,
    Formula,
    Link,
    WrittenValue,
    column_index,
    column_letters,
    is_too_long,
)
from eig_sheets.spreadsheet.xlsx.grid import MAX_COLUMN, MAX_ROW
from eig_sheets.spreadsheet.xlsx.markup import escape_text
from eig_sheets.text.french import typographic


class NumberKind(Enum):
    """The kind of value that a number shows in a number format."""

    NUMBER = 0
    DATE = 1
    TIME = 2
    DURATION = 3


_BUILT_IN = dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), NumberKind.DATE)
_BUILT_IN |= dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), NumberKind.TIME) | {46: NumberKind.DURATION}
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].', re.DOTALL)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_NOT_CODES = re.compile(r"am/pm|a/p|general|standard", re.IGNORECASE)
_SECOND = 1e-3
_LAST_SERIAL = 2_958_466


def kind_of_format(format_id: int, code: str | None) -> NumberKind:
    """The kind of value that a format shows, from its built-in id or its code."""
    if code is None:
        return _BUILT_IN.get(format_id, NumberKind.NUMBER)
    section = _LITERAL.sub("", code).split(";")[0]
    if _ELAPSED.search(section):
        return NumberKind.DURATION
    letters = set(_NOT_CODES.sub("", _BRACKETS.sub("", section)).lower())
    if letters & {"y", "d"} or ("m" in letters and not letters & {"h", "s"}):
        return NumberKind.DATE
    return NumberKind.TIME if letters & {"h", "s", "m"} else NumberKind.NUMBER


def from_serial(serial: float, shown: NumberKind, *, since_1904: bool) -> float | datetime | time | timedelta:
    """The date, time or duration that a number shows, to the millisecond; else the number."""
    if shown is NumberKind.NUMBER or not math.isfinite(serial):
        return serial
    if shown is NumberKind.DURATION:
        return _to_millisecond(timedelta(days=serial)) if abs(serial) < _LAST_SERIAL else serial
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    if serial < 1 and (shown is NumberKind.TIME or not since_1904):
        return (datetime.min + _to_millisecond(timedelta(days=serial))).time()
    return _epoch(serial, since_1904) + _to_millisecond(timedelta(days=serial))


def _epoch(serial: float, since_1904: bool) -> datetime:
    if since_1904:
        return datetime(1904, 1, 1)
    return (
        datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)
    )  # 60 is the 29th of February 1900, which did not exist


def _to_millisecond(duration: timedelta) -> timedelta:
    return timedelta(milliseconds=round(duration / timedelta(milliseconds=1)))


def to_serial(moment: datetime, *, since_1904: bool) -> float:
    """The serial number of a naive date and time. Raises ValueError before the workbook's first day."""
    serial = (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    serial -= 1462 if since_1904 else (serial < 61)
    if serial < 0:
        raise ValueError(f"a workbook cannot hold the date {moment}")
    return serial


def from_iso(text: str) -> datetime | time:
    """The value of a cell of type `d`, in ISO 8601. Raises ValueError."""
    bare = text.strip().rstrip("Zz")
    if "T" not in bare and "-" not in bare:
        return time.fromisoformat(bare)
    if "T" not in bare:
        return datetime.combine(date.fromisoformat(bare), time.min)
    return datetime.fromisoformat(bare).replace(tzinfo=None)


_TOKEN = re.compile(
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*')|(?<![A-Za-z0-9_.\\])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_.(])"""
)
_FUTURE_PREFIX = re.compile(r"_xlfn\.(?:_xlws\.)?", re.IGNORECASE)
_FUTURE = (
    "IFNA", "IFS", "SWITCH", "CONCAT", "TEXTJOIN", "MAXIFS", "MINIFS", "XLOOKUP", "XMATCH", "UNIQUE", "DAYS",
    "ISOWEEKNUM", "NUMBERVALUE", "STDEV.S", "STDEV.P", "VAR.S", "RANK.EQ", "RANK.AVG", "PERCENTILE.INC", "QUARTILE.INC",
)  # fmt: skip
_FUTURE_CALL = re.compile(
    r'("(?:[^"]|"")*")|(?<![\w.])(' + "|".join(re.escape(name) for name in _FUTURE) + r")(?=\()", re.IGNORECASE
)


def shifted(formula: str, rows: int, columns: int) -> str:
    """A shared formula for the cell so many rows and columns further: its relative references are moved."""

    def moved(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        column = column_index(match[3]) + (0 if match[2] else columns)
        row = int(match[5]) + (0 if match[4] else rows)
        if not (0 <= column < MAX_COLUMN and 0 < row <= MAX_ROW):
            return "#REF!"
        return f"{match[2]}{column_letters(column)}{match[4]}{row}"

    return _TOKEN.sub(moved, formula)


def as_people_read(formula: str) -> str:
    """The formula without the prefixes of functions newer than the file format."""
    return _FUTURE_PREFIX.sub("", formula) if "_xl" in formula else formula


def as_files_write(formula: str) -> str:
    """The formula with the prefixes of functions newer than the file format: IFNA( → _xlfn.IFNA(."""
    return _FUTURE_CALL.sub(lambda match: match[1] or f"_xlfn.{match[2]}", formula)


class CellWriter:
    """Writes cells of one workbook: with its namespace `prefix`, and dates counted from 1900 or 1904."""

    def __init__(self, prefix: str, *, since_1904: bool) -> None:
        self._since_1904 = since_1904
        p = prefix
        self._cell = f"{p}c"
        self._text = f' t="inlineStr"><{p}is><{p}t xml:space="preserve">', f"</{p}t></{p}is></{p}c>"
        self._value = f"><{p}v>", f"</{p}v></{p}c>"
        self._formula = f"><{p}f>", f"</{p}f><{p}v>", f"</{p}v></{p}c>"

    def cell(self, tab: str, address: str, style: int, value: WrittenValue) -> str:
        """The XML of a cell, '' for one that has neither value nor style.

        Raises WorkbookError on a text that is too long, and on a number or a date that no workbook can hold.
        """
        start = f'<{self._cell} r="{address}"' + (f' s="{style}"' if style else "")
        if isinstance(value, Link):
            value = value.text
        if value is None or value == "":
            return start + "/>" if style else ""
        if isinstance(value, str):
            return f"{start}{self._text[0]}{_escaped(value, tab, address)}{self._text[1]}"
        try:
            return start + self._typed(value, tab, address)
        except ValueError as error:
            why = f"« {value} » ne peut pas être écrit dans un classeur .xlsx. Corrigez cette valeur à la source"
            raise _refused(tab, address, why) from error

    def _typed(self, value: float | datetime | Formula, tab: str, address: str) -> str:
        if isinstance(value, Formula):
            return self._computed(value, tab, address)
        if isinstance(value, bool):
            return f' t="b"{self._value[0]}{value:d}{self._value[1]}'
        return f"{self._value[0]}{self._number(value)}{self._value[1]}"

    def _number(self, value: float | datetime) -> str:
        number = to_serial(value, since_1904=self._since_1904) if isinstance(value, datetime) else float(value)
        if not math.isfinite(number):
            raise ValueError(f"a cell cannot hold {number}")
        return repr(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)

    def _computed(self, formula: Formula, tab: str, address: str) -> str:
        value = formula.value
        if value is None or isinstance(value, str):
            kind, shown = ' t="str"', _escaped(value or "", tab, address)
        else:
            kind, shown = (' t="b"', f"{value:d}") if isinstance(value, bool) else ("", self._number(value))
        opened, between, closed = self._formula
        return f"{kind}{opened}{escape_text(as_files_write(formula.text))}{between}{shown}{closed}"


def _escaped(text: str, tab: str, address: str) -> str:
    if is_too_long(text):
        why = f"le texte compte {len(text)} caractères, un classeur .xlsx n’en accepte que {MAX_TEXT}"
        raise _refused(tab, address, f"{why}. Raccourcissez-le à la source")
    return escape_text(text)


def _refused(tab: str, address: str, why: str) -> WorkbookError:
    return WorkbookError(typographic(f"Onglet « {tab} », cellule {address} : {why}, puis relancez la commande."))
