"""Ranges found in a workbook: from A1 text, from a GridRange, from a data filter."""

from __future__ import annotations

from typing import NamedTuple

from tests.sheets_server import metadata
from tests.sheets_server.addresses import Rect, Span, parse_span, quoted, span_from_grid, split_title
from tests.sheets_server.errors import invalid
from tests.sheets_server.model import Book, Json, Sheet


class Area(NamedTuple):
    """A rectangle of a tab, inside its grid; `span` is what was asked for, sides maybe open."""

    sheet: Sheet
    rect: Rect
    span: Span


def find(book: Book, text: str) -> Area:
    """Return the area of an A1 range, a tab's title or a named range; Google's 400 when there is none."""
    try:
        title, rest = split_title(text)
    except ValueError:
        raise _unparsable(text) from None
    if title is None:
        return _bare(book, rest)
    sheet = book.titled(title) if title else book.sheets[0]
    span = parse_span(rest) if rest else Span()
    if sheet is not None and span is not None:
        return area(sheet, span)
    named = _named(book, rest)
    if sheet is None or named is None:
        raise _unparsable(text)
    return named


def _bare(book: Book, text: str) -> Area:
    span = parse_span(text)
    if span is not None:
        return area(book.sheets[0], span)
    named = _named(book, text)
    if named is not None:
        return named
    sheet = book.titled(text)
    if sheet is None:
        raise _unparsable(text)
    return area(sheet, Span())


def _named(book: Book, name: str) -> Area | None:
    for item in book.named_ranges:
        if item["name"].casefold() == name.casefold():
            return of_grid(book, item["range"])
    return None


def _unparsable(text: str) -> Exception:
    return invalid(f"Unable to parse range: {text}")


def of_grid(book: Book, grid: Json) -> Area:
    """Return the area of a GridRange."""
    span = span_from_grid(grid)
    for start, end, names in ((span.top, span.bottom, "Row"), (span.left, span.right, "Column")):
        if (start or 0) < 0 or (end is not None and end < (start or 0)):
            raise invalid(f"Invalid range: end{names}Index must not be before start{names}Index.")
    return area(book.sheet(grid.get("sheetId", 0)), span)


def area(sheet: Sheet, span: Span) -> Area:
    """Return a span cut at the grid's edges; one that starts outside is refused."""
    if (span.top or 0) >= sheet.rows or (span.left or 0) >= sheet.columns:
        raise beyond(sheet, span)
    return Area(sheet, span.within(sheet.rows, sheet.columns), span)


def beyond(sheet: Sheet, span: Span) -> Exception:
    name = f"{quoted(sheet.title)}!{span.a1}"
    return invalid(f"Range ({name}) exceeds grid limits. Max rows: {sheet.rows}, max columns: {sheet.columns}")


def of_filter(book: Book, data_filter: Json) -> list[Area]:
    """Return the areas that a data filter matches: one by address, any number by developer metadata."""
    if "a1Range" in data_filter:
        return [find(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        return [of_grid(book, data_filter["gridRange"])]
    items = metadata.search(book, data_filter["developerMetadataLookup"]) if data_filter else []
    return [_where(book, item["location"]) for item in items if "spreadsheet" not in item["location"]]


def _where(book: Book, location: Json) -> Area:
    dimension = location.get("dimensionRange")
    if dimension is None:
        return area(book.sheet(location["sheetId"]), Span())
    sheet, start, end = book.sheet(dimension["sheetId"]), dimension["startIndex"], dimension["endIndex"]
    by_rows = dimension["dimension"] == "ROWS"
    return area(sheet, Span(top=start, bottom=end) if by_rows else Span(left=start, right=end))
