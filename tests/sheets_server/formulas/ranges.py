"""Functions of ranges: sums, counts, lookups, and those that give arrays."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import reduce
from typing import Any

from tests.sheets_server import typed
from tests.sheets_server.errors import unimplemented
from tests.sheets_server.formulas.functions import flat, numbers, ranged
from tests.sheets_server.formulas.scalars import plain
from tests.sheets_server.formulas.values import Failure, Grid, Operand, Settings, checked, compare, rank
from tests.sheets_server.model import SheetError, Value


@ranged("SUM")
def sum_(settings: Settings, *arguments: Operand) -> Operand:
    return plain(sum(numbers(settings, arguments)))


@ranged("AVERAGE")
def average(settings: Settings, *arguments: Operand) -> Operand:
    found = numbers(settings, arguments)
    if not found:
        raise Failure("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return plain(sum(found) / len(found))


@ranged("MIN")
def min_(settings: Settings, *arguments: Operand) -> Operand:
    return min(numbers(settings, arguments), default=0)


@ranged("MAX")
def max_(settings: Settings, *arguments: Operand) -> Operand:
    return max(numbers(settings, arguments), default=0)


@ranged("COUNT")
def count(settings: Settings, *arguments: Operand) -> Operand:
    return sum(isinstance(v, (int, float)) and not isinstance(v, bool) for v in flat(arguments))


@ranged("COUNTA")
def count_a(settings: Settings, *arguments: Operand) -> Operand:
    return sum(value is not None for value in flat(arguments))


@ranged("COUNTBLANK")
def count_blank(settings: Settings, *arguments: Operand) -> Operand:
    return sum(value in (None, "") for value in flat(arguments))


@ranged("AND")
def and_(settings: Settings, *arguments: Operand) -> Operand:
    return all(settings.truth(value) for value in flat(arguments) if value is not None)


@ranged("OR")
def or_(settings: Settings, *arguments: Operand) -> Operand:
    return any(settings.truth(value) for value in flat(arguments) if value is not None)


@ranged("SUMPRODUCT")
def sum_product(settings: Settings, *arguments: Operand) -> Operand:
    columns = [[_zero(value) for value in flat((argument,))] for argument in arguments]
    return plain(sum(reduce(operator.mul, row) for row in zip(*columns, strict=True)))


def _zero(value: Value) -> float:
    checked(value)
    return value if isinstance(value, (int, float)) else 0


@ranged("CONCATENATE")
def concatenate(settings: Settings, *arguments: Operand) -> Operand:
    return "".join(settings.text(value) for value in flat(arguments))


@ranged("JOIN")
def join(settings: Settings, delimiter: Operand, *arguments: Operand) -> Operand:
    return settings.text(flat((delimiter,))[0]).join(settings.text(value) for value in flat(arguments))


@ranged("TEXTJOIN")
def text_join(settings: Settings, delimiter: Operand, skip_empty: Operand, *arguments: Operand) -> Operand:
    skip = settings.truth(flat((skip_empty,))[0])
    texts = [settings.text(value) for value in flat(arguments)]
    return settings.text(flat((delimiter,))[0]).join(text for text in texts if text or not skip)


def criterion(settings: Settings, wanted: Value) -> Callable[[Value], bool]:
    """Return the test of COUNTIF and SUMIF: `>3`, `<>oui`, `a*`, or an equal value."""
    if not isinstance(wanted, str):
        return lambda value: value is not None and compare(value, wanted) == 0
    match = re.match(r"(<>|<=|>=|=|<|>)?(.*)\Z", wanted, re.DOTALL)
    sign, text = (match[1] or "=", match[2]) if match else ("=", wanted)
    target = typed.read(text, settings.locale, settings.today).value
    if isinstance(target, str) or target is None:
        return _text_criterion(sign, text)
    tests = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le}
    test = tests.get(sign, operator.ge)
    return lambda v: (
        rank(v)[0] == rank(target)[0] and test(rank(v)[1], rank(target)[1]) if v is not None else sign == "<>"
    )


def _text_criterion(sign: str, text: str) -> Callable[[Value], bool]:
    parts = re.findall(r"~[*?~]|[*?]|[^*?~]+|~", text)
    pattern = "".join({"*": ".*", "?": "."}.get(part, re.escape(part.lstrip("~"))) for part in parts)
    same = re.compile(pattern + r"\Z", re.IGNORECASE | re.DOTALL)
    return lambda value: bool(isinstance(value, str) and same.match(value)) is (sign != "<>")


def _equal_to(settings: Settings, wanted: Value) -> list[tuple[int, Any]] | None:
    """Return the ranks of the values that meet a criterion; None when it is more than an equality."""
    if wanted is None:
        return [rank(0), rank(""), rank(False)]
    if isinstance(wanted, str):
        if not wanted or wanted[0] in "<>=" or WILD.search(wanted):
            return None
        wanted = typed.read(wanted, settings.locale, settings.today).value
    return [rank(wanted)]


@ranged("COUNTIF", over=(1,))
def count_if(settings: Settings, cells: Operand, wanted: Value) -> Operand:
    same = _equal_to(settings, wanted)
    if same is not None:
        return sum(as_grid(cells).counts[key] for key in same)
    test = criterion(settings, wanted)
    return sum(test(value) for value in flat((cells,)))


@ranged("SUMIF", over=(1,))
def sum_if(settings: Settings, cells: Operand, wanted: Value, summed: Operand = None) -> Operand:
    test = criterion(settings, wanted)
    values = flat((cells if summed is None else summed,))
    chosen = [value for key, value in zip(flat((cells,)), values, strict=False) if test(key)]
    return plain(sum(v for v in chosen if isinstance(v, (int, float)) and not isinstance(v, bool)))


def _near(keys: list[Value], wanted: Value) -> int | None:
    """Return the last place whose key is not above the wanted one, in a sorted column."""
    found = None
    for place, key in enumerate(keys):
        if key is not None and rank(key)[0] == rank(wanted)[0] and rank(key) <= rank(wanted):
            found = place
    return found


def _place(keys: Grid, wanted: Value) -> int | None:
    """Return the first place of a value; `*` and `?` in a text stand for any letters, as in VLOOKUP and MATCH."""
    if isinstance(wanted, str) and WILD.search(wanted):
        test = _text_criterion("=", wanted)
        return next((place for place, value in enumerate(keys.flat) if test(value)), None)
    return keys.places.get(rank(wanted))


NOTHING = Grid([])  # an argument that is not given: one given empty is a blank
WILD = re.compile(r"[*?~]")


@ranged("VLOOKUP", over=(0, 2))
def vlookup(settings: Settings, wanted: Value, table: Operand, column: Value, near: Operand = True) -> Operand:
    grid = as_grid(table)
    sought = 0 if checked(wanted) is None else wanted
    place = int(settings.number(column))
    if not 1 <= place <= grid.width:
        raise Failure("REF" if place > grid.width else "VALUE", "VLOOKUP evaluates to an out of bounds range.")
    keys = grid.first_column
    row = _near(keys.flat, sought) if settings.truth(flat((near,))[0]) else _place(keys, sought)
    if row is None:
        raise Failure("N_A", f"Did not find value '{settings.text(wanted)}' in VLOOKUP evaluation.")
    return grid.rows[row][place - 1]


@ranged("XLOOKUP", over=(0,))
def xlookup(
    settings: Settings, wanted: Value, keys: Operand, results: Operand, missing: Operand = NOTHING, *modes: Operand
) -> Operand:
    """Look a value up in a row or a column; a range of several columns gives the whole row that is found."""
    if modes and any(settings.number(flat((mode,))[0]) != plain for mode, plain in zip(modes, (0, 1), strict=False)):
        raise unimplemented("XLOOKUP with a match mode or a search mode")
    sought, given = as_grid(keys), as_grid(results)
    by_rows = sought.width == 1
    if not by_rows and sought.height != 1:
        raise Failure("VALUE", "XLOOKUP lookup range must be a singular row or column.")
    if (sought.height != given.height) if by_rows else (sought.width != given.width):
        raise Failure("VALUE", "Array arguments to XLOOKUP are of different size.")
    found = sought.places.get(rank(checked(wanted)))
    if found is not None:
        return _line(given, found, by_rows)
    if missing is NOTHING:
        raise Failure("N_A", f"Did not find value '{settings.text(wanted)}' in XLOOKUP evaluation.")
    return missing


def _line(grid: Grid, place: int, by_rows: bool) -> Operand:
    """Return a row or a column of a grid; its value alone when there is but one."""
    line = grid.rows[place] if by_rows else [row[place] for row in grid.rows]
    if len(line) == 1:
        return line[0]
    return Grid([line] if by_rows else [[value] for value in line])


@ranged("MATCH", over=(0,))
def match(settings: Settings, wanted: Value, keys: Operand, near: Operand = 1) -> Operand:
    grid = as_grid(keys)
    exact = settings.number(flat((near,))[0]) == 0
    found = _place(grid, checked(wanted)) if exact else _near(grid.flat, wanted)
    if found is None:
        raise Failure("N_A", f"Did not find value '{settings.text(wanted)}' in MATCH evaluation.")
    return found + 1


@ranged("INDEX")
def index(settings: Settings, cells: Operand, row: Operand = 0, column: Operand = 0) -> Operand:
    grid = as_grid(cells)
    r, c = (int(settings.number(flat((place,))[0])) for place in (row, column))
    if not (0 <= r <= grid.height and 0 <= c <= grid.width):
        raise Failure("NUM", "INDEX evaluates to an out of range value.")
    rows = grid.rows if r == 0 else [grid.rows[r - 1]]
    found = Grid(rows if c == 0 else [[line[c - 1]] for line in rows])
    return found.rows[0][0] if found.height == found.width == 1 else found


@ranged("ROWS")
def rows_(settings: Settings, cells: Operand) -> Operand:
    return as_grid(cells).height


@ranged("COLUMNS")
def columns_(settings: Settings, cells: Operand) -> Operand:
    return as_grid(cells).width


@ranged("TRANSPOSE")
def transpose(settings: Settings, cells: Operand) -> Operand:
    return Grid([list(column) for column in zip(*as_grid(cells).rows, strict=True)])


@ranged("SEQUENCE")
def sequence(settings: Settings, height: Operand, width: Operand = 1, start: Operand = 1, step: Operand = 1) -> Operand:
    high, wide, first, by = (settings.number(flat((a,))[0]) for a in (height, width, start, step))
    return Grid([[plain(first + by * (r * int(wide) + c)) for c in range(int(wide))] for r in range(int(high))])


@ranged("UNIQUE")
def unique(settings: Settings, cells: Operand) -> Operand:
    kept = {tuple(rank(value) for value in row): row for row in reversed(as_grid(cells).rows)}
    return Grid(list(reversed(kept.values())))


@ranged("FILTER")
def filter_(settings: Settings, cells: Operand, *tests: Operand) -> Operand:
    columns = [flat((test,)) for test in tests]
    kept = [
        row
        for row, answers in zip(as_grid(cells).rows, zip(*columns, strict=True), strict=True)
        if all(not isinstance(answer, SheetError) and settings.truth(answer) for answer in answers)
    ]
    if not kept:
        raise Failure("N_A", "No matches are found in FILTER evaluation.")
    return Grid(kept)


@ranged("SORT")
def sort(settings: Settings, cells: Operand, *specs: Operand) -> Operand:
    rows = list(as_grid(cells).rows)
    order = [flat((spec,))[0] for spec in specs] or [1, True]
    for column, ascending in reversed(list(zip(order[::2], order[1::2], strict=True))):
        rows = _sorted(rows, int(settings.number(column)) - 1, settings.truth(ascending))
    return Grid(rows)


def _sorted(rows: list[list[Value]], place: int, ascending: bool) -> list[list[Value]]:
    return sorted(rows, key=lambda row: rank(row[place]), reverse=not ascending)


def as_grid(operand: Operand) -> Grid:
    return operand if isinstance(operand, Grid) else Grid([[operand]])
