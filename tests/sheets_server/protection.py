"""Who may change what: protected ranges, held against everyone who is not one of their editors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.sheets_server.addresses import Rect, span_from_grid
from tests.sheets_server.errors import PROTECTED, invalid
from tests.sheets_server.model import Book, Json, Sheet

if TYPE_CHECKING:
    from tests.sheets_server.ranges import Area


@dataclass(frozen=True, slots=True)
class Writer:
    """Someone at work on a workbook; its owner may change everything."""

    email: str
    owner: str

    def may_edit(self, item: Json) -> bool:
        return bool(
            item.get("warningOnly")
            or self.email == self.owner
            or self.email in item.get("editors", {}).get("users", [])
        )

    def require(self, book: Book, sheet: Sheet, rect: Rect) -> None:
        """Refuse a change to cells that are protected against this person."""
        if any(not self.may_edit(item) and _touches(book, sheet, item, rect) for item in _over(book, sheet)):
            raise invalid(PROTECTED)

    def require_area(self, book: Book, area: Area) -> None:
        self.require(book, area.sheet, area.rect)

    def require_sheet(self, book: Book, sheet: Sheet) -> None:
        """Refuse a change to the tab itself: its place, name or size."""
        if any(not self.may_edit(item) and _whole(item) for item in _over(book, sheet)):
            raise invalid(PROTECTED)


def _over(book: Book, sheet: Sheet) -> Iterator[Json]:
    yield from sheet.protected
    for other in book.sheets:
        if other is not sheet:
            yield from (item for item in other.protected if range_of(book, item).get("sheetId") == sheet.id)


def range_of(book: Book, item: Json) -> Json:
    """Return the GridRange that a protected range covers: its own, or that of its named range."""
    for named in book.named_ranges:
        if named["namedRangeId"] == item.get("namedRangeId"):
            found: Json = named["range"]
            return found
    own: Json = item["range"]
    return own


def _whole(item: Json) -> bool:
    return "range" in item and item["range"].keys() <= {"sheetId"}


def _touches(book: Book, sheet: Sheet, item: Json, rect: Rect) -> bool:
    grid = range_of(book, item)
    hit = span_from_grid(grid).within(sheet.rows, sheet.columns).meet(rect)
    if grid.get("sheetId", 0) != sheet.id or not hit:
        return False
    free = [span_from_grid(g).within(sheet.rows, sheet.columns) for g in item.get("unprotectedRanges", [])]
    return not any(opening.holds(hit) for opening in free)


def shown(book: Book, item: Json, user: str) -> Json:
    """Return a protected range as one user sees it: who else may edit is shown to editors only."""
    writer = Writer(user, book.owner)
    out = {key: value for key, value in item.items() if key != "editors"}
    if item.get("warningOnly") or writer.may_edit(item):
        return out | {"requestingUserCanEdit": True, "editors": item.get("editors", {})}
    return out
