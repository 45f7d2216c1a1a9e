"""An .xlsx file loaded as the spreadsheet that Drive would make of it, as far as campaigns need."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_server import xlsx_cells
from tests.sheets_server.addresses import Rect, grid_range
from tests.sheets_server.model import EMPTY, Book, Json, Row, Sheet, new_book

CUSTOM = 164  # the first number of a format that a workbook defines


def load(path: Path, locale: str, time_zone: str) -> Book:
    """Return the workbook of an .xlsx: values, formulas, number formats, notes, merges, frozen panes, drop-downs."""
    book = new_book("", path.stem, "", locale, time_zone)
    with zipfile.ZipFile(path) as archive:
        reader = _opened(archive)
        package = xlsx_cells.Package(reader.shared_strings, _formats(reader.wb))
        parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
        book.sheets = [
            _sheet(number, source, archive.read(parts[source.title]), package)
            for number, source in enumerate(reader.wb.worksheets)
        ]
    return book


def _opened(archive: zipfile.ZipFile) -> ExcelReader:
    """Return what openpyxl reads of a file whose tabs have no cells."""
    bare = io.BytesIO()
    with zipfile.ZipFile(bare, "w") as target:
        for name in archive.namelist():
            data = archive.read(name)
            target.writestr(name, _without_cells(data) if "worksheets/" in name else data)
    reader = ExcelReader(bare)
    reader.read()
    return reader


def _without_cells(xml: bytes) -> bytes:
    start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    return xml if start < 0 else xml[:start] + b"<sheetData>" + xml[end:]


def _formats(workbook: Workbook) -> list[Json | None]:
    """Return the format that each style of a workbook gives to a cell."""
    patterns = [
        workbook._number_formats[style.numFmtId - CUSTOM]
        if style.numFmtId >= CUSTOM
        else BUILTIN_FORMATS.get(style.numFmtId, "General")
        for style in workbook._cell_styles
    ]
    return [_format(pattern) for pattern in patterns]


def _format(pattern: str) -> Json | None:
    if pattern == "General":
        return None
    if pattern == "@":
        return {"numberFormat": {"type": "TEXT", "pattern": "@"}}
    kind = "NUMBER"
    if is_date_format(pattern):
        kind = "DATE_TIME" if "h" in pattern.lower() else "DATE"
    elif "%" in pattern:
        kind = "PERCENT"
    elif any(sign in pattern for sign in "€$£"):
        kind = "CURRENCY"
    return {"numberFormat": {"type": kind, "pattern": pattern}}


def _sheet(number: int, source: Worksheet, xml: bytes, package: xlsx_cells.Package) -> Sheet:
    sheet = Sheet(number, source.title)
    if source.sheet_state != "visible":
        sheet.properties["hidden"] = True
    for row, line in xlsx_cells.rows(xml, package):
        sheet.cells += [Row() for _ in range(row - len(sheet.cells))]
        sheet.cells.append(line)
    sheet.rows = max(sheet.rows, len(sheet.cells), source.max_row)
    sheet.columns = max([sheet.columns, source.max_column, *(max(line) + 1 for line in sheet.cells if line)])
    _dress(sheet, source)
    return sheet


def _dress(sheet: Sheet, source: Worksheet) -> None:
    for merge in source.merged_cells.ranges:
        area = Rect(merge.min_row - 1, merge.max_row, merge.min_col - 1, merge.max_col)
        sheet.merges.append(grid_range(sheet.id, area))
        for r, c, _ in list(sheet.filled(area))[sheet.cell(area.top, area.left) is not EMPTY :]:
            sheet.put(r, c, EMPTY)  # hidden under the merge
    for noted in source._cells.values():
        if getattr(noted, "comment", None):
            r, c = noted.row - 1, noted.column - 1
            sheet.put(r, c, replace(sheet.cell(r, c), note=noted.comment.text))
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
                sheet.put(r, c, replace(sheet.cell(r, c), validation=rule))
