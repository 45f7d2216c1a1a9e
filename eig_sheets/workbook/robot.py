"""What the robot's own tabs say now: its memory that is in the workbook itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eig_sheets.workbook.cells import CellValue
from eig_sheets.workbook.ownership import HEADER_ROWS
from eig_sheets.workbook.snapshot import TabSnapshot


def header_row(tab: TabSnapshot, first_header: str) -> int | None:
    """1-based row of the headers of a robot's tab; None when they are gone."""
    for index, row in enumerate(tab.rows[:HEADER_ROWS], 1):
        if row and row[0] == first_header:
            return index
    return None


def records(tab: TabSnapshot | None, first_header: str) -> Iterator[Mapping[str, CellValue]]:
    """Each filled row under the headers of a robot's tab, by header; nothing when the tab or its headers are gone."""
    top = header_row(tab, first_header) if tab is not None else None
    if tab is None or top is None:
        return
    headers = [str(header) for header in tab.rows[top - 1] if header is not None]
    for values in tab.rows[top:]:
        if any(value is not None for value in values):
            yield dict(zip(headers, (*values, *[None] * len(headers)), strict=False))
