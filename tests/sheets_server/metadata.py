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


EXACT, INTERSECTING = "EXACT_LOCATION", "INTERSECTING_LOCATION"


def search(book: Book, lookup: Json) -> list[Json]:
    """Return the metadata that a lookup matches, in the order of their making."""
    _check(lookup)
    return [item for item in book.metadata if _matches(item, lookup)]


def _check(lookup: Json) -> None:
    """Refuse what the documentation of DeveloperMetadataLookup says cannot be asked together."""
    strategy, kind, place = (
        lookup.get(key) for key in ("locationMatchingStrategy", "locationType", "metadataLocation")
    )
    if strategy in (EXACT, INTERSECTING) and place is None:
        raise invalid("locationMatchingStrategy requires a metadataLocation.")
    if strategy == EXACT and kind:
        raise invalid("locationType must not be specified when locationMatchingStrategy is EXACT_LOCATION.")
    if kind == "SPREADSHEET" and (strategy == INTERSECTING or (place is not None and "spreadsheet" not in place)):
        raise invalid("Developer metadata of the spreadsheet does not intersect any other location.")


def _matches(item: Json, lookup: Json) -> bool:
    for key in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if key in lookup and item.get(key) != lookup[key]:
            return False
    kind = lookup.get("locationType")
    if kind and item["location"]["locationType"] != kind:
        return False
    exact = lookup.get("locationMatchingStrategy") == EXACT
    return "metadataLocation" not in lookup or _located_in(item["location"], lookup["metadataLocation"], exact)


def _located_in(mine: Json, wanted: Json, exact: bool) -> bool:
    """Whether a location is the one looked for or, unless that is asked for, meets it: column B meets row 3."""
    if "spreadsheet" in mine or "spreadsheet" in wanted:
        return "spreadsheet" in mine and "spreadsheet" in wanted
    if _sheet_of(mine) != _sheet_of(wanted):
        return False
    one, other = mine.get("dimensionRange"), wanted.get("dimensionRange")
    if one is None or other is None:
        return one is other or not exact
    same = one["dimension"] == other.get("dimension", "ROWS")
    start, end = other.get("startIndex", 0), other.get("endIndex")
    if exact:
        return same and (one["startIndex"], one["endIndex"]) == (start, end)
    return not same or (one["endIndex"] > start and (end is None or one["startIndex"] < end))


MOST_CHARACTERS = 30_000
"""Characters of keys and values for the spreadsheet, and for each sheet with its rows and columns."""


def require_room(book: Book, location: Json) -> None:
    """Refuse metadata beyond the limit of the spreadsheet, or of the sheet, that it lies in."""
    if characters(book, None if "spreadsheet" in location else _sheet_of(location)) > MOST_CHARACTERS:
        raise invalid("Adding the requested developer metadata would exceed the allowed storage limit.")


def characters(book: Book, sheet_id: int | None) -> int:
    """Return how many characters the metadata of a sheet has; None: of the spreadsheet itself."""
    places = (None if "spreadsheet" in item["location"] else _sheet_of(item["location"]) for item in book.metadata)
    return sum(
        len(item["metadataKey"]) + len(item.get("metadataValue", ""))
        for item, place in zip(book.metadata, places, strict=True)
        if place == sheet_id
    )


def _sheet_of(location: Json) -> int:
    found: int = location.get("dimensionRange", location).get("sheetId", 0)
    return found


def at(book: Book, sheet_id: int, dimension: str, index: int) -> list[Json]:
    """Return the metadata of one row or one column."""
    return [
        item
        for item in book.metadata
        if (place := item["location"].get("dimensionRange"))
        and (place["sheetId"], place["dimension"], place["startIndex"]) == (sheet_id, dimension, index)
    ]
