"""The table that values.append finds in a range, and where it appends."""

from __future__ import annotations

from tests.sheets_server.addresses import Rect
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.model import Sheet

Place = tuple[int, int]


def last_table(values: Calculation, sheet: Sheet, area: Rect) -> Rect | None:
    """Return the last table that a range meets: the block of cells that hold something around its last such cell.

    Cells touch by their sides and corners; an empty text that a formula gives counts as something.
    """
    whole = Rect(0, values.last_row(sheet), 0, sheet.columns)
    filled = {
        (r, c) for r, line in enumerate(values.rows(sheet, whole)) for c, value in enumerate(line) if value is not None
    }
    inside = [place for place in filled if area.top <= place[0] < area.bottom and area.left <= place[1] < area.right]
    return _around(max(inside), filled) if inside else None


def _around(start: Place, filled: set[Place]) -> Rect:
    seen, waiting = {start}, [start]
    while waiting:
        row, column = waiting.pop()
        for near in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            if near in filled and near not in seen:
                seen.add(near)
                waiting.append(near)
    rows, columns = [row for row, _ in seen], [column for _, column in seen]
    return Rect(min(rows), max(rows) + 1, min(columns), max(columns) + 1)
