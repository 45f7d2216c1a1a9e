"""Developer metadata: where it lies, and how it is looked up."""

from __future__ import annotations

from tests.sheets_server.errors import invalid
from tests.sheets_server.model import Book, Json


def located(book: Book, location: Json) -> Json:
    """Return a location with its type worked out; one that names no place or two is refused."""
    kinds = [key for key in ("spreadsheet", "sheetId", "dimensionRange") if key in location]
    if len(kinds) != 1:
        raise invalid("Developer metadata must have exactly one location.")
    if kinds == ["spreadsheet"]:
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if kinds == ["sheetId"]:
        return {"locationType": "SHEET", "sheetId": book.sheet(location["sheetId"]).id}
    return _dimension(book, location["dimensionRange"])


def _dimension(book: Book, given: Json) -> Json:
    sheet = book.sheet(given.get("sheetId", 0))
    name, start, end = given.get("dimension", "ROWS"), given.get("startIndex", 0), given.get("endIndex")
    if end is None or end - start != 1:
        raise invalid("Developer metadata can only be associated with a single row or column.")
    if end > sheet.dimension(name):
        raise invalid(f"Developer metadata location is outside the grid of sheet {sheet.id}.")
    dimension = {"sheetId": sheet.id, "dimension": name, "startIndex": start, "endIndex": end}
    return {"locationType": "ROW" if name == "ROWS" else "COLUMN", "dimensionRange": dimension}


def search(book: Book, lookup: Json) -> list[Json]:
    """Return the metadata that a lookup matches, in the order of their making."""
    return [item for item in book.metadata if _matches(item, lookup)]


def _matches(item: Json, lookup: Json) -> bool:
    for key in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if key in lookup and item.get(key) != lookup[key]:
            return False
    kind = lookup.get("locationType")
    if kind and item["location"]["locationType"] != kind:
        return False
    return "metadataLocation" not in lookup or _located_in(item["location"], lookup)


def _located_in(location: Json, lookup: Json) -> bool:
    """Whether a location is the one looked for, or meets it when the lookup says so."""
    wanted = lookup["metadataLocation"]
    if "spreadsheet" in wanted:
        return lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION" or "spreadsheet" in location
    intersecting = lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION"
    if "sheetId" in wanted:
        sheet_id = location.get("sheetId", location.get("dimensionRange", {}).get("sheetId"))
        return sheet_id == wanted["sheetId"] and (intersecting or "sheetId" in location)
    return _same_dimension(location, wanted["dimensionRange"], intersecting)


def _same_dimension(location: Json, wanted: Json, intersecting: bool) -> bool:
    sheet_id = wanted.get("sheetId", 0)
    mine = location.get("dimensionRange")
    if mine is None:
        return intersecting and location.get("sheetId") == sheet_id
    if mine["sheetId"] != sheet_id or mine["dimension"] != wanted.get("dimension", "ROWS"):
        return False
    start, end = wanted.get("startIndex", 0), wanted.get("endIndex")
    if intersecting:
        return mine["endIndex"] > start and (end is None or mine["startIndex"] < end)
    return (mine["startIndex"], mine["endIndex"]) == (start, end)


def at(book: Book, sheet_id: int, dimension: str, index: int) -> list[Json]:
    """Return the metadata of one row or one column."""
    return [
        item
        for item in book.metadata
        if (place := item["location"].get("dimensionRange"))
        and (place["sheetId"], place["dimension"], place["startIndex"]) == (sheet_id, dimension, index)
    ]
