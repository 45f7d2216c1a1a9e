"""An .xlsx file loaded as the spreadsheet that Drive would make of it, as far as campaigns need."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_server.addresses import Rect, grid_range
from tests.sheets_server.locales import ERRORS
from tests.sheets_server.model import Book, Cell, Formula, Json, Sheet, SheetError, Value, new_book
from tests.sheets_server.serials import to_serial

ERROR_KINDS = {shown: kind for kind, shown in ERRORS.items()}


def load(path: Path, locale: str, time_zone: str) -> Book:
    """Return the workbook of an .xlsx: values, formulas, number formats, notes, merges, frozen panes, drop-downs."""
    book = new_book("", path.stem, "", locale, time_zone)
    book.sheets = []
    for number, source in enumerate(openpyxl.load_workbook(path).worksheets):
        sheet = Sheet(number, source.title, max(1000, source.max_row), max(26, source.max_column))
        book.sheets.append(sheet)
        if source.sheet_state != "visible":
            sheet.properties["hidden"] = True
        _fill(sheet, source)
        _dress(sheet, source)
    return book


def _fill(sheet: Sheet, source: Worksheet) -> None:
    for row in source.iter_rows():
        for cell in row:
            if not isinstance(cell, XlsxCell):
                continue  # inside a merge
            note = cell.comment.text if cell.comment else None
            value, form = _read(cell)
            if value is not None or note:
                sheet.put(cell.row - 1, cell.column - 1, Cell(value, form, note))


def _read(cell: XlsxCell) -> tuple[Value, Json | None]:
    value: Any = cell.value
    if value is None or value == "":
        return None, None
    if cell.data_type == "e":
        return SheetError(ERROR_KINDS.get(value, "ERROR")), None
    if cell.data_type == "f":
        text = getattr(value, "text", value)
        return Formula(text if text.startswith("=") else "=" + text), _format(cell)
    return _serial(value), _format(cell)


def _serial(value: Any) -> Value:
    if isinstance(value, datetime):
        return to_serial(value.replace(tzinfo=None))
    if isinstance(value, date):
        return to_serial(datetime(value.year, value.month, value.day))
    if isinstance(value, time):
        return (datetime.combine(date.min, value) - datetime.min) / timedelta(days=1)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    known: Value = value
    return known


def _format(cell: XlsxCell) -> Json | None:
    pattern = cell.number_format
    if pattern in ("General", None):
        return None
    if pattern == "@":
        return {"numberFormat": {"type": "TEXT", "pattern": "@"}}
    kind = "NUMBER"
    if cell.is_date:
        kind = "DATE_TIME" if "h" in pattern.lower() else "DATE"
    elif "%" in pattern:
        kind = "PERCENT"
    elif any(sign in pattern for sign in "€$£"):
        kind = "CURRENCY"
    return {"numberFormat": {"type": kind, "pattern": pattern}}


def _dress(sheet: Sheet, source: Worksheet) -> None:
    for merge in source.merged_cells.ranges:
        sheet.merges.append(
            grid_range(sheet.id, Rect(merge.min_row - 1, merge.max_row, merge.min_col - 1, merge.max_col))
        )
    pane = source.freeze_panes
    if pane:
        left, top, _, _ = range_boundaries(pane)
        frozen = {"frozenRowCount": (top or 1) - 1, "frozenColumnCount": (left or 1) - 1}
        sheet.grid |= {key: count for key, count in frozen.items() if count}
    for rule in source.data_validations.dataValidation:
        if rule.type == "list" and rule.formula1 and rule.formula1.startswith('"'):
            _drop_down(sheet, [str(area) for area in rule.sqref.ranges], rule.formula1.strip('"').split(","))


def _drop_down(sheet: Sheet, areas: list[str], choices: list[str]) -> None:
    values = [{"userEnteredValue": choice.strip()} for choice in choices]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True}
    for area in areas:
        left, top, right, bottom = range_boundaries(area)
        for r in range((top or 1) - 1, min(bottom or sheet.rows, sheet.rows)):
            for c in range((left or 1) - 1, right or sheet.columns):
                old = sheet.cell(r, c)
                sheet.put(r, c, Cell(old.value, old.format, old.note, rule))
