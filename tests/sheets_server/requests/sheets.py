"""Tabs and the workbook: add, delete, duplicate, properties."""

from __future__ import annotations

import copy
import re
from zoneinfo import available_timezones

from tests.sheets_server import structure
from tests.sheets_server.errors import invalid, unimplemented
from tests.sheets_server.formulas.tokens import Reference
from tests.sheets_server.jsons import is_place, with_styles
from tests.sheets_server.masks import merge
from tests.sheets_server.model import Book, Json, Sheet
from tests.sheets_server.render_book import properties, sheet_properties
from tests.sheets_server.requests.registry import Batch, fields, handles

GRID_KEYS = (
    "frozenRowCount", "frozenColumnCount", "hideGridlines", "rowGroupControlAfter", "columnGroupControlAfter",
)  # fmt: skip
OWN_KEYS = ("hidden", "tabColor", "tabColorStyle", "rightToLeft")


def require_title(book: Book, title: str, but: Sheet | None = None) -> str:
    """Return a tab's title, or refuse one that is empty, too long or taken."""
    if not title:
        raise invalid("Sheet name cannot be empty.")
    if len(title) > 100:
        raise invalid("Sheet name cannot be longer than 100 characters.")
    for sheet in book.sheets:
        if sheet is not but and sheet.title.casefold() == title.casefold():
            raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')
    return title


def _next_title(book: Book) -> str:
    word = "Feuille " if book.locale.startswith("fr") else "Sheet"
    taken = {sheet.title.casefold() for sheet in book.sheets}
    number = len(book.sheets) + 1
    while f"{word}{number}".casefold() in taken:
        number += 1
    return f"{word}{number}"


@handles("addSheet")
def add_sheet(batch: Batch, body: Json) -> Json:
    book, given = batch.book, body.get("properties", {})
    if given.get("sheetType", "GRID") != "GRID":
        raise unimplemented(f"addSheet of type {given['sheetType']}")
    sheet_id = given.get("sheetId")
    if sheet_id is None:
        sheet_id = book.free_id()
    elif any(sheet.id == sheet_id for sheet in book.sheets):
        raise invalid(f"Sheet with id {sheet_id} already exists.")
    elif sheet_id < 0:
        raise invalid("sheetId must be non-negative.")
    sheet = Sheet(sheet_id, require_title(book, given["title"]) if "title" in given else _next_title(book))
    _set_properties(sheet, with_styles(given))
    book.sheets.insert(_index(given.get("index"), len(book.sheets)), sheet)
    book.require_room()
    return {"properties": sheet_properties(book, sheet)}


def _index(wanted: int | None, count: int) -> int:
    if wanted is None:
        return count
    if not 0 <= wanted <= count:
        raise invalid(f"The index must be between 0 and {count}.")
    return wanted


def _set_properties(sheet: Sheet, given: Json) -> None:
    grid = given.get("gridProperties", {})
    _resize(sheet, grid.get("rowCount", sheet.rows), grid.get("columnCount", sheet.columns))
    sheet.grid = {key: grid[key] for key in GRID_KEYS if grid.get(key)}
    sheet.properties = {key: given[key] for key in OWN_KEYS if given.get(key) is not None and given[key] is not False}
    _check_frozen(sheet)


def _resize(sheet: Sheet, rows: int, columns: int) -> None:
    if rows < 1 or columns < 1:
        raise invalid("gridProperties.rowCount and gridProperties.columnCount must be greater than zero.")
    sheet.rows, sheet.columns = rows, columns


def _check_frozen(sheet: Sheet) -> None:
    for key, size, word in (("frozenRowCount", sheet.rows, "rows"), ("frozenColumnCount", sheet.columns, "columns")):
        if sheet.grid.get(key, 0) >= size:
            raise invalid(f"You can't freeze all visible {word} on the sheet.")


@handles("updateSheetProperties")
def update_sheet_properties(batch: Batch, body: Json) -> None:
    book, given, mask = batch.book, with_styles(body.get("properties", {})), fields(body, "SheetProperties")
    sheet = book.sheet(given.get("sheetId", 0))
    batch.writer.require_sheet(book, sheet)
    old = sheet_properties(book, sheet)
    new = merge(mask, old, given)
    grid = new.get("gridProperties", {})
    _shrink_or_grow(batch, sheet, grid.get("rowCount", 0), grid.get("columnCount", 0))
    _rename(book, sheet, require_title(book, new.get("title", ""), sheet))
    _set_properties(sheet, new)
    book.require_room()
    if all(other.properties.get("hidden") for other in book.sheets):
        raise invalid("You can't hide all the sheets in a document.")
    if "index" in mask or "*" in mask:
        _move(book, sheet, new.get("index", 0))


def _move(book: Book, sheet: Sheet, index: int) -> None:
    """Move a tab; the index counts from before the move, so that moving right lands before the tab that is there."""
    old = book.index(sheet)
    place = _index(index, len(book.sheets))
    book.sheets.pop(old)
    book.sheets.insert(place - 1 if place > old else place, sheet)


def _shrink_or_grow(batch: Batch, sheet: Sheet, rows: int, columns: int) -> None:
    """Resize a grid; what stands outside the new one is lost, with what refers to it."""
    for name, size in (("ROWS", rows), ("COLUMNS", columns)):
        if size < 1:
            raise invalid(f"The {name.lower()} count must be at least 1.")
        old = sheet.dimension(name)
        if size < old:
            structure.delete_cells(sheet, name, size, old)
            structure.apply(batch.book, sheet, structure.deleted(name, size, old))
    _resize(sheet, rows, columns)


def _rename(book: Book, sheet: Sheet, title: str) -> None:
    """Rename a tab; formulas that name it follow."""
    old = sheet.title
    if old == title:
        return

    def follow(reference: Reference) -> Reference:
        same = reference.sheet is not None and reference.sheet.casefold() == old.casefold()
        return Reference(title, reference.first, reference.last) if same else reference

    sheet.title = title
    for other in book.sheets:
        structure.rewrite_formulas(other, follow)


@handles("deleteSheet")
def delete_sheet(batch: Batch, body: Json) -> None:
    book = batch.book
    sheet = book.sheet(body.get("sheetId", 0))
    if len([other for other in book.sheets if not other.properties.get("hidden") or other is sheet]) == 1:
        raise invalid("You can't remove all the visible sheets in a document.")
    batch.writer.require(book, sheet, sheet.extent)
    batch.writer.require_sheet(book, sheet)
    book.sheets.remove(sheet)
    book.named_ranges = [item for item in book.named_ranges if item["range"]["sheetId"] != sheet.id]
    book.metadata = [item for item in book.metadata if not _lies_on(item["location"], sheet.id)]

    def follow(reference: Reference) -> Reference | None:
        gone = reference.sheet is not None and reference.sheet.casefold() == sheet.title.casefold()
        return None if gone else reference

    for other in book.sheets:
        structure.rewrite_formulas(other, follow)


def _lies_on(location: Json, sheet_id: int) -> bool:
    return sheet_id in (location.get("sheetId"), location.get("dimensionRange", {}).get("sheetId"))


@handles("duplicateSheet")
def duplicate_sheet(batch: Batch, body: Json) -> Json:
    book = batch.book
    source = book.sheet(body.get("sourceSheetId", 0))
    sheet_id = body.get("newSheetId") or book.free_id()
    if any(sheet.id == sheet_id for sheet in book.sheets):
        raise invalid(f"Sheet with id {sheet_id} already exists.")
    title = require_title(book, body["newSheetName"]) if "newSheetName" in body else _copy_title(book, source.title)
    sheet = copied_to(book, source, sheet_id, title)
    book.sheets.insert(_index(body.get("insertSheetIndex", 0), len(book.sheets)), sheet)
    book.require_room()
    return {"properties": sheet_properties(book, sheet)}


def copied_to(book: Book, source: Sheet, sheet_id: int, title: str) -> Sheet:
    """Return a copy of a tab, of any workbook, that belongs to this one: its objects have ids of their own."""
    sheet = source.copy()
    sheet.id, sheet.title = sheet_id, title
    for name in structure.LISTS:
        setattr(sheet, name, [_rebound(book, item, source.id, sheet_id) for item in getattr(sheet, name)])
    if sheet.basic_filter:
        sheet.basic_filter = _rebound(book, sheet.basic_filter, source.id, sheet_id)
    return sheet


def _rebound(book: Book, node: Json, old: int, new: int) -> Json:
    if is_place(node):
        return node | {"sheetId": new} if node["sheetId"] == old else node
    out: Json = {}
    for key, value in node.items():
        if isinstance(value, dict):
            out[key] = _rebound(book, value, old, new)
        elif isinstance(value, list):
            out[key] = [_rebound(book, item, old, new) if isinstance(item, dict) else item for item in value]
        else:
            out[key] = book.free_id() if key in OWN_IDS else value
    return out


OWN_IDS = {"protectedRangeId", "filterViewId", "bandedRangeId", "chartId", "slicerId"}


def _copy_title(book: Book, title: str) -> str:
    word = "Copie de " if book.locale.startswith("fr") else "Copy of "
    wanted, number = word + title, 2
    while book.titled(wanted):
        wanted, number = f"{word}{title} {number}", number + 1
    return wanted


@handles("updateSpreadsheetProperties")
def update_spreadsheet_properties(batch: Batch, body: Json) -> None:
    book, given, mask = batch.book, body.get("properties", {}), fields(body, "SpreadsheetProperties")
    new = merge(mask, properties(book), copy.deepcopy(with_styles(given)))
    if not new.get("title"):
        raise invalid("The title cannot be empty.")
    if new.get("timeZone") not in available_timezones():
        raise invalid(f"Invalid time zone: {new.get('timeZone')}")
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", new.get("locale", "")):
        raise invalid(f"Unsupported locale: {new.get('locale')}")
    known = {"title", "locale", "timeZone"}
    book.title, book.locale, book.time_zone = new["title"], new.get("locale", "en_US"), new.get("timeZone", "Etc/GMT")
    changed = {key: value for key, value in new.items() if key not in known and value != properties(book).get(key)}
    book.properties |= changed
