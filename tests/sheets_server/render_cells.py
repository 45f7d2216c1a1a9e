"""Cells as JSON: CellData, GridData and the rows of a ValueRange."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.sheets_server import metadata
from tests.sheets_server.addresses import Rect
from tests.sheets_server.defaults import COLUMN_PIXELS, FORMAT, ROW_PIXELS
from tests.sheets_server.formatting import default_pattern, display, is_date_pattern
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.locales import Locale
from tests.sheets_server.masks import Mask, below, project, wants
from tests.sheets_server.model import EMPTY, Book, Cell, Formula, Json, Sheet, SheetError, Value

LINK = re.compile(r'=\s*(?:HYPERLINK|LIEN_HYPERTEXTE)\s*\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)


def extended(value: Value) -> Json:
    """Return a value as an ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, (int, float)):
        return {"numberValue": value}
    if isinstance(value, SheetError):
        return {"errorValue": {"type": value.type, **({"message": value.message} if value.message else {})}}
    return {"formulaValue" if isinstance(value, Formula) else "stringValue": value}


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
CellReader = Callable[[Cell, Value], Json]


def cell_reader(mask: Mask, locale: Locale) -> CellReader:
    """Return what makes a CellData of a cell and its effective value: only what the mask asks for is worked out."""
    wanted = [(name, make, below(mask, name)) for name, make in MAKERS.items() if wants(mask, name)]

    def read(cell: Cell, value: Value) -> Json:
        out = {}
        for name, make, rest in wanted:
            made = make(cell, value, locale)
            if made is not None:
                out[name] = project(rest, made) if rest else made
        return out

    return read


def grid_data(book: Book, values: Calculation, sheet: Sheet, area: Rect, mask: Mask) -> Json:
    """Return what a mask keeps of the GridData of an area: rows and cells down to the last that holds something."""
    out: Json = {}
    for key, start in (("startRow", area.top), ("startColumn", area.left)):
        if start and wants(mask, key):
            out[key] = start
    if wants(mask, "rowData"):
        rows = _row_data(values, sheet, area, below(below(mask, "rowData"), "values"))
        if rows:
            out["rowData"] = rows if wants(below(mask, "rowData"), "values") else [{} for _ in rows]
    for name, key in (("ROWS", "rowMetadata"), ("COLUMNS", "columnMetadata")):
        if wants(mask, key):
            start, end = (area.top, area.bottom) if name == "ROWS" else (area.left, area.right)
            out[key] = project(below(mask, key), list(_dimension_data(book, sheet, name, start, end)))
    return out


def _row_data(values: Calculation, sheet: Sheet, area: Rect, mask: Mask) -> list[Json]:
    locale = values.settings.locale
    last = min(area.bottom, values.last_row(sheet))
    window = Rect(area.top, max(last, area.top), area.left, area.right)
    computed = wants(mask, "effectiveValue") or wants(mask, "formattedValue") or wants(mask, "effectiveFormat")
    effective = values.rows(sheet, window) if computed else [_none(window)] * window.height
    read, out = cell_reader(mask, locale), []
    for r, line in enumerate(effective, window.top):
        cells = sheet.cells[r] if r < len(sheet.cells) else {}
        width = _width(cells, values.spilled[sheet.id], r, area, line)
        row = [read(cells.get(c, EMPTY), line[c - area.left]) for c in range(area.left, area.left + width)]
        out.append({"values": row} if row else {})
    while out and not out[-1]:
        out.pop()
    return out


def _none(window: Rect) -> list[Value]:
    return [None] * window.width


def _width(
    cells: dict[int, Cell], spilled: dict[tuple[int, int], Value], row: int, area: Rect, line: list[Value]
) -> int:
    last = max((c for c in cells if area.left <= c < area.right), default=area.left - 1)
    if spilled:
        last = max((c for c in range(last + 1, area.right) if (row, c) in spilled), default=last)
    return max(last - area.left + 1, max((i + 1 for i, v in enumerate(line) if v is not None), default=0))


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
    render = options.get("valueRenderOption", "FORMATTED_VALUE")
    as_text = options.get("dateTimeRenderOption", "SERIAL_NUMBER") == "FORMATTED_STRING"
    window = Rect(area.top, max(area.top, min(area.bottom, values.last_row(sheet))), area.left, area.right)
    locale = values.settings.locale
    out = []
    for r, line in enumerate(values.rows(sheet, window), window.top):
        cells = sheet.cells[r] if r < len(sheet.cells) else {}
        row = []
        for c, value in enumerate(line, window.left):
            cell = cells.get(c, EMPTY)
            row.append(None if value is None else _rendered(cell, value, render, as_text, locale))
        out.append(row)
    if options.get("majorDimension") == "COLUMNS":
        out = [list(column) for column in zip(*out, strict=True)]
    return _trimmed([_trimmed_row(row) for row in out])


def _rendered(cell: Cell, value: Value, render: str, dates_as_text: bool, locale: Locale) -> Any:
    if render == "FORMULA":
        value = cell.value if cell.value is not None else value
        if isinstance(value, Formula):
            return str(value)
    if render == "FORMATTED_VALUE" or isinstance(value, SheetError) or (dates_as_text and _is_date(cell, value)):
        return shown(cell, value, locale)
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


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
