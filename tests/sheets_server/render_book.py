"""A workbook as the JSON of spreadsheets.get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sheets_server import native_tables, protection
from tests.sheets_server.defaults import FORMAT, THEME
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.jsons import answered, compact
from tests.sheets_server.masks import EVERYTHING, Mask, below, project, wants
from tests.sheets_server.model import Book, Json, Sheet
from tests.sheets_server.ranges import Area
from tests.sheets_server.render_cells import grid_data


def spreadsheet(
    book: Book, user: str, mask: Mask = EVERYTHING, grid: bool = False, areas: list[Area] | None = None
) -> Json:
    """Return a Spreadsheet; cells are in it when asked for or named by the mask, `areas` limits the tabs shown."""
    with_cells = wants(mask, "sheets", "data") if mask else grid
    makers: dict[str, Callable[[], Any]] = {
        "spreadsheetId": lambda: book.id,
        "properties": lambda: properties(book),
        "sheets": lambda: _sheets(book, user, below(mask, "sheets"), with_cells, areas),
        "namedRanges": lambda: book.named_ranges,
        "spreadsheetUrl": lambda: f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
        "developerMetadata": lambda: [m for m in book.metadata if "spreadsheet" in m["location"]],
    }
    out = {name: make() for name, make in makers.items() if wants(mask, name)}
    return {
        name: made if name == "sheets" else project(below(mask, name), answered(made))
        for name, made in _without_empty_lists(out).items()
    }


def properties(book: Book) -> Json:
    """Return the SpreadsheetProperties."""
    out = {"title": book.title, "locale": book.locale, "autoRecalc": "ON_CHANGE", "timeZone": book.time_zone}
    return out | {"defaultFormat": FORMAT, "spreadsheetTheme": THEME} | book.properties


def sheet_properties(book: Book, sheet: Sheet) -> Json:
    """Return the SheetProperties; unlike those of ranges, this sheetId is written even when zero."""
    return {
        "sheetId": sheet.id,
        "title": sheet.title,
        "index": book.index(sheet),
        "sheetType": "GRID",
        "gridProperties": {"rowCount": sheet.rows, "columnCount": sheet.columns, **compact(sheet.grid)},
        **compact(sheet.properties),
    }


def _sheets(book: Book, user: str, mask: Mask, with_cells: bool, areas: list[Area] | None) -> list[Json]:
    out = []
    for sheet in book.sheets:
        mine = None if areas is None else [area.rect for area in areas if area.sheet is sheet]
        if mine != []:
            rects = [sheet.extent] if mine is None else mine
            shown: Json = project(mask, answered(_sheet(book, sheet, user)))
            if with_cells:
                values, cells = calculation(book), below(mask, "data")
                shown["data"] = [grid_data(book, values, sheet, rect, cells) for rect in rects]
            out.append(shown)
    return out


def _sheet(book: Book, sheet: Sheet, user: str) -> Json:
    out = {
        "properties": sheet_properties(book, sheet),
        "merges": sheet.merges,
        "conditionalFormats": sheet.conditional,
        "filterViews": sheet.filter_views,
        "protectedRanges": [protection.shown(book, item, user) for item in sheet.protected],
        "basicFilter": sheet.basic_filter or [],
        "charts": sheet.charts,
        "bandedRanges": sheet.banding,
        "developerMetadata": [m for m in book.metadata if m["location"].get("sheetId") == sheet.id],
        "rowGroups": sheet.row_groups,
        "columnGroups": sheet.column_groups,
        "slicers": sheet.slicers,
        "tables": [native_tables.shown(book, sheet, table) for table in sheet.tables],
    }
    return _without_empty_lists(out)


def _without_empty_lists(node: Json) -> Json:
    return {key: value for key, value in node.items() if value != []}
