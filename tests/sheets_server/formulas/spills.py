"""Arrays spread over the cells below and beside their formula."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sheets_server.addresses import Rect, cell_name
from tests.sheets_server.formulas.values import Grid
from tests.sheets_server.model import Sheet, SheetError, Value


@dataclass(frozen=True, slots=True)
class Spill:
    """An array that is spread: where, and its values."""

    area: Rect
    grid: Grid


class Spills:
    """The arrays that are spread in one tab."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.spread: list[Spill] = []

    def add(self, row: int, column: int, grid: Grid) -> SheetError | None:
        """Spread an array from its formula's cell, or return the error that people see when there is no room."""
        area = Rect(row, row + grid.height, column, column + grid.width)
        if not area:
            return SheetError("REF", "Array result is empty.")
        for size, end, word in ((self.sheet.rows, area.bottom, "rows"), (self.sheet.columns, area.right, "columns")):
            if end > size:
                missing = f"please insert more {word} ({end - size})."
                return SheetError("REF", f"Result was not automatically expanded, {missing}")
        hit = self._obstacle(area)
        if hit is not None:
            text = f"Array result was not expanded because it would overwrite data in {cell_name(*hit)}."
            return SheetError("REF", text)
        self.spread.append(Spill(area, grid))
        return None

    def _obstacle(self, area: Rect) -> tuple[int, int] | None:
        """Return the first cell of an area, its own formula left out, that something else is in."""
        found = [hit for hit in (self._typed(area), self._taken(area)) if hit is not None]
        return min(found, default=None)

    def _typed(self, area: Rect) -> tuple[int, int] | None:
        for r, line in enumerate(self.sheet.cells[area.top : area.bottom], area.top):
            for c in range(area.left + (r == area.top), area.right):
                cell = line.get(c)
                if cell is not None and cell.value is not None:
                    return r, c
        return None

    def _taken(self, area: Rect) -> tuple[int, int] | None:
        meets = [meet for spill in self.spread if (meet := spill.area.meet(area))]
        return min(((meet.top, meet.left) for meet in meets), default=None)

    def value(self, row: int, column: int) -> Value:
        """Return what arrays put in a cell; None when they leave it blank."""
        for spill in self.spread:
            area = spill.area
            if area.top <= row < area.bottom and area.left <= column < area.right:
                return spill.grid.rows[row - area.top][column - area.left]
        return None

    def rows(self, area: Rect) -> list[dict[int, Value]]:
        """Return what arrays put in each row of an area, by column, blanks left out."""
        out: list[dict[int, Value]] = [{} for _ in range(area.top, area.bottom)]
        for spill in self.spread:
            both = spill.area.meet(area)
            for row in range(both.top, both.bottom) if both else ():
                found, line = out[row - area.top], spill.grid.rows[row - spill.area.top]
                for column in range(both.left, both.right):
                    value = line[column - spill.area.left]
                    if value is not None:
                        found[column] = value
        return out

    def last_row(self) -> int:
        """Return the number of rows down to the last one that an array puts something in."""
        return max((_filled(spill) for spill in self.spread), default=0)


def _filled(spill: Spill) -> int:
    for place in range(spill.grid.height - 1, -1, -1):
        if any(value is not None for value in spill.grid.rows[place]):
            return spill.area.top + place + 1
    return 0
