"""Google's JSON, as short as a test needs it."""

from __future__ import annotations

import io

import openpyxl

from eig_sheets.features.copies.google_reading import read_book
from eig_sheets.spreadsheet.new_xlsx.writing import xlsx_file
from tests.spreadsheet.xlsx.package_check import problems


def shown(value):
    """A CellData that shows a value."""
    kind = {bool: "boolValue", str: "stringValue"}.get(type(value), "numberValue")
    return {"effectiveValue": {kind: value}}


def dated(serial, kind="DATE", pattern="dd/mm/yyyy"):
    """A number that is shown as a date."""
    return shown(serial) | {"effectiveFormat": {"numberFormat": {"type": kind, "pattern": pattern}}}


def tab(rows, title="Onglet", sheet_id=1, **more):
    """A Sheet of those rows of CellData; `more` are its other fields."""
    properties = {"sheetId": sheet_id, "title": title} | more.pop("properties", {})
    grid = {"rowCount": more.pop("row_count", 1000), "columnCount": 26} | properties.get("gridProperties", {})
    data = {"rowData": [{"values": row} for row in rows]} | more.pop("data", {})
    return {"properties": properties | {"gridProperties": grid}, "data": [data], **more}


def book(*tabs, theme=()):
    """What spreadsheets.get answers."""
    colours = [{"colorType": name, "color": {"rgbColor": rgb}} for name, rgb in theme]
    return {"properties": {"spreadsheetTheme": {"themeColors": colours}}, "sheets": list(tabs)}


def copied(*tabs, theme=()) -> bytes:
    """The .xlsx of that answer."""
    return xlsx_file(read_book(book(*tabs, theme=theme), "copie – textes longs.txt").book)


def first_sheet(*tabs, theme=()):
    """The first tab of the copy, which Excel would open without a repair."""
    data = copied(*tabs, theme=theme)
    assert problems(data) == []
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
