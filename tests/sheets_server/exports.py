"""Files that a spreadsheet is exported to and made from: CSV, TSV, .xlsx."""

from __future__ import annotations

import csv
import io

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets_server.errors import unimplemented
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.model import EMPTY, Book, Formula, Sheet, SheetError
from tests.sheets_server.render_values import value_rows
from tests.sheets_server.writing import typist

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}
MADE_BY_DRIVE = "America/Los_Angeles"  # time zone that Drive was seen to give to what it converts


def exported(book: Book, kind: str) -> bytes:
    """Return a spreadsheet as a file; as CSV and TSV only its first tab, as it shows."""
    if kind in DELIMITERS:
        return _delimited(book, DELIMITERS[kind])
    if kind == XLSX:
        return _xlsx(book)
    raise unimplemented(f"the export to {kind}")


def _delimited(book: Book, delimiter: str) -> bytes:
    rows = value_rows(calculation(book), book.sheets[0], book.sheets[0].extent, {})
    width = max((len(row) for row in rows), default=0)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(
        row + [""] * (width - len(row)) for row in rows
    )
    return out.getvalue().removesuffix("\r\n").encode()


def _xlsx(book: Book) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        _fill(book, sheet, workbook.create_sheet(sheet.title))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _fill(book: Book, sheet: Sheet, target: Worksheet) -> None:
    values = calculation(book)
    for r, c, cell in sheet.filled(sheet.extent):
        value = cell.value if isinstance(cell.value, Formula) else values.value(sheet, r, c)
        made = target.cell(r + 1, c + 1)
        made.value = values.settings.locale.errors[value.type] if isinstance(value, SheetError) else value
        if isinstance(value, str) and not isinstance(value, Formula):
            made.data_type = "s"
        pattern = (cell.format or {}).get("numberFormat", {}).get("pattern")
        if pattern:
            made.number_format = pattern


def from_csv(book: Book, text: str) -> Book:
    """Return what Drive makes of a CSV: the same file, one new tab, its values as if typed."""
    new = book.copy()
    sheet = Sheet(new.free_id(), new.title)
    new.sheets, new.named_ranges, new.metadata, new.time_zone = [sheet], [], [], MADE_BY_DRIVE
    rows = list(csv.reader(io.StringIO(text)))
    sheet.rows = max(sheet.rows, len(rows))
    sheet.columns = max([sheet.columns, *(len(row) for row in rows)])
    make = typist(new)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.put(r, c, make(EMPTY, value))
    return new
