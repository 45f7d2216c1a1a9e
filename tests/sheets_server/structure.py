"""Rows and columns that come, go and move, and everything that follows them.

A change of structure is a mapping of indexes of one dimension of one tab. Cells, sizes, ranges of every kind,
developer metadata and the references of formulas all go through the same mapping.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.sheets_server.formulas.tokens import Corner, Reference, rewritten
from tests.sheets_server.jsons import is_place
from tests.sheets_server.model import NO_CELLS, Book, Formula, Json, Row, Sheet

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What happens along one dimension: `interval` maps a stretch to its new place, None when all of it goes."""

    dimension: str
    interval: Callable[[int, int], Interval | None]


def inserted(dimension: str, at: int, count: int) -> Change:
    def interval(start: int, end: int) -> Interval:
        return (start + count if start >= at else start, end + count if end > at else end)

    return Change(dimension, interval)


def deleted(dimension: str, first: int, last: int) -> Change:
    def place(index: int) -> int:
        return index if index <= first else max(first, index - (last - first))

    def interval(start: int, end: int) -> Interval | None:
        new = place(start), place(end)
        return new if new[0] < new[1] or start == end else None

    return Change(dimension, interval)


def moved(dimension: str, first: int, last: int, to: int) -> Change:
    """Return the move of `[first, last)` to before `to`, which counts from before the move."""
    low, high = (first, to) if to > last else (to, last)
    block, others = last - first, (high - low) - (last - first)

    def place(index: int) -> int:
        if not low <= index < high:
            return index
        if first <= index < last:
            return index + others if to > last else index - others
        return index - block if to > last else index + block

    def interval(start: int, end: int) -> Interval:
        if first <= start and end <= last:
            return place(start), place(end - 1) + 1
        kept = [place(i) for i in (start, end - 1, first - 1, last) if start <= i < end and not first <= i < last]
        if start <= low and high <= end:
            return start, end
        return (min(kept), max(kept) + 1) if kept else (start, end)

    return Change(dimension, interval)


def apply(book: Book, sheet: Sheet, change: Change) -> None:
    """Make all that refers to a tab follow a change of its structure; the cells themselves are the caller's."""
    for other in book.sheets:
        _follow_objects(other, sheet.id, change)
        _follow_formulas(book, other, sheet, change)
    book.named_ranges = _kept(book.named_ranges, sheet.id, change)
    book.metadata = _kept(book.metadata, sheet.id, change)
    _follow_sizes(sheet, change)


def _follow_sizes(sheet: Sheet, change: Change) -> None:
    sizes = sheet.sizes(change.dimension)
    followed = {new[0]: size for index, size in sizes.items() if (new := change.interval(index, index + 1))}
    sizes.clear()
    sizes.update(followed)


LISTS = (
    "merges", "protected", "filter_views", "conditional", "banding", "charts", "slicers", "tables", "row_groups",
    "column_groups",
)  # fmt: skip


def _follow_objects(sheet: Sheet, sheet_id: int, change: Change) -> None:
    for name in LISTS:
        setattr(sheet, name, _kept(getattr(sheet, name), sheet_id, change))
    if sheet.basic_filter is not None:
        sheet.basic_filter = next(iter(_kept([sheet.basic_filter], sheet_id, change)), None)


def _kept(items: list[Json], sheet_id: int, change: Change) -> list[Json]:
    followed = [_followed(item, sheet_id, change) for item in items]
    return [item for item in followed if item is not None]


def _followed(node: Any, sheet_id: int, change: Change) -> Any:
    """Return the object with its places moved; None when a place it stands on is gone."""
    if isinstance(node, list):
        items = [_followed(item, sheet_id, change) for item in node]
        return [item for item in items if item is not None]
    if not isinstance(node, dict):
        return node
    if is_place(node):
        return _moved_place(node, change) if node["sheetId"] == sheet_id else node
    out = {}
    for key, value in node.items():
        new = _followed(value, sheet_id, change)
        if new is None or (new == [] and value):
            return None
        out[key] = new
    return out


def _moved_place(place: Json, change: Change) -> Json | None:
    word = "Row" if change.dimension == "ROWS" else "Column"
    point = f"{word.lower()}Index"
    if point in place:
        new = change.interval(place[point], place[point] + 1)
        return place | {point: new[0] if new else max(0, place[point] - 1)}
    if "dimension" in place:
        if place["dimension"] != change.dimension:
            return place
        return _sides(place, "startIndex", "endIndex", change)
    return _sides(place, f"start{word}Index", f"end{word}Index", change)


FAR = 1 << 40


def _sides(place: Json, start: str, end: str, change: Change) -> Json | None:
    """Return a place with its two sides moved; a side that is open stays open."""
    if start not in place and end not in place:
        return place
    new = change.interval(place.get(start, 0), place.get(end, FAR))
    if new is None:
        return None
    return place | {key: side for key, side in ((start, new[0]), (end, new[1])) if key in place}


def _follow_formulas(book: Book, holder: Sheet, sheet: Sheet, change: Change) -> None:
    def follow(reference: Reference) -> Reference | None:
        target = holder if reference.sheet is None else book.titled(reference.sheet)
        return moved_reference(reference, change) if target is sheet else reference

    rewrite_formulas(holder, follow)


def rewrite_formulas(sheet: Sheet, change: Callable[[Reference], Reference | None]) -> None:
    """Rewrite the references of every formula of a tab."""
    for r, line in enumerate(sheet.cells):
        if line.formulas:
            for column, cell in list(line.items()):
                if type(cell.value) is Formula:
                    new = Formula(rewritten(cell.value, change))
                    if new != cell.value:
                        sheet.put(r, column, replace(cell, value=new))


def moved_reference(reference: Reference, change: Change) -> Reference | None:
    """Return a reference after a change of the tab that it points to; None when what it points to is gone."""
    side = "row" if change.dimension == "ROWS" else "column"
    first, last = reference.first, reference.last or reference.first
    one, two = getattr(first, side), getattr(last, side)
    if one is None and two is None:
        return reference
    if one is not None and two is not None and one > two:
        first, last, one, two = last, first, two, one
    start = two if one is None else one
    new = change.interval(start, FAR if one is None or two is None else two + 1)
    if new is None:
        return None
    first = _with_side(first, side, new[0])
    last = _with_side(last, side, new[1] - 1 if one is not None and two is not None else new[0])
    return replace(reference, first=first, last=last if reference.last else None)


def _with_side(corner: Corner, side: str, index: int) -> Corner:
    if getattr(corner, side) is None:
        return corner
    return replace(corner, row=index) if side == "row" else replace(corner, column=index)


def insert_cells(sheet: Sheet, dimension: str, at: int, count: int) -> None:
    """Open empty rows or columns in the cells of a tab."""
    if dimension == "ROWS":
        sheet.rows += count
        if at < len(sheet.cells):
            sheet.cells[at:at] = [Row() for _ in range(count)]
        return
    sheet.columns += count
    _map_columns(sheet, at, lambda c: c + count if c >= at else c)


def delete_cells(sheet: Sheet, dimension: str, first: int, last: int) -> None:
    """Take rows or columns out of the cells of a tab."""
    if dimension == "ROWS":
        sheet.rows -= last - first
        del sheet.cells[first:last]
        return
    sheet.columns -= last - first
    _map_columns(sheet, first, lambda c: None if first <= c < last else c - (last - first) if c >= last else c)


def move_cells(sheet: Sheet, change: Change) -> None:
    """Put the cells of a tab where a move sends them."""
    if change.dimension == "COLUMNS":
        _map_columns(sheet, 0, lambda c: (change.interval(c, c + 1) or (c, c))[0])
        return
    old = sheet.cells + [Row() for _ in range(sheet.rows - len(sheet.cells))]
    new = [NO_CELLS for _ in old]
    for r, line in enumerate(old):
        new[(change.interval(r, r + 1) or (r, r))[0]] = line
    while new and not new[-1]:
        new.pop()
    sheet.cells = new


def _map_columns(sheet: Sheet, first: int, place: Callable[[int], int | None]) -> None:
    """Send cells to other columns; nothing before the first of them moves."""
    sheet.cells = [
        Row([(new, cell) for column, cell in line.items() if (new := place(column)) is not None], line)
        if line and max(line) >= first
        else line
        for line in sheet.cells
    ]


def moved_corners(reference: Reference, down: int, right: int) -> Reference:
    """Return a reference to cells that were cut and pasted elsewhere: `$` does not hold it back."""

    def corner(old: Corner) -> Corner:
        row = None if old.row is None else old.row + down
        column = None if old.column is None else old.column + right
        return replace(old, row=row, column=column)

    return replace(reference, first=corner(reference.first), last=corner(reference.last) if reference.last else None)
