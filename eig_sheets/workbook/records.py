"""Rows of a robot's tab that are records of their own: each bears a digest of its cells, by which an edit is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.read_back import digest, find_headers, values
from eig_sheets.workbook.table import Col, Table

Line = TypeVar("Line")

SEAL: Final = "#seal"
SEAL_LOOK: Final = Column(
    "Empreinte",
    Format.TEXT,
    12,
    note="Pour le robot : il ne compte pas une ligne que quelqu’un a changée.",
    hidden=True,
)
SEAL_COL: Final[Col[Any]] = Col(SEAL, value=lambda _: None, tab=SEAL_LOOK)
"""The last column of such a tab, which `sealed` fills."""


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as read: its 1-based number, its cells by key; `genuine`: as the robot wrote it."""

    number: int
    cells: Mapping[str, CellValue]
    genuine: bool


def sealed(table: Table[Line], rows: Iterable[Line]) -> Rows:
    """The cells of each row of a table whose last column is the seal."""
    return tuple((*cells, seal_of(cells)) for *cells, _ in table.cells(rows))


def seal_of(cells: Iterable[object]) -> str:
    """The digest of cells, the same as they are written and as they are read."""
    return digest(map(cell_text, cells))


def sealed_rows(tab: TabSnapshot | None, table: Table[Any]) -> Iterator[SealedRow]:
    """Every filled row under the headers of a table, the seal's among them, wherever people moved columns and rows.

    A copy of a row is not genuine.
    """
    places = find_headers(tab, table.sheet_headers) if tab is not None else None
    if tab is None or places is None:
        return
    seals: set[str] = set()
    for row in range(places.row + 1, len(tab.rows) + 1):
        cells = values(tab, row, places)
        if any(value is not None for value in cells):
            record = dict(zip(table.sheet_keys, cells, strict=True))
            own = str(record[SEAL])
            genuine = own not in seals and own == seal_of(value for key, value in record.items() if key != SEAL)
            seals.add(own)
            yield SealedRow(row, record, genuine)


def cell_text(value: object) -> str:
    """A cell in a digest, the same as it is written and as it is read."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (int, float)):
        return f"{float(value):.9g}"
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).replace(microsecond=0).isoformat()
    return f"'{value}"
