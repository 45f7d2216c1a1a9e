"""A1 ranges and grid ranges: text and JSON to rectangles, and back.

Rows and columns count from 0; ends are exclusive; None is an open side, as in `A2:C` or `2:5`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

PLAIN_TITLE = re.compile(r"(?![A-Za-z]{1,3}[0-9]+\Z|[Rr][0-9]+[Cc][0-9]+\Z)[A-Za-z_][A-Za-z0-9_]*\Z")
CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?\Z")
LAST_ROW, LAST_COLUMN = 10_000_000, 18_278


@lru_cache(maxsize=20_000)
def letters(column: int) -> str:
    """Return the name of a 0-based column: `A`, `Z`, `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """Return the 0-based column of its letters."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Rect:
    """A closed rectangle of one tab."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def __bool__(self) -> bool:
        return self.bottom > self.top and self.right > self.left

    def meet(self, other: Rect) -> Rect:
        """Return what both share; false when they share nothing."""
        return Rect(
            max(self.top, other.top),
            min(self.bottom, other.bottom),
            max(self.left, other.left),
            min(self.right, other.right),
        )

    def holds(self, other: Rect) -> bool:
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )

    def moved(self, down: int, right: int) -> Rect:
        return Rect(self.top + down, self.bottom + down, self.left + right, self.right + right)


@dataclass(frozen=True, slots=True)
class Span:
    """A range as someone wrote it, sides maybe open."""

    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    def within(self, rows: int, columns: int) -> Rect:
        """Return the rectangle it is on a grid of that size, cut at the grid's edges."""
        return Rect(
            self.top or 0,
            rows if self.bottom is None else min(self.bottom, rows),
            self.left or 0,
            columns if self.right is None else min(self.right, columns),
        )

    @property
    def a1(self) -> str:
        """Return the range as text, an open side left out: `A1001:B`, `AA1:2`; empty for a whole tab."""
        if self == Span():
            return ""
        first = self._corner(self.left, self.top)
        last = self._corner(
            None if self.right is None else self.right - 1, None if self.bottom is None else self.bottom - 1
        )
        if first == last and self.bottom is not None and self.right is not None:
            return first
        return f"{first}:{last}"

    def _corner(self, column: int | None, row: int | None) -> str:
        whole_rows = self.left is None and self.right is None
        whole_columns = self.top is None and self.bottom is None
        column_part = "" if whole_rows else letters(column or 0) if column is not None else ""
        row_part = "" if whole_columns else str(row + 1) if row is not None else ""
        return column_part + row_part


def span_of(rect: Rect) -> Span:
    return Span(rect.top, rect.bottom, rect.left, rect.right)


def quoted(title: str) -> str:
    """Return a tab's title as a range names it: quoted when it must be."""
    return title if PLAIN_TITLE.match(title) else "'" + title.replace("'", "''") + "'"


def range_name(title: str, rect: Rect) -> str:
    return f"{quoted(title)}!{span_of(rect).a1}"


def split_title(text: str) -> tuple[str | None, str]:
    """Return a range's tab title and the rest: `'L''été'!A1` → `L'été`, `A1`; ValueError when its quotes are wrong."""
    if text.startswith("'"):
        match = re.match(r"'((?:[^']|'')*)'(?:!(.*))?\Z", text, re.DOTALL)
        if match is None:
            raise ValueError(text)
        return match[1].replace("''", "'"), match[2] or ""
    title, bang, rest = text.rpartition("!")
    return (title, rest) if bang else (None, text)


def parse_span(text: str) -> Span | None:
    """Return the span of `A1`, `A1:B2`, `A:C`, `2:5`, `A2:C`, in whatever order of corners; None when it is none."""
    first, colon, last = text.partition(":")
    one, two = _corner(first), _corner(last) if colon else None
    if one is None or (colon and two is None):
        return None
    if not colon:
        return None if None in one else _closed(one, one)
    return _closed(one, two) if two is not None else None


Corner = tuple[int | None, int | None]


def _corner(text: str) -> Corner | None:
    match = CELL.match(text)
    if match is None or not text.strip("$"):
        return None
    column = column_number(match[1]) if match[1] else None
    row = int(match[2]) - 1 if match[2] else None
    return row, column


def _closed(one: Corner, two: Corner) -> Span:
    top, bottom = _side(one[0], two[0])
    left, right = _side(one[1], two[1])
    return Span(top, bottom, left, right)


def _side(one: int | None, two: int | None) -> tuple[int | None, int | None]:
    if one is None and two is None:
        return None, None
    if one is None or two is None:
        return (two if one is None else one), None
    return min(one, two), max(one, two) + 1


RANGE_KEYS = {"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}


def span_from_grid(grid: dict[str, Any]) -> Span:
    """Return the span of a GridRange, its tab left aside."""
    return Span(
        grid.get("startRowIndex"), grid.get("endRowIndex"), grid.get("startColumnIndex"), grid.get("endColumnIndex")
    )


def grid_range(sheet_id: int, span: Span | Rect) -> dict[str, Any]:
    """Return the GridRange of a span; open sides are left out."""
    sides = {
        "sheetId": sheet_id,
        "startRowIndex": span.top,
        "endRowIndex": span.bottom,
        "startColumnIndex": span.left,
        "endColumnIndex": span.right,
    }
    return {key: value for key, value in sides.items() if value is not None}
