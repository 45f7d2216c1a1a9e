"""Places of one tab, as Google's requests name them: 0-based, the end left out, an open end when there is none."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def area(sheet_id: int, rows: tuple[int, int | None], columns: tuple[int, int | None] = (0, None)) -> Json:
    """A GridRange."""
    named = {
        "startRowIndex": rows[0], "endRowIndex": rows[1],
        "startColumnIndex": columns[0], "endColumnIndex": columns[1],
    }  # fmt: skip
    return {"sheetId": sheet_id, **{name: place for name, place in named.items() if place is not None}}


def start(sheet_id: int, row: int, column: int) -> Json:
    """A GridCoordinate."""
    return {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}


def span(sheet_id: int, dimension: str, first: int, end: int) -> Json:
    """A DimensionRange: ROWS or COLUMNS."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": first, "endIndex": end}


def insert(sheet_id: int, dimension: str, first: int, end: int, *, like_before: bool = False) -> Json:
    """The request that inserts blank rows or columns, with the formats of what was there or of what is before."""
    return {
        "insertDimension": {"range": span(sheet_id, dimension, first, end), "inheritFromBefore": like_before},
    }


def extend(sheet_id: int, dimension: str, size: int, wanted: int) -> Json:
    """The request that adds blank rows or columns at the end of a tab that has `size` of them.

    An insertion, which fails when there are fewer of them by then: where the other request for it adds was never seen.
    """
    return insert(sheet_id, dimension, size, wanted, like_before=True)


def put(at: Json, rows: list[list[Json]], fields: str = "userEnteredValue") -> Json:
    """The request that writes cells from a GridCoordinate on, and nothing of them but `fields`."""
    return {"updateCells": {"start": at, "rows": [{"values": row} for row in rows], "fields": fields}}


def dress(where: Json, cell: Json, fields: str) -> Json:
    """The request that gives every cell of a GridRange those fields."""
    return {"repeatCell": {"range": where, "cell": cell, "fields": fields}}
