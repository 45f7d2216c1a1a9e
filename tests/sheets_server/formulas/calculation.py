"""All effective values of a workbook: what its cells show once formulas are evaluated and arrays are spread."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.sheets_server.addresses import Rect
from tests.sheets_server.formulas import ranges, scalars  # noqa: F401  (they register their functions)
from tests.sheets_server.formulas.evaluator import Evaluator
from tests.sheets_server.formulas.parser import parse
from tests.sheets_server.formulas.spills import Spills
from tests.sheets_server.formulas.tokens import Corner, FormulaError, Reference
from tests.sheets_server.formulas.values import Failure, Grid, Operand, Settings
from tests.sheets_server.locales import locale
from tests.sheets_server.model import Book, Formula, Sheet, SheetError, Value

GIVES_ARRAY = re.compile(
    r"ARRAYFORMULA|FILTER|SORT|UNIQUE|TRANSPOSE|SEQUENCE|INDEX|XLOOKUP|RECHERCHEX|\{", re.IGNORECASE
)
CHANGES_ALONE = re.compile(r"\b(?:NOW|TODAY|MAINTENANT|AUJOURDHUI)\s*\(", re.IGNORECASE)
Place = tuple[int, int, int]  # sheetId, row, column


@dataclass(frozen=True, slots=True)
class PreviousState:
    """What a formula gave, and all that it read: given the same again, it gives the same."""

    formula: Formula
    locale: str
    read: list[tuple[Reference, Grid]]
    gave: Operand


class Calculation:
    """The values of one revision of a workbook, each worked out when it is first asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.settings = Settings(locale(book.locale), local_now(book))
        self.done: dict[Place, Value] = {}
        self.running: set[Place] = set()
        self.grids: dict[tuple[int, Rect], Grid] = {}
        self.before, book.grids = book.grids, self.grids
        self.spills: dict[int, Spills] = {sheet.id: Spills(sheet) for sheet in book.sheets}
        self.arrays: set[Place] = {place for sheet in book.sheets for place in _arrays(sheet)}
        # Rows of the arrays that nobody read yet, from the last, by column: ten thousand cost no more than those due.
        self.waiting: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for sheet_id, row, column in sorted(self.arrays, reverse=True):
            self.waiting[sheet_id][column].append(row)

    def value(self, sheet: Sheet, row: int, column: int) -> Value:
        """Return the effective value of one cell."""
        self._spread(sheet, Rect(row, row + 1, column, column + 1))
        return self._value(sheet, row, column)

    def rows(self, sheet: Sheet, area: Rect) -> list[list[Value]]:
        """Return the effective values of an area, whole."""
        over, columns = self.computed(sheet, area), range(area.left, area.right)
        out = []
        for line, found in zip(sheet.cells[area.top : area.bottom], over, strict=False):
            row = [cell.value if (cell := line.get(c)) else None for c in columns]
            for column, value in found.items():
                row[column - area.left] = value
            out.append(row)
        return out + [[found.get(c) for c in columns] for found in over[len(out) :]]

    def last_row(self, sheet: Sheet) -> int:
        """Return the number of rows down to the last one that shows something."""
        self._spread(sheet, sheet.extent)
        return max(self.spills[sheet.id].last_row(), len(sheet.cells))

    def computed(self, sheet: Sheet, area: Rect) -> list[dict[int, Value]]:
        """Return, for each row of an area, what formulas put in it: their own cells and what arrays spread."""
        self._spread(sheet, area)
        lines = sheet.cells[area.top : area.bottom]
        out = self.spills[sheet.id].rows(area)
        for row, (line, found) in enumerate(zip(lines, out, strict=False), area.top):
            if line.formulas:
                for column, cell in line.items():
                    if type(cell.value) is Formula and area.left <= column < area.right:
                        found[column] = self._value(sheet, row, column)
        return out

    def _value(self, sheet: Sheet, row: int, column: int) -> Value:
        entered = sheet.cell(row, column).value
        if type(entered) is not Formula:
            return entered if entered is not None else self.spills[sheet.id].value(row, column)
        key = (sheet.id, row, column)
        if key not in self.done:
            if key in self.running:
                return SheetError("REF", "Circular dependency detected.")
            self.running.add(key)
            self.done[key] = self._settle(sheet, row, column, self._given(sheet, row, column, entered))
            self.running.discard(key)
        return self.done[key]

    def _given(self, sheet: Sheet, row: int, column: int, formula: Formula) -> Operand:
        """Return what a formula gives: what it gave before when all that it reads is as it was then."""
        key, cells = (sheet.id, row, column), _Cells(self, sheet)
        known = self.book.known.get(key)
        if known and (known.formula, known.locale) == (formula, self.book.locale) and cells.unchanged(known.read):
            operand: Operand = known.gave
            return operand
        operand = self._evaluated(cells, row, column, formula)
        if cells.sure and not CHANGES_ALONE.search(formula):
            self.book.known[key] = PreviousState(formula, self.book.locale, cells.read, operand)
        return operand

    def _evaluated(self, cells: _Cells, row: int, column: int, formula: Formula) -> Operand:
        try:
            node = parse(formula, self.settings.locale.decimal)
            return Evaluator(cells, row, column).operand(node, False)
        except FormulaError:
            return SheetError("ERROR", "Formula parse error.")
        except Failure as failure:
            return failure.error
        except RecursionError:
            return SheetError("REF", "Circular dependency detected.")

    def _settle(self, sheet: Sheet, row: int, column: int, operand: Operand) -> Value:
        """Spread an array from its cell; what stands in its way makes it #REF!, as people see it."""
        if isinstance(operand, Grid):
            error = self.spills[sheet.id].add(row, column, operand)
            operand = error or operand.rows[0][0]
        return 0 if operand is None else operand

    def _spread(self, sheet: Sheet, area: Rect) -> None:
        """Evaluate the arrays that may reach an area before it is read."""
        for column, rows in sorted(self.waiting[sheet.id].items()):
            while column < area.right and rows and rows[-1] < area.bottom:
                row = rows.pop()
                if (sheet.id, row, column) not in self.running:
                    self._value(sheet, row, column)

    def grid(self, sheet: Sheet, area: Rect) -> Grid:
        """Return an area for a formula; while it holds the same, the same object, so that its index is made once."""
        key = (sheet.id, area)
        if key in self.grids:
            return self.grids[key]
        grid, before = Grid(self.rows(sheet, area)), self.before.get(key)
        if before is not None and grid.same(before):
            grid = before
        if not any(place in self.arrays and _may_reach(place, sheet, area) for place in self.running):
            self.grids[key] = grid
        return grid


def _may_reach(place: Place, sheet: Sheet, area: Rect) -> bool:
    """Whether an array may put something in an area: it spreads below and to the right."""
    sheet_id, row, column = place
    return sheet_id == sheet.id and row < area.bottom and column < area.right


def _arrays(sheet: Sheet) -> Iterator[Place]:
    """Yield the cells of a tab whose formulas may give arrays."""
    for r, line in enumerate(sheet.cells):
        if line.formulas:
            for c, cell in line.items():
                if type(cell.value) is Formula and GIVES_ARRAY.search(cell.value):
                    yield sheet.id, r, c


class _Cells:
    """What one tab's formulas refer to; all that was read is noted, `sure` while that is all there was to know."""

    def __init__(self, calculation: Calculation, sheet: Sheet) -> None:
        self.calculation = calculation
        self.sheet = sheet
        self.settings = calculation.settings
        self.read: list[tuple[Reference, Grid]] = []
        self.sure = True

    def grid(self, reference: Reference) -> Grid:
        grid = self._grid(reference)
        self.read.append((reference, grid))
        return grid

    def _grid(self, reference: Reference) -> Grid:
        sheet = self.sheet
        if reference.sheet is not None:
            found = self.calculation.book.titled(reference.sheet)
            if found is None:
                self.sure = False
                raise Failure("REF", f"Unresolved sheet name '{reference.sheet}'.")
            sheet = found
        area = reference.span.within(sheet.rows, sheet.columns)
        return self.calculation.grid(sheet, area) if area else Grid([[None]])

    def unchanged(self, read: list[tuple[Reference, Grid]]) -> bool:
        """Whether references lead to the same values as before."""
        try:
            return all(self._grid(reference).same(grid) for reference, grid in read)
        except Failure:
            return False

    def named(self, name: str) -> Reference | None:
        self.sure = False
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
