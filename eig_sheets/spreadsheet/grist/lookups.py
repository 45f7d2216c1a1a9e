"""Converts the formula of a robot's column between Grist's Python and the spreadsheet formula of plans.

A plan's lookup names columns by letters of the source tab (`workbook/lookup_formula.py`); Grist's by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eig_sheets.spreadsheet.grist.document import Document, GristColumn, GristTable
from eig_sheets.spreadsheet.model.cells import column_index, column_letters

_PLAN = re.compile(
    r'ARRAYFORMULA\(IF\(ROW\((?P<key>[A-Z]+)(?P<row>\d+):[A-Z]+\)=ROW\([A-Z]+\d+\),"(?P<header>(?:[^"]|"")*)",'
    r"IF\([A-Z]+\d+:[A-Z]+=\"\",,IFNA\(XLOOKUP\(TRIM\([A-Z]+\d+:[A-Z]+&\"\"\),"
    r"'(?P<source>(?:[^']|'')*)'!(?P<numbers>[A-Z]+):[A-Z]+,'(?:[^']|'')*'!(?P<values>[A-Z]+):[A-Z]+\)\)\)\)\)"
)
_PYTHON = re.compile(
    r"key = \$(?P<key>\w+)\n"
    r"key = str\(int\(key\)\) if isinstance\(key, float\) and key\.is_integer\(\) else str\(key or \"\"\)\.strip\(\)\n"
    r"found = (?P<source>\w+)\.lookupOne\((?P<numbers>\w+)=key\)\n"
    r"return found\.(?P<values>\w+) if key and found else None"
)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A robot's column: its header, the people's column of keys, and the robot's table that has the values."""

    header: str
    key: int
    source: str
    numbers: int
    values: int


def parsed(text: str) -> Lookup | None:
    """The lookup that a plan's formula is; None for any other formula. Columns are 0-based places."""
    match = _PLAN.fullmatch(text)
    if match is None:
        return None
    places = (column_index(match[name]) for name in ("key", "numbers", "values"))
    key, numbers, values = places
    return Lookup(match["header"].replace('""', '"'), key, match["source"].replace("''", "'"), numbers, values)


def python(key: str, source: str, numbers: str, values: str) -> str:
    """The formula of a Grist column: ids of the people's column of keys, of the robot's table and of its columns."""
    return (
        f"key = ${key}\n"
        'key = str(int(key)) if isinstance(key, float) and key.is_integer() else str(key or "").strip()\n'
        f"found = {source}.lookupOne({numbers}=key)\n"
        f"return found.{values} if key and found else None"
    )


def is_robot_formula(formula: str) -> bool:
    """Whether a Python formula is that of a robot's column."""
    return _PYTHON.fullmatch(formula) is not None


def as_planned(column: GristColumn, table: GristTable, document: Document) -> str:
    """The formula of a column as plans write it, when it is one of ours; else as Grist has it.

    What it shows may be gone: it is one of ours all the same, to be written again.
    """
    match = _PYTHON.fullmatch(column.formula)
    key = _letters(table.columns, match["key"]) if match else ""
    if match is None or not key:
        return column.formula
    source = next((other for other in document.tables if other.id == match["source"]), None)
    numbers, values = (_place(source, match[name]) for name in ("numbers", "values"))
    keys, header = f"{key}1:{key}", column.label.replace('"', '""')
    lookup = f'IFNA(XLOOKUP(TRIM({keys}&""),{numbers},{values}))'
    return f'ARRAYFORMULA(IF(ROW({keys})=ROW({key}1),"{header}",IF({keys}="",,{lookup})))'


def _place(source: GristTable | None, column_id: str) -> str:
    """A column of another table, as plans write it."""
    letters = _letters(source.columns, column_id) if source else ""
    if source is None or not letters:
        return "#REF!"
    name = source.title.replace("'", "''")
    return f"'{name}'!{letters}:{letters}"


def _letters(columns: Sequence[GristColumn], column_id: str) -> str:
    places = [place for place, column in enumerate(columns) if column.id == column_id]
    return column_letters(places[0]) if places else ""
