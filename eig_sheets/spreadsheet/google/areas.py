"""Google's range objects and basic requests: 0-based indexes, end excluded, no end for an open range."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def grid_range(sheet_id: int, rows: tuple[int, int | None], columns: tuple[int, int | None] = (0, None)) -> Json:
    """A GridRange."""
    named = {
        "startRowIndex": rows[0], "endRowIndex": rows[1],
        "startColumnIndex": columns[0], "endColumnIndex": columns[1],
    }  # fmt: skip
    return {"sheetId": sheet_id, **{name: place for name, place in named.items() if place is not None}}


def grid_coordinate(sheet_id: int, row: int, column: int) -> Json:
    """A GridCoordinate."""
    return {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}


def dimension_range(sheet_id: int, dimension: str, first: int, end: int) -> Json:
    """A DimensionRange; `dimension` is ROWS or COLUMNS."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": first, "endIndex": end}


def insert_dimension(sheet_id: int, dimension: str, first: int, end: int, *, like_before: bool = False) -> Json:
    """The request that inserts blank rows or columns, formatted like those after them, or before them."""
    return {
        "insertDimension": {
            "range": dimension_range(sheet_id, dimension, first, end),
            "inheritFromBefore": like_before,
        },
    }


def extend(sheet_id: int, dimension: str, size: int, wanted: int) -> Json:
    """The request that adds blank rows or columns at the end of a tab that has `size` of them.

    It inserts, which fails when the tab has fewer by then: where `appendDimension` adds them then was never observed.
    """
    return insert_dimension(sheet_id, dimension, size, wanted, like_before=True)


def copy_values(sheet_id: int, rows: int, to: int) -> Json:
    """The request that copies what the first rows show to the row `to` (0-based): formulas go on referring to them."""
    source, destination = grid_range(sheet_id, (0, rows)), grid_range(sheet_id, (to, to + rows))
    return {"copyPaste": {"source": source, "destination": destination, "pasteType": "PASTE_VALUES"}}


def update_cells(at: Json, rows: list[list[Json]], fields: str = "userEnteredValue") -> Json:
    """The request that writes the `fields` of cells, from a GridCoordinate on."""
    return {"updateCells": {"start": at, "rows": [{"values": row} for row in rows], "fields": fields}}


def repeat_cell(where: Json, cell: Json, fields: str) -> Json:
    """The request that sets the `fields` of every cell of a GridRange."""
    return {"repeatCell": {"range": where, "cell": cell, "fields": fields}}
