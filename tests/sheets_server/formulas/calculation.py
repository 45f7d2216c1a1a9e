"""All effective values of a workbook: what its cells show once formulas are evaluated and arrays are spread."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.sheets_server.addresses import Rect, cell_name
from tests.sheets_server.formulas import ranges, scalars  # noqa: F401  (they register their functions)
from tests.sheets_server.formulas.evaluator import Evaluator
from tests.sheets_server.formulas.parser import parse
from tests.sheets_server.formulas.tokens import Corner, FormulaError, Reference
from tests.sheets_server.formulas.values import Failure, Grid, Operand, Settings
from tests.sheets_server.locales import locale
from tests.sheets_server.model import Book, Formula, Sheet, SheetError, Value

GIVES_ARRAY = re.compile(r"ARRAYFORMULA|FILTER|SORT|UNIQUE|TRANSPOSE|SEQUENCE|INDEX|\{", re.IGNORECASE)
Place = tuple[int, int]


class Calculation:
    """The values of one revision of a workbook, each worked out when it is first asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.settings = Settings(locale(book.locale), local_now(book))
        self.done: dict[tuple[int, int, int], Value] = {}
        self.spilled: dict[int, dict[Place, Value]] = defaultdict(dict)
        self.running: set[tuple[int, int, int]] = set()
        self.grids: dict[tuple[int, Rect], Grid] = {}
        self.arrays: dict[int, list[Place]] = {
            sheet.id: [
                (r, c)
                for r, row in enumerate(sheet.cells)
                for c, cell in row.items()
                if type(cell.value) is Formula and GIVES_ARRAY.search(cell.value)
            ]
            for sheet in book.sheets
        }

    def value(self, sheet: Sheet, row: int, column: int) -> Value:
        """Return the effective value of one cell."""
        self._spread(sheet, Rect(row, row + 1, column, column + 1))
        return self._value(sheet, row, column)

    def rows(self, sheet: Sheet, area: Rect) -> list[list[Value]]:
        """Return the effective values of an area, whole."""
        self._spread(sheet, area)
        return [self._row(sheet, row, area) for row in range(area.top, area.bottom)]

    def last_row(self, sheet: Sheet) -> int:
        """Return the number of rows down to the last one that shows something."""
        self._spread(sheet, sheet.extent)
        below = max((row for row, _ in self.spilled[sheet.id]), default=-1)
        return max(below + 1, len(sheet.cells))

    def _row(self, sheet: Sheet, row: int, area: Rect) -> list[Value]:
        spilled = self.spilled[sheet.id]
        cells = sheet.cells[row] if row < len(sheet.cells) else {}
        if not cells and not spilled:
            return [None] * area.width
        out: list[Value] = []
        for column in range(area.left, area.right):
            cell = cells.get(column)
            if cell is None or cell.value is None:
                out.append(spilled.get((row, column)))
            elif type(cell.value) is Formula:
                out.append(self._value(sheet, row, column))
            else:
                out.append(cell.value)
        return out

    def _value(self, sheet: Sheet, row: int, column: int) -> Value:
        entered = sheet.cell(row, column).value
        if type(entered) is not Formula:
            return entered if entered is not None else self.spilled[sheet.id].get((row, column))
        key = (sheet.id, row, column)
        if key not in self.done:
            if key in self.running:
                return SheetError("REF", "Circular dependency detected.")
            self.running.add(key)
            self.done[key] = self._settle(sheet, row, column, self._evaluated(sheet, row, column, entered))
            self.running.discard(key)
        return self.done[key]

    def _evaluated(self, sheet: Sheet, row: int, column: int, formula: Formula) -> Operand:
        try:
            node = parse(formula, self.settings.locale.decimal)
            return Evaluator(_Cells(self, sheet), row, column).operand(node, False)
        except FormulaError:
            return SheetError("ERROR", "Formula parse error.")
        except Failure as failure:
            return failure.error
        except RecursionError:
            return SheetError("REF", "Circular dependency detected.")

    def _settle(self, sheet: Sheet, row: int, column: int, operand: Operand) -> Value:
        """Spread an array from its cell; what stands in its way makes it #REF!, as people see it."""
        if not isinstance(operand, Grid):
            return 0 if operand is None else operand
        area = Rect(row, row + operand.height, column, column + operand.width)
        if not area:
            return SheetError("REF", "Array result is empty.")
        if not sheet.extent.holds(area):
            return SheetError("REF", "Result was not automatically expanded, please insert more rows or columns.")
        spilled = self.spilled[sheet.id]
        places = [(r, c) for r in range(area.top, area.bottom) for c in range(area.left, area.right)][1:]
        for r, c in places:
            if sheet.cell(r, c).value is not None or (r, c) in spilled:
                name = cell_name(r, c)
                return SheetError("REF", f"Array result was not expanded because it would overwrite data in {name}.")
        for r, c in places:
            spilled[r, c] = operand.rows[r - row][c - column]
        first = operand.rows[0][0]
        return 0 if first is None else first

    def _spread(self, sheet: Sheet, area: Rect) -> None:
        """Evaluate the arrays that may reach an area before it is read."""
        for row, column in self.arrays.get(sheet.id, ()):
            key = (sheet.id, row, column)
            if row < area.bottom and column < area.right and key not in self.done and key not in self.running:
                self._value(sheet, row, column)

    def grid(self, sheet: Sheet, area: Rect) -> Grid:
        """Return an area for a formula; the same object each time, so that its index is made once."""
        key = (sheet.id, area)
        if key in self.grids:
            return self.grids[key]
        grid = Grid(self.rows(sheet, area))
        if not self.running & {(sheet.id, r, c) for r, c in self.arrays.get(sheet.id, ())}:
            self.grids[key] = grid
        return grid


class _Cells:
    """What one tab's formulas refer to."""

    def __init__(self, calculation: Calculation, sheet: Sheet) -> None:
        self.calculation = calculation
        self.sheet = sheet
        self.settings = calculation.settings

    def grid(self, reference: Reference) -> Grid:
        sheet = self.sheet
        if reference.sheet is not None:
            found = self.calculation.book.titled(reference.sheet)
            if found is None:
                raise Failure("REF", f"Unresolved sheet name '{reference.sheet}'.")
            sheet = found
        area = reference.span.within(sheet.rows, sheet.columns)
        return self.calculation.grid(sheet, area) if area else Grid([[None]])

    def named(self, name: str) -> Reference | None:
        for item in self.calculation.book.named_ranges:
            if item["name"].casefold() == name.casefold():
                return _as_reference(self.calculation.book, item["range"])
        return None


def _as_reference(book: Book, grid: dict[str, Any]) -> Reference:
    sheet = book.sheet(grid["sheetId"])
    bottom, right = grid.get("endRowIndex", sheet.rows), grid.get("endColumnIndex", sheet.columns)
    first = Corner(grid.get("startColumnIndex", 0), grid.get("startRowIndex", 0))
    return Reference(sheet.title, first, Corner(right - 1, bottom - 1))


def local_now(book: Book) -> datetime:
    """Return the naive time that it is in the workbook's time zone, to the second."""
    return datetime.now(UTC).astimezone(ZoneInfo(book.time_zone)).replace(tzinfo=None, microsecond=0)


def calculation(book: Book) -> Calculation:
    """Return the values of a workbook that nobody changes any more; they are kept with it."""
    if book.values is None:
        book.values = Calculation(book)
    values: Calculation = book.values
    return values
