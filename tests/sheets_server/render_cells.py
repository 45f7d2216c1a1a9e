"""Cells as JSON: CellData, GridData and the rows of a ValueRange."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from typing import Any

from tests.sheets_server import metadata, raw
from tests.sheets_server.addresses import Rect
from tests.sheets_server.defaults import COLUMN_PIXELS, FORMAT, ROW_PIXELS
from tests.sheets_server.formatting import default_pattern, display, is_date_pattern
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
        return {"numberValue": _plain(value)}
    if isinstance(value, SheetError):
        return {"errorValue": {"type": value.type, **({"message": value.message} if value.message else {})}}
    return {"formulaValue" if isinstance(value, Formula) else "stringValue": value}


def _plain(value: float) -> float:
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


def extended_text(value: Value) -> str:
    """Return a value as the JSON of an ExtendedValue."""
    if type(value) is str:
        return '{"stringValue": ' + encode_basestring(value) + "}"
    if type(value) is int:
        return f'{{"numberValue": {value}}}'
    return raw.text(extended(value))


def cell_text(mask: Mask, locale: Locale) -> TextMaker:
    """Return what makes the JSON of a CellData of a cell and its effective value, as much as the mask asks for."""
    entered = "userEnteredValue" if wants(mask, "userEnteredValue") and not below(mask, "userEnteredValue") else ""
    effective = "effectiveValue" if wants(mask, "effectiveValue") and not below(mask, "effectiveValue") else ""
    others = [_field_text(name, below(mask, name), locale) for name in MAKERS if wants(mask, name)
              and name not in (entered, effective)]  # fmt: skip

    def make(cell: Cell, value: Value) -> str:
        own, parts = cell.value, []
        written = "" if own is None else extended_text(own)
        if entered and written:
            parts.append('"userEnteredValue": ' + written)
        if effective and value is not None:
            parts.append('"effectiveValue": ' + (written if own is value else extended_text(value)))
        parts += [found for other in others if (found := other(cell, value))]
        return "{" + ", ".join(parts) + "}"

    return make


def _field_text(name: str, mask: Mask, locale: Locale) -> TextMaker:
    """Return what makes one field of a CellData; a format that many cells share is made once."""
    known: dict[int, str] = {}
    make_field = MAKERS[name]

    def make(cell: Cell, value: Value) -> str:
        made = make_field(cell, value, locale)
        return "" if made is None else f'"{name}": {raw.text(project(mask, made) if mask else made)}'

    def make_once(cell: Cell, value: Value) -> str:
        if type(cell.value) is Formula or (cell.format is None and value is None):
            return make(cell, value)
        key = id(cell.format)
        if key not in known:
            known[key] = make(cell, value)
        return known[key]

    return make_once if name in ("effectiveFormat", "userEnteredFormat") else make


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
    make, out = cell_text(mask, values.settings.locale), []
    wanted = (values.settings.locale.name, repr(mask), area.left, area.right)
    for r, over in enumerate(values.computed(sheet, window), window.top):
        line = sheet.row(r)
        key = (wanted, *over, *over.values(), *map(type, over.values())) if over else wanted
        made = line.texts.get(key)
        if made is None:
            made = _row_text(line, over, area, make)
            if line:
                line.texts = {key: made}
        out.append(made)
    while out and out[-1] == NO_ROW:
        out.pop()
    return out


NO_ROW = b"{}"


def _last(line: Row, over: dict[int, Value], area: Rect) -> int:
    """Return the last column of an area that a row has something in; -1 when it has nothing."""
    last = max(max(line, default=-1), max(over, default=-1))
    if last < area.right:
        return last
    return max((c for places in (line, over) for c in places if c < area.right), default=-1)


def _row_text(line: Row, over: dict[int, Value], area: Rect, make: TextMaker) -> bytes:
    last = _last(line, over, area)
    if last < area.left:
        return NO_ROW
    texts, get = [], line.get
    for c in range(area.left, last + 1):
        cell = get(c)
        if cell is None:
            texts.append(make(EMPTY, over[c]) if c in over else "{}")
        else:
            texts.append(make(cell, over.get(c, cell.value)))
    return ('{"values": [' + ", ".join(texts) + "]}").encode()


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


def value_rows(values: Calculation, sheet: Sheet, area: Rect, options: Json) -> list[list[Any]]:
    """Return the rows of a ValueRange, its trailing blanks left out; `options` as the query has them."""
    bottom = max(min(area.bottom, values.last_row(sheet)), area.top)
    window, read = Rect(area.top, bottom, area.left, area.right), _reader(values.settings.locale, options)
    rows = [
        _row_values(sheet.row(r), over, area, read) for r, over in enumerate(values.computed(sheet, window), window.top)
    ]
    if options.get("majorDimension") == "COLUMNS":
        width = max(map(len, rows), default=0)
        full = [row + [None] * (width - len(row)) for row in rows]
        rows = [list(column) for column in zip(*full, strict=True)]
    return _trimmed([_trimmed_row(row) for row in rows])


def _row_values(line: Row, over: dict[int, Value], area: Rect, read: CellReader) -> list[Any]:
    last = _last(line, over, area)
    cells = [line.get(c, EMPTY) for c in range(area.left, last + 1)]
    return [
        None if value is None else read(cell, value)
        for cell, value in (
            [(cell, over.get(c, cell.value)) for c, cell in enumerate(cells, area.left)]
            if over
            else [(cell, cell.value) for cell in cells]
        )
    ]


CellReader = Callable[[Cell, Value], Any]


def _reader(locale: Locale, options: Json) -> CellReader:
    """Return what renders the value of a cell."""
    render = options.get("valueRenderOption", "FORMATTED_VALUE")
    as_text = options.get("dateTimeRenderOption", "SERIAL_NUMBER") == "FORMATTED_STRING"
    if render == "UNFORMATTED_VALUE" and not as_text:
        return lambda cell, value: value if type(value) is str else _rendered(cell, value, render, False, locale)
    return lambda cell, value: _rendered(cell, value, render, as_text, locale)


def _rendered(cell: Cell, value: Value, render: str, dates_as_text: bool, locale: Locale) -> Any:
    if render == "FORMULA":
        value = cell.value if cell.value is not None else value
        if isinstance(value, Formula):
            return str(value)
    if render == "FORMATTED_VALUE" or isinstance(value, SheetError) or (dates_as_text and _is_date(cell, value)):
        return shown(cell, value, locale)
    return _plain(value) if isinstance(value, float) else value


def _is_date(cell: Cell, value: Value) -> bool:
    form = number_format(cell)
    if form is None or isinstance(value, (str, bool)):
        return False
    return form.get("type") in ("DATE", "TIME", "DATE_TIME") or is_date_pattern(form.get("pattern", ""))


def _trimmed_row(row: list[Any]) -> list[Any]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return ["" if value is None else value for value in row[:end]]


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    end = len(rows)
    while end and not rows[end - 1]:
        end -= 1
    return rows[:end]
