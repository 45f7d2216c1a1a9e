"""The cells of an .xlsx, read from its XML: openpyxl takes ten times as long on a whole campaign."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from openpyxl.formula.translate import Translator

from tests.sheets_server.addresses import cell_name, column_number
from tests.sheets_server.locales import ERRORS
from tests.sheets_server.model import Cell, Formula, Json, Row, SheetError, Value
from tests.sheets_server.serials import to_serial

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
V, F, IS, T = (NS + name for name in ("v", "f", "is", "t"))
DIGITS = "0123456789"
ERROR_KINDS = {shown: kind for kind, shown in ERRORS.items()}


class Package(NamedTuple):
    """What all tabs of a file share: its texts, and the format of each of its styles."""

    texts: Sequence[str]
    formats: Sequence[Json | None]


def rows(xml: bytes, package: Package) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a tab that have cells with something in them, and where they are."""
    data = ET.fromstring(xml).find(f"{NS}sheetData")
    read, row = _reader(package), -1
    for node in () if data is None else data:
        row = int(node.get("r", row + 2)) - 1
        line = _row(node, row, read)
        if line:
            yield row, line


CellReader = Callable[[ET.Element, int, int], Cell | None]
_columns: dict[str, int] = {}


def _row(node: ET.Element, row: int, read: CellReader) -> Row:
    line, column = Row(), -1
    for item in node:
        name = (item.get("r") or "").rstrip(DIGITS)
        column = (_columns.get(name) or _column(name)) - 1 if name else column + 1
        cell = read(item, row, column)
        if cell is not None:
            line[column] = cell
            line.formulas = line.formulas or type(cell.value) is Formula
    return line


def _column(name: str) -> int:
    _columns[name] = column_number(name) + 1
    return _columns[name]


def _reader(package: Package) -> CellReader:
    texts, formats = package
    known: dict[tuple[str, str], Cell] = {}  # cells of the same text and style are one
    shared: dict[str, Translator] = {}

    def read(node: ET.Element, row: int, column: int) -> Cell | None:
        kind, style = node.get("t"), node.get("s", "0")
        formula = value = None
        for child in node:
            if child.tag == V:
                value = child.text
            elif child.tag == F:
                formula = _formula(child, row, column, shared)
            elif child.tag == IS:
                value = "".join(part.text or "" for part in child.iter(T))
        if formula:
            return Cell(formula, formats[int(style)])
        if kind == "s" and value is not None:
            if (value, style) not in known:
                known[value, style] = Cell(texts[int(value)] or None, formats[int(style)])
            return known[value, style]
        read_value = _value(kind, value)
        return None if read_value is None else Cell(read_value, formats[int(style)])

    return read


def _formula(node: ET.Element, row: int, column: int, shared: dict[str, Translator]) -> Formula | None:
    """Return a cell's formula; one that is shared is moved from the cell that has its text."""
    group = node.get("si", "") if node.get("t") == "shared" else ""
    if node.text:
        text = "=" + node.text
        if group:
            shared[group] = Translator(text, cell_name(row, column))
        return Formula(text)
    return Formula(shared[group].translate_formula(cell_name(row, column))) if group in shared else None


def _value(kind: str | None, text: str | None) -> Value:
    if text is None or text == "":
        return None
    if kind is None or kind == "n":
        return float(text) if "." in text or "e" in text or "E" in text else int(text)
    if kind == "b":
        return text not in ("0", "false")
    if kind == "e":
        return SheetError(ERROR_KINDS.get(text, "ERROR"))
    return to_serial(datetime.fromisoformat(text.rstrip("Z"))) if kind == "d" else text
