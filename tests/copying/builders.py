"""Google's JSON, as short as a test needs it."""

from __future__ import annotations

from eig_sheets.copying.reading import described
from eig_sheets.copying.writing import file_of


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
    return file_of(described(book(*tabs, theme=theme), "copie – textes longs.txt"))
