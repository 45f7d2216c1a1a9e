"""Cells as JSON: CellData, GridData and the rows of a ValueRange."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from typing import Any

from tests.sheets_server import metadata, raw
from tests.sheets_server.addresses import Rect
from tests.sheets_server.defaults import COLUMN_PIXELS, FORMAT, ROW_PIXELS
from tests.sheets_server.formatting import default_pattern, display
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.locales import Locale
from tests.sheets_server.masks import Mask, below, project, wants
from tests.sheets_server.model import EMPTY, Book, Cell, Formula, Json, Row, Sheet, SheetError, Value

LINK = re.compile(r'=\s*(?:HYPERLINK|LIEN_HYPERTEXTE)\s*\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)


def extended(value: Value) -> Json:
    """Return a value as an ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, (int, float)):
        return {"numberValue": plain(value)}
    if isinstance(value, SheetError):
        return {"errorValue": {"type": value.type, **({"message": value.message} if value.message else {})}}
    return {"formulaValue" if isinstance(value, Formula) else "stringValue": value}


def plain(value: float) -> float:
    """Return a number as it is written: without decimals when it has none."""
    return int(value) if type(value) is float and value.is_integer() and abs(value) < 2**53 else value


def number_format(cell: Cell) -> Json | None:
    return (cell.format or {}).get("numberFormat")


def shown(cell: Cell, value: Value, locale: Locale) -> str:
    return display(value, number_format(cell) or _implied_format(cell.value, locale), locale)


def _implied_format(entered: Value, locale: Locale) -> Json | None:
    """Return the format that a formula of dates gives to its own cell."""
    match = (
        re.match(r"=\s*(NOW|MAINTENANT|TODAY|AUJOURDHUI|DATE)\s*\(", entered, re.IGNORECASE)
        if isinstance(entered, Formula)
        else None
    )
    if match is None:
        return None
    kind = "DATE_TIME" if match[1].upper() in ("NOW", "MAINTENANT") else "DATE"
    return {"type": kind, "pattern": default_pattern(kind, locale)}


def _effective(cell: Cell, value: Value, locale: Locale) -> Json | None:
    if cell == EMPTY and value is None:
        return None
    out = _over(FORMAT, cell.format or {})
    implied = _implied_format(cell.value, locale)
    if implied and "numberFormat" not in out:
        out["numberFormat"] = implied
    return out | {"hyperlinkDisplayType": (cell.format or {}).get("hyperlinkDisplayType", "PLAIN_TEXT")}


def _over(default: Json, own: Json) -> Json:
    out = dict(default)
    for key, value in own.items():
        nested = isinstance(value, dict) and key in ("textFormat", "padding")
        out[key] = _over(default.get(key, {}), value) if nested else value
    return out


def _link(cell: Cell) -> str | None:
    if isinstance(cell.value, Formula):
        match = LINK.match(cell.value)
        return match[1].replace('""', '"') if match else None
    uri = (cell.format or {}).get("textFormat", {}).get("link", {}).get("uri")
    return uri if isinstance(uri, str) else None


Maker = Callable[[Cell, Value, Locale], Any]
MAKERS: dict[str, Maker] = {
    "userEnteredValue": lambda cell, value, locale: None if cell.value is None else extended(cell.value),
    "effectiveValue": lambda cell, value, locale: None if value is None else extended(value),
    "formattedValue": lambda cell, value, locale: None if value is None else shown(cell, value, locale),
    "userEnteredFormat": lambda cell, value, locale: cell.format or None,
    "effectiveFormat": _effective,
    "hyperlink": lambda cell, value, locale: _link(cell),
    "note": lambda cell, value, locale: cell.note,
    "dataValidation": lambda cell, value, locale: cell.validation,
    "textFormatRuns": lambda cell, value, locale: cell.text_runs,
    "chipRuns": lambda cell, value, locale: cell.chips,
}
TextMaker = Callable[[Cell, Value], str]
VALUES = ("userEnteredValue", "effectiveValue")
FORMATS = ("effectiveFormat", "userEnteredFormat")


def extended_text(value: Value) -> str:
    """Return a value as the JSON of an ExtendedValue."""
    if isinstance(value, str) and type(value) is str:
        return '{"stringValue":' + encode_basestring(value) + "}"
    if isinstance(value, (int, float)) and type(value) is not bool:
        return '{"numberValue":' + repr(plain(value)) + "}"
    return raw.text(extended(value))


class CellText:
    """What makes the JSON of a CellData, as much as a mask asks for."""

    def __init__(self, mask: Mask, locale: Locale) -> None:
        self.mask, self.locale = mask, locale
        self.entered, self.effective = (wants(mask, name) and not below(mask, name) for name in VALUES)
        done = {name for name, asked in zip(VALUES, (self.entered, self.effective), strict=True) if asked}
        names = [name for name in MAKERS if wants(mask, name) and name not in done]
        self.formats = [name for name in names if name in FORMATS]
        self.others = [name for name in names if name not in FORMATS]
        self.known: dict[int, str] = {}  # the fields of a format, which many cells share, made once
        self.simple = self.entered and self.effective and not self.others

    def of(self, cell: Cell, value: Value) -> str:
        """Return the JSON of a cell and its effective value."""
        own, out = cell.value, ""
        if self.entered and own is not None:
            out = ',"userEnteredValue":' + extended_text(own)
        if self.effective and value is not None:
            out += ',"effectiveValue":' + extended_text(value)
        out += self._formats(cell, value) + self._fields(self.others, cell, value)
        return "{" + out[1:] + "}"

    def _formats(self, cell: Cell, value: Value) -> str:
        if type(cell.value) is Formula or (cell.format is None and value is None):
            return self._fields(self.formats, cell, value)
        key = id(cell.format)
        if key not in self.known:
            self.known[key] = self._fields(self.formats, cell, value)
        return self.known[key]

    def _fields(self, names: list[str], cell: Cell, value: Value) -> str:
        out = ""
        for name in names:
            made, rest = MAKERS[name](cell, value, self.locale), below(self.mask, name)
            if made is not None:
                out += f',"{name}":{raw.text(project(rest, made) if rest else made)}'
        return out

    def row(self, line: Row, over: dict[int, Value], area: Rect) -> bytes:
        """Return the JSON of a RowData; what formulas put in it is in `over`."""
        last = last_column(line, over, area)
        if last < area.left:
            return NO_ROW
        columns = range(area.left, last + 1)
        texts = self._plain_row(line, over, columns) if self.simple else self._row(line, over, columns)
        return ('{"values":[' + ",".join(texts) + "]}").encode()

    def _row(self, line: Row, over: dict[int, Value], columns: range) -> list[str]:
        cells = [(c, line.get(c, EMPTY)) for c in columns]
        return [self.of(cell, over.get(c, cell.value)) for c, cell in cells]

    def _plain_row(self, line: Row, over: dict[int, Value], columns: range) -> list[str]:
        """Return the texts of cells of which their values and formats are asked: no call for most of them."""
        out, known = [], self.known.get
        for c in columns:
            cell = line.get(c)
            if cell is None:
                out.append(self.of(EMPTY, over[c]) if c in over else "{}")
                continue
            own, form = cell.value, known(id(cell.format))
            if form is None or c in over:
                out.append(self.of(cell, over.get(c, own)))
            elif type(own) is str:
                text = encode_basestring(own)
                out.append(
                    f'{{"userEnteredValue":{{"stringValue":{text}}},"effectiveValue":{{"stringValue":{text}}}{form}}}'
                )
            elif type(own) is int or (type(own) is float and not own.is_integer()):
                out.append(
                    f'{{"userEnteredValue":{{"numberValue":{own!r}}},"effectiveValue":{{"numberValue":{own!r}}}{form}}}'
                )
            else:
                out.append(self.of(cell, own))
        return out


def grid_data(book: Book, values: Calculation, sheet: Sheet, area: Rect, mask: Mask) -> Json:
    """Return what a mask keeps of the GridData of an area: rows and cells down to the last that holds something."""
    out: Json = {}
    for key, start in (("startRow", area.top), ("startColumn", area.left)):
        if start and wants(mask, key):
            out[key] = start
    if wants(mask, "rowData"):
        rows = _row_data(values, sheet, area, below(below(mask, "rowData"), "values"))
        if rows:
            out["rowData"] = raw.Raw(rows if wants(below(mask, "rowData"), "values") else [NO_ROW] * len(rows))
    for name, key in (("ROWS", "rowMetadata"), ("COLUMNS", "columnMetadata")):
        if wants(mask, key):
            start, end = (area.top, area.bottom) if name == "ROWS" else (area.left, area.right)
            out[key] = project(below(mask, key), list(_dimension_data(book, sheet, name, start, end)))
    return out


def _row_data(values: Calculation, sheet: Sheet, area: Rect, mask: Mask) -> list[bytes]:
    """Return the JSON of each RowData of an area."""
    bottom = max(min(area.bottom, values.last_row(sheet)), area.top)
    window = Rect(area.top, bottom, area.left, area.right)
    text, out = CellText(mask, values.settings.locale), []
    wanted = (values.settings.locale.name, repr(mask), area.left, area.right)
    for r, over in enumerate(values.computed(sheet, window), window.top):
        line = sheet.row(r)
        key = (wanted, *over, *over.values(), *map(type, over.values())) if over else wanted
        made = line.texts.get(key)
        if made is None:
            made = text.row(line, over, area)
            if line:
                line.texts = {key: made}
        out.append(made)
    while out and out[-1] == NO_ROW:
        out.pop()
    return out


NO_ROW = b"{}"


def last_column(line: Row, over: dict[int, Value], area: Rect) -> int:
    """Return the last column of an area that a row has something in; -1 when it has nothing."""
    last = max(max(line, default=-1), max(over, default=-1))
    if last < area.right:
        return last
    return max((c for places in (line, over) for c in places if c < area.right), default=-1)


def _dimension_data(book: Book, sheet: Sheet, name: str, start: int, end: int) -> Iterator[Json]:
    default = {"pixelSize": ROW_PIXELS if name == "ROWS" else COLUMN_PIXELS}
    sizes = sheet.sizes(name)
    marked = {
        place["startIndex"]
        for item in book.metadata
        if (place := item["location"].get("dimensionRange")) and place["sheetId"] == sheet.id
    }
    for index in range(start, end):
        out = default | sizes.get(index, {})
        items = metadata.at(book, sheet.id, name, index) if index in marked else []
        yield out | {"developerMetadata": items} if items else out
