"""Rows of a robot's tab that are records of their own: each bears a digest of its cells, by which an edit is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from eig_sheets.workbook.model.cells import CellValue, WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.model.snapshot import TabSnapshot
from eig_sheets.workbook.read_back import digest, find_headers, values

SEAL: Final = "Empreinte"
SEAL_COLUMN: Final = Column(
    SEAL, Format.TEXT, 12, note="Pour le robot : il ne compte pas une ligne que quelqu’un a changée.", hidden=True
)
"""The last column of such a tab."""


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as read: its 1-based number, its cells by header; `genuine`: as the robot wrote it."""

    number: int
    cells: Mapping[str, CellValue]
    genuine: bool


def sealed(cells: Sequence[WrittenValue]) -> tuple[WrittenValue, ...]:
    """The cells of a row, and their seal."""
    return (*cells, seal_of(cells))


def seal_of(cells: Iterable[object]) -> str:
    """The digest of cells, the same as they are written and as they are read."""
    return digest(map(cell_text, cells))


def sealed_rows(tab: TabSnapshot | None, headers: Sequence[str]) -> Iterator[SealedRow]:
    """Every filled row under the headers, the seal's among them, wherever people moved columns and rows.

    A copy of a row is not genuine.
    """
    places = find_headers(tab, headers) if tab is not None else None
    if tab is None or places is None:
        return
    seals: set[str] = set()
    for row in range(places.row + 1, len(tab.rows) + 1):
        cells = values(tab, row, places)
        if any(value is not None for value in cells):
            found = dict(zip(headers, cells, strict=True))
            own = str(found[SEAL])
            genuine = own not in seals and own == seal_of(value for header, value in found.items() if header != SEAL)
            seals.add(own)
            yield SealedRow(row, found, genuine)


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
