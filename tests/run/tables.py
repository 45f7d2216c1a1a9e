"""Rows of a tab by the headers of its columns, so that tests name no position."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.workbook.cells import Rows


def by_header(columns: Sequence[Column], rows: Rows) -> list[dict[str, WrittenValue]]:
    """Each row as a mapping from header to value. Raises ValueError when a row is not as wide as the columns."""
    headers = [column.header for column in columns]
    return [dict(zip(headers, row, strict=True)) for row in rows]


def column(columns: Sequence[Column], header: str) -> Column:
    """The column under that header."""
    return next(candidate for candidate in columns if candidate.header == header)
