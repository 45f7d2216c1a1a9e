"""Reads the robot's own tabs back, by their headers, and the digest that shows whether somebody edited a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot

HEADER_ROWS = 10
"""A header row is looked for in so many rows from the top."""
DIGEST_LENGTH: Final = 10


@dataclass(frozen=True, slots=True)
class Headers:
    """The location of a robot's headers: their 1-based row, the 0-based column of each (None when it is gone)."""

    row: int
    columns: tuple[int | None, ...]


def find_headers(tab: TabSnapshot, headers: Sequence[object]) -> Headers | None:
    """The headers, wherever people moved them; a renamed one stays in its place. None when most of them are gone."""
    counts = [len({*headers} & {*row}) for row in tab.rows[:HEADER_ROWS]]
    most = max(counts, default=0)
    if 2 * most <= len(headers):
        return None
    row = counts.index(most) + 1
    moved: dict[object, int] = {header: column for column, header in enumerate(tab.rows[row - 1]) if header in headers}
    taken = {*moved.values()}
    columns = (moved.get(header, None if place in taken else place) for place, header in enumerate(headers))
    return Headers(row, tuple(columns))


def values(tab: TabSnapshot, row: int, places: Headers) -> list[CellValue]:
    """The cells of a row in the order of the headers."""
    return [None if column is None else tab.value(row, column) for column in places.columns]


def records(tab: TabSnapshot | None, headers: Sequence[str]) -> Iterator[Mapping[str, CellValue]]:
    """Each filled row under the headers of a robot's tab, by header; nothing when the tab or its headers are gone."""
    places = find_headers(tab, headers) if tab is not None else None
    if tab is None or places is None:
        return
    for row in range(places.row + 1, len(tab.rows) + 1):
        cells = values(tab, row, places)
        if any(value is not None for value in cells):
            yield dict(zip(headers, cells, strict=True))


def digest(parts: Iterable[str]) -> str:
    """The first hexadecimal digits of the SHA-256 of these texts, in their order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:DIGEST_LENGTH]
