"""Values inside formulas: grids, coercions, comparisons and errors, as Sheets has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tests.sheets_server import typed
from tests.sheets_server.formatting import display
from tests.sheets_server.locales import Locale
from tests.sheets_server.model import SheetError, Value


@dataclass(frozen=True)
class Grid:
    """A range or an array, by rows."""

    rows: list[list[Value]]

    @cached_property
    def flat(self) -> list[Value]:
        """Every value, row by row."""
        return [value for row in self.rows for value in row]

    @cached_property
    def places(self) -> dict[tuple[int, Any], int]:
        """The first place of each value among all of them: ten thousand lookups read the range once."""
        found: dict[tuple[int, Any], int] = {}
        for place, value in enumerate(self.flat):
            if value is not None:
                found.setdefault(rank(value), place)
        return found

    @cached_property
    def counts(self) -> Counter[tuple[int, Any]]:
        """How many times each value comes."""
        return Counter(rank(value) for value in self.flat if value is not None)

    @cached_property
    def first_column(self) -> Grid:
        """The grid of the first column alone: the grid itself when it has but one."""
        return self if self.width == 1 else Grid([row[:1] for row in self.rows])

    @cached_property
    def types(self) -> list[type]:
        return list(map(type, self.flat))

    def same(self, other: Grid) -> bool:
        """Whether two grids hold the same values, 1 and TRUE being two."""
        return self is other or (self.rows == other.rows and self.types == other.types)

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


Operand = Value | Grid


class Failure(Exception):  # noqa: N818
    """An error value on its way up to where something catches it, or to the cell."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message)
        self.error = SheetError(kind, message)


def checked(value: Value) -> Value:
    """Return a value, or raise the error that it is."""
    if isinstance(value, SheetError):
        raise Failure(value.type, value.message)
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """What formulas see of the workbook around them: its locale, and what time it is there."""

    locale: Locale
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    def number(self, value: Value) -> float:
        value = checked(value)
        if value is None:
            return 0
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, (int, float)):
            return value
        entry = typed.read(str(value), self.locale, self.today).value
        if isinstance(entry, bool) or not isinstance(entry, (int, float)):
            raise Failure("VALUE", f"'{value}' is a text and cannot be coerced to a number.")
        return entry

    def text(self, value: Value) -> str:
        if type(value) is str:
            return value
        value = checked(value)
        return display(value, None, self.locale) if not isinstance(value, str) else value

    def truth(self, value: Value) -> bool:
        if isinstance(value, bool):
            return value
        value = checked(value)
        if isinstance(value, str):
            if value.upper() in ("TRUE", self.locale.true):
                return True
            if value.upper() in ("FALSE", self.locale.false):
                return False
            raise Failure("VALUE", f"'{value}' is a text and cannot be coerced to a boolean.")
        return bool(value)


def rank(value: Value) -> tuple[int, Any]:
    """Return the key that sorts values as Sheets does: numbers, texts, truths; blanks are zero or nothing."""
    if isinstance(value, str):
        return 1, value.casefold()
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, (int, float)):
        return 0, value
    return (3, "") if value is None else (4, value.type)


def compare(one: Value, two: Value) -> int:
    """Return -1, 0 or 1; case is ignored, and a blank is what it is compared with at its emptiest."""
    one, two = _unblank(checked(one), two), _unblank(checked(two), one)
    left, right = rank(one), rank(two)
    return (left > right) - (left < right)


def _unblank(value: Value, other: Value) -> Value:
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0


def broadcast(function: Callable[..., Value], operands: list[Operand]) -> Operand:
    """Return a function of scalars applied cell by cell; what a grid lacks is #N/A."""
    grids = [operand for operand in operands if isinstance(operand, Grid)]
    if not grids:
        return function(*operands)
    height, width = max(g.height for g in grids), max(g.width for g in grids)
    spread = [_spread(operand, height, width) for operand in operands]
    if width == 1:
        columns = [[row[0] for row in rows] for rows in spread]
        return Grid([[_caught(function, given)] for given in zip(*columns, strict=True)])
    return Grid(
        [[_caught(function, given) for given in zip(*lines, strict=True)] for lines in zip(*spread, strict=True)]
    )


def _caught(function: Callable[..., Value], arguments: tuple[Value, ...]) -> Value:
    try:
        return function(*arguments)
    except Failure as failure:
        return failure.error


def _spread(operand: Operand, height: int, width: int) -> list[list[Value]]:
    if not isinstance(operand, Grid):
        return [[operand] * width] * height
    rows = operand.rows
    if operand.width == 1 < width:
        rows = [row * width for row in rows]
    if operand.height == 1 < height:
        return rows * height
    missing: Value = SheetError("N_A", "Argument has mismatched size.")
    rows = [row + [missing] * (width - len(row)) for row in rows] if operand.width not in (1, width) else rows
    return rows + [[missing] * width] * (height - len(rows))
