"""Trees of formulas turned into values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tests.sheets_server.formulas import functions
from tests.sheets_server.formulas.parser import Node
from tests.sheets_server.formulas.tokens import Reference
from tests.sheets_server.formulas.values import Failure, Grid, Operand, Settings, broadcast, compare
from tests.sheets_server.locales import ERRORS
from tests.sheets_server.model import Value

ERROR_KINDS = {shown: kind for kind, shown in ERRORS.items()}


class Cells(Protocol):
    """Where references lead."""

    settings: Settings

    def grid(self, reference: Reference) -> Grid: ...

    def named(self, name: str) -> Reference | None: ...


class Evaluator:
    """Evaluates one cell's formula; `array` is true inside ARRAYFORMULA and the functions that imply it."""

    def __init__(self, cells: Cells, row: int, column: int) -> None:
        self.cells = cells
        self.settings = cells.settings
        self.row = row
        self.column = column

    def operand(self, node: Node, array: bool) -> Operand:
        """Return a node's value, a range whole."""
        found: Operand = getattr(self, f"_{node.kind}")(node, array)
        return found

    def value(self, node: Node, array: bool) -> Operand:
        """Return a node's value where one is wanted: outside arrays, of a range, the cell beside the formula."""
        found = self.operand(node, array)
        return found if array or not isinstance(found, Grid) else self._beside(node, found)

    def _beside(self, node: Node, grid: Grid) -> Value:
        if grid.height == grid.width == 1 or node.kind != "reference":
            return grid.rows[0][0]
        span = node.value.span
        row, column = self.row - (span.top or 0), self.column - (span.left or 0)
        if grid.width == 1 and 0 <= row < grid.height:
            return grid.rows[row][0]
        if grid.height == 1 and 0 <= column < grid.width:
            return grid.rows[0][column]
        raise Failure("VALUE", "An array value could not be found.")

    def _literal(self, node: Node, array: bool) -> Operand:
        value: Value = node.value
        return value

    def _error(self, node: Node, array: bool) -> Operand:
        raise Failure(ERROR_KINDS[node.value], "Reference does not exist.")

    def _reference(self, node: Node, array: bool) -> Operand:
        grid = self.cells.grid(node.value)
        return grid.rows[0][0] if node.value.last is None else grid

    def _name(self, node: Node, array: bool) -> Operand:
        reference = self.cells.named(node.value)
        if reference is None:
            raise Failure("NAME", f"Unknown range name: '{node.value.upper()}'.")
        return self._reference(Node("reference", reference), array)

    def _array(self, node: Node, array: bool) -> Operand:
        rows: list[list[Value]] = []
        for line in node.below:
            parts = [self._as_grid(self.operand(item, True)) for item in line]
            if len({part.height for part in parts}) > 1:
                raise Failure("VALUE", "Function ARRAY_ROW parameter sizes do not match.")
            rows += [
                [value for part in parts for value in part.rows[i]] for i in range(parts[0].height if parts else 0)
            ]
        if len({len(row) for row in rows}) > 1:
            raise Failure("VALUE", "In ARRAY_LITERAL, an Array Literal was missing values for one or more rows.")
        return Grid(rows)

    @staticmethod
    def _as_grid(operand: Operand) -> Grid:
        return operand if isinstance(operand, Grid) else Grid([[operand]])

    def _sign(self, node: Node, array: bool) -> Operand:
        operand = self.value(node.below[0], array)
        if node.value == "+":
            return operand
        return broadcast(lambda value: -self.settings.number(value), [operand])

    def _percent(self, node: Node, array: bool) -> Operand:
        return broadcast(lambda value: self.settings.number(value) / 100, [self.value(node.below[0], array)])

    def _operation(self, node: Node, array: bool) -> Operand:
        operands = [self.value(item, array) for item in node.below]
        return broadcast(self._operator(node.value), operands)

    def _operator(self, sign: str) -> Callable[[Value, Value], Value]:
        number, text = self.settings.number, self.settings.text
        operators: dict[str, Callable[[Value, Value], Value]] = {
            "+": lambda a, b: number(a) + number(b),
            "-": lambda a, b: number(a) - number(b),
            "*": lambda a, b: number(a) * number(b),
            "/": lambda a, b: _divide(number(a), number(b)),
            "^": lambda a, b: _power(number(a), number(b)),
            "&": lambda a, b: text(a) + text(b),
            "=": lambda a, b: compare(a, b) == 0,
            "<>": lambda a, b: compare(a, b) != 0,
            "<": lambda a, b: compare(a, b) < 0,
            ">": lambda a, b: compare(a, b) > 0,
            "<=": lambda a, b: compare(a, b) <= 0,
            ">=": lambda a, b: compare(a, b) >= 0,
        }
        return operators[sign]

    def _call(self, node: Node, array: bool) -> Operand:
        return functions.call(self, node.value, node.below, array)


def _divide(one: float, two: float) -> float:
    if two == 0:
        raise Failure("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
    quotient = one / two
    return int(quotient) if quotient == int(quotient) else quotient


def _power(one: float, two: float) -> float:
    try:
        result: float | complex = one**two
    except (OverflowError, ZeroDivisionError):
        raise Failure("NUM", "Function POWER caused a divide by zero error.") from None
    if isinstance(result, complex):
        raise Failure("NUM", "Function POWER evaluates to an imaginary number.")
    return result
