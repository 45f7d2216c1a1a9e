"""Values changed in bulk: findReplace, textToColumns, trimWhitespace, deleteDuplicates, pasteData."""

from __future__ import annotations

import re

from tests.sheets_server import typed
from tests.sheets_server.addresses import Rect, Span
from tests.sheets_server.errors import invalid, unimplemented
from tests.sheets_server.formulas.calculation import calculation, local_now
from tests.sheets_server.formulas.values import rank
from tests.sheets_server.locales import locale
from tests.sheets_server.model import EMPTY, Formula, Json, Sheet
from tests.sheets_server.ranges import Area
from tests.sheets_server.render_cells import shown
from tests.sheets_server.requests.cells import require_inside
from tests.sheets_server.requests.registry import Batch, handles
from tests.sheets_server.writing import type_in


@handles("findReplace")
def find_replace(batch: Batch, body: Json) -> Json:
    pattern = _pattern(body)
    with_text = body.get("replacement", "") if body.get("searchByRegex") else _literal(body.get("replacement", ""))
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "sheetsChanged": 0, "occurrencesChanged": 0}
    today = local_now(batch.book).date()
    for place in _scope(batch, body):
        rows = set()
        for r, c, cell in list(place.sheet.filled(place.rect)):
            is_formula = isinstance(cell.value, Formula)
            if cell.value is None or (is_formula and not body.get("includeFormulas")):
                continue
            text = str(cell.value) if is_formula else shown(cell, cell.value, locale(batch.book.locale))
            new, found = pattern.subn(with_text, text)
            if not found:
                continue
            batch.writer.require(batch.book, place.sheet, Rect(r, r + 1, c, c + 1))
            entry = typed.read(new, locale(batch.book.locale), today)
            place.sheet.put(r, c, cell.with_value(entry.value))
            counts["formulasChanged" if is_formula else "valuesChanged"] += 1
            counts["occurrencesChanged"] += found
            rows.add(r)
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    return {key: value for key, value in counts.items() if value}


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\")


def _pattern(body: Json) -> re.Pattern[str]:
    find = body.get("find", "")
    if not find:
        raise invalid("'find' must not be empty.")
    text = find if body.get("searchByRegex") else re.escape(find)
    whole = rf"\A(?:{text})\Z" if body.get("matchEntireCell") else text
    try:
        return re.compile(whole, 0 if body.get("matchCase") else re.IGNORECASE)
    except re.error:
        raise invalid(f"'{find}' is not a valid regular expression.") from None


def _scope(batch: Batch, body: Json) -> list[Area]:
    if body.get("allSheets"):
        return [Area(sheet, sheet.extent, Span()) for sheet in batch.book.sheets]
    if "range" in body:
        return [batch.area(body["range"])]
    return [batch.area({"sheetId": body.get("sheetId", 0)})]


DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " ", "AUTODETECT": ""}


@handles("textToColumns")
def text_to_columns(batch: Batch, body: Json) -> None:
    sheet, rect, _ = batch.writable(body.get("source", {}))
    if rect.width != 1:
        raise invalid("The source range must be a single column.")
    kind = body.get("delimiterType", "AUTODETECT")
    delimiter = body.get("delimiter", "") if kind == "CUSTOM" else DELIMITERS.get(kind, "")
    for r, c, cell in list(sheet.filled(rect)):
        if not isinstance(cell.value, str) or isinstance(cell.value, Formula):
            continue
        mark = delimiter or next((d for d in ",;\t|" if d in cell.value), ",")
        parts = cell.value.split(mark)
        while sheet.columns < c + len(parts):
            sheet.columns += 1
        batch.writer.require(batch.book, sheet, Rect(r, r + 1, c, c + len(parts)))
        for i, part in enumerate(parts):
            type_in(batch.book, sheet, r, c + i, part.strip())
    batch.book.require_room()


@handles("trimWhitespace")
def trim_whitespace(batch: Batch, body: Json) -> Json:
    sheet, rect, _ = batch.writable(body.get("range", {}))
    changed = 0
    for r, c, cell in list(sheet.filled(rect)):
        if isinstance(cell.value, str) and not isinstance(cell.value, Formula):
            new = " ".join(part for part in cell.value.split(" ") if part)
            if new != cell.value:
                sheet.put(r, c, cell.with_value(new or None))
                changed += 1
    return {"cellsChangedCount": changed} if changed else {}


@handles("deleteDuplicates")
def delete_duplicates(batch: Batch, body: Json) -> Json:
    """Keep the first of equal rows; those below move up inside the range."""
    sheet, rect, _ = batch.writable(body.get("range", {}))
    compared = body.get("comparisonColumns", [])
    columns = {c for given in compared for c in range(given.get("startIndex", 0), given.get("endIndex", sheet.columns))}
    batch.book.values = None
    seen, kept = set(), []
    for r, line in enumerate(calculation(batch.book).rows(sheet, rect), rect.top):
        key = tuple(rank(v) for c, v in enumerate(line, rect.left) if not columns or c in columns)
        if key not in seen:
            kept.append([sheet.cell(r, c) for c in range(rect.left, rect.right)])
        seen.add(key)
    batch.book.values = None
    removed = rect.height - len(kept)
    for i in range(rect.height):
        for j in range(rect.width):
            sheet.put(rect.top + i, rect.left + j, kept[i][j] if i < len(kept) else EMPTY)
    return {"duplicatesRemovedCount": removed} if removed else {}


@handles("pasteData")
def paste_data(batch: Batch, body: Json) -> None:
    """Paste text with delimiters, each piece as if someone typed it."""
    if body.get("html"):
        raise unimplemented("pasteData of HTML")
    at = body.get("coordinate", {})
    sheet, top, left = batch.sheet(at.get("sheetId", 0)), at.get("rowIndex", 0), at.get("columnIndex", 0)
    delimiter = body.get("delimiter") or "\t"
    rows = [line.split(delimiter) for line in body.get("data", "").splitlines()]
    _paste_rows(batch, sheet, top, left, rows)


def _paste_rows(batch: Batch, sheet: Sheet, top: int, left: int, rows: list[list[str]]) -> None:
    width = max((len(row) for row in rows), default=0)
    sheet.rows, sheet.columns = max(sheet.rows, top + len(rows)), max(sheet.columns, left + width)
    require_inside(sheet, top, left, top + len(rows), left + width)
    batch.book.require_room()
    batch.writer.require(batch.book, sheet, Rect(top, top + len(rows), left, left + width))
    for r, row in enumerate(rows, top):
        for c, text in enumerate(row, left):
            type_in(batch.book, sheet, r, c, text)
