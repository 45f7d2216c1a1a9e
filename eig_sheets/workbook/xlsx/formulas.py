"""Conversion of formulas between their form in files and the one that people read."""

from __future__ import annotations

import re

from eig_sheets.workbook.model.cells import column_index, column_letters
from eig_sheets.workbook.xlsx.grid import MAX_COLUMN, MAX_ROW

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
