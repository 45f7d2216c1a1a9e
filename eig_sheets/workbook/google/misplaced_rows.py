"""Added rows whose values lie under other headers, since a column moved meanwhile: told until people mend them. Pure.

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
    """What is remembered of rows that were found misplaced: the id of their tab, their headers, their values."""
    headers = [before.value(operation.header_row, column) for column in operation.columns]
    rows = [[_plain(as_read(value)) for value in row] for row in operation.rows]
    return {"sheet": sheet_id, "headers": [_plain(header) for header in headers], "rows": rows}


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) else None


def still_misplaced(
    known: Sequence[Mapping[str, Any]], tabs: Mapping[int, TabSnapshot]
) -> Iterator[tuple[Json, TabSnapshot, int]]:
    """Of the remembered rows, those that are still under other headers: alone, with their tab and 1-based row."""
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
