"""Parsing and extension of cell ranges: `A1`, `A1:C5`."""

from __future__ import annotations

from eig_sheets.spreadsheet.model.cells import a1, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Area


def parse(reference: str) -> Area | None:
    """The area of `A1` or `A1:C5`; None for whole rows or columns and for anything else."""
    first, _, last = reference.partition(":")
    try:
        first_row, first_column = parse_a1(first)
        last_row, last_column = parse_a1(last or first)
    except ValueError:
        return None
    return Area(first_row, first_column, last_row, last_column)


def text(area: Area) -> str:
    """The reference of an area: `A1` or `A1:C5`."""
    first, last = a1(area.first_row, area.first_column), a1(area.last_row, area.last_column)
    return first if first == last else f"{first}:{last}"


def extend_down(reference: str, first_row: int, last_row: int, columns: tuple[int, ...]) -> str:
    """The area, extended to added rows `first_row` to `last_row` if they touch its lower edge in those columns."""
    area = parse(reference)
    if area is None or not area.first_row < first_row <= area.last_row + 1 or area.last_row >= last_row:
        return reference
    if not any(area.first_column <= column <= area.last_column for column in columns):
        return reference
    return text(Area(area.first_row, area.first_column, last_row, area.last_column))


def shorten(reference: str, first_row: int, last_row: int) -> str:
    """The area without the last rows, `first_row` to `last_row`, if it ends there; it keeps its headers and a row."""
    area = parse(reference)
    if area is None or area.last_row != last_row or not area.first_row < first_row:
        return reference
    return text(Area(area.first_row, area.first_column, max(first_row - 1, area.first_row + 1), area.last_column))


def extend_right(reference: str, header_row: int, column: int) -> str:
    """The area, extended to a column if it has its headers in that row and ends just left of it."""
    area = parse(reference)
    if area is None or area.first_row != header_row or area.last_column != column - 1:
        return reference
    return text(Area(area.first_row, area.first_column, area.last_row, column))
