"""Finds cells of people's tabs hidden by a merged range, of which only the first cell counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import a1


def merged_cells(layout: TabLayout, rows: Sequence[int]) -> dict[str, dict[int, str]]:
    """The merged range over each hidden cell, by field id then row."""
    hidden: dict[str, dict[int, str]] = {}
    for area in layout.tab.merges:
        corner = (area.first_row, area.first_column)
        corner_filled = layout.tab.value(*corner) is not None
        name = f"{a1(*corner)}:{a1(area.last_row, area.last_column)}"
        inside = rows[bisect_left(rows, area.first_row) : bisect_right(rows, area.last_row)]
        for field_id, column in layout.columns.items():
            if area.first_column <= column <= area.last_column:
                for row in inside:
                    if (row, column) != corner and (corner_filled or layout.tab.value(row, column) is not None):
                        hidden.setdefault(field_id, {})[row] = name
    return hidden
