"""Added rows whose values are under other headers, since a column moved meanwhile: reported until corrected. Pure.

What a batch adds to columns without marks cannot be held back: only the reading after it shows that they moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eig_sheets.workbook.google.verification import header_row_of, misplaced_at
from eig_sheets.workbook.model.cells import as_read
from eig_sheets.workbook.model.plan import AppendRows
from eig_sheets.workbook.model.snapshot import TabSnapshot

Json = dict[str, Any]


def recorded(operation: AppendRows, before: TabSnapshot, sheet_id: int) -> Json:
    """The JSON record of misplaced rows: the id of their tab, their headers, their values."""
    headers = [before.value(operation.header_row, column) for column in operation.columns]
    rows = [[_plain(as_read(value)) for value in row] for row in operation.rows]
    return {"sheet": sheet_id, "headers": [_plain(header) for header in headers], "rows": rows}


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) else None


def still_misplaced(
    known: Sequence[Mapping[str, Any]], tabs: Mapping[int, TabSnapshot]
) -> Iterator[tuple[Json, TabSnapshot, int]]:
    """The remembered rows that are still misplaced: a record of each alone, its tab and its 1-based row."""
    for record in known:
        tab = tabs.get(record["sheet"])
        place = None if tab is None else header_row_of(record["headers"], tab)
        if tab is None or place is None:
            continue
        line = [*tab.rows[place - 1]]
        columns = [line.index(header) if header in line else None for header in record["headers"]]
        for row in record["rows"]:
            row_now = misplaced_at(row, columns, tab)
            if row_now is not None:
                yield {**record, "rows": [row]}, tab, row_now
