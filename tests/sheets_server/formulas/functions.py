"""The functions that formulas may call, and how their arguments reach them.

Three families: those that see their arguments unevaluated (`IF`), those of scalars, which an array formula applies
cell by cell (`ROUND`), and those of ranges (`SUM`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.sheets_server.errors import unimplemented
from tests.sheets_server.formulas.catalogue import FRENCH_NAMES, GOOGLE_NAMES
from tests.sheets_server.formulas.parser import Node
from tests.sheets_server.formulas.values import Failure, Grid, Operand, Settings, broadcast
from tests.sheets_server.model import SheetError, Value

if TYPE_CHECKING:
    from tests.sheets_server.formulas.evaluator import Evaluator

Lazy = Callable[["Evaluator", tuple[Node, ...], bool], Operand]
LAZY: dict[str, Lazy] = {}
SCALAR: dict[str, Callable[..., Value]] = {}
RANGED: dict[str, tuple[Callable[..., Operand], tuple[int, ...]]] = {}


def lazy(name: str) -> Callable[[Lazy], Lazy]:
    def register(function: Lazy) -> Lazy:
        LAZY[name] = function
        return function

    return register


def scalar(name: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Register a function of scalars; it gets the settings, then its arguments."""

    def register(function: Callable[..., Value]) -> Callable[..., Value]:
        SCALAR[name] = function
        return function

    return register


def ranged(name: str, over: tuple[int, ...] = ()) -> Callable[[Callable[..., Operand]], Callable[..., Operand]]:
    """Register a function of ranges; an array formula repeats it over the arguments whose places are given."""

    def register(function: Callable[..., Operand]) -> Callable[..., Operand]:
        RANGED[name] = (function, over)
        return function

    return register


def call(evaluator: Evaluator, name: str, arguments: tuple[Node, ...], array: bool) -> Operand:
    """Return what a call gives; a function of Google's that is missing here is a 501, any other is #NAME?."""
    name = FRENCH_NAMES.get(name, name)
    if name in LAZY:
        return LAZY[name](evaluator, arguments, array)
    if name in SCALAR:
        function = SCALAR[name]
        operands = [evaluator.value(node, array) for node in arguments]
        return _arity(lambda *values: function(evaluator.settings, *values), operands, name)
    if name in RANGED:
        return _ranged(evaluator, name, arguments, array)
    if name in GOOGLE_NAMES:
        raise unimplemented(f"the formula function {name}")
    raise Failure("NAME", f"Unknown function: '{name}'.")


def _arity(function: Callable[..., Value], operands: list[Operand], name: str) -> Operand:
    try:
        return broadcast(function, operands)
    except TypeError:
        raise Failure("N_A", f"Wrong number of arguments to {name}. Got {len(operands)} arguments.") from None


def _ranged(evaluator: Evaluator, name: str, arguments: tuple[Node, ...], array: bool) -> Operand:
    function, over = RANGED[name]
    operands = [
        evaluator.value(node, array) if place in over else evaluator.operand(node, array or name in IMPLY_ARRAYS)
        for place, node in enumerate(arguments)
    ]
    repeated = [place for place in over if place < len(operands)]

    def once(*values: Value) -> Any:
        given = list(operands)
        for place, value in zip(repeated, values, strict=True):
            given[place] = value
        gave = function(evaluator.settings, *given)
        return gave.rows[0][0] if isinstance(gave, Grid) else gave

    if not array or not any(isinstance(operands[place], Grid) for place in repeated):
        try:
            return function(evaluator.settings, *operands)
        except TypeError:
            raise Failure("N_A", f"Wrong number of arguments to {name}. Got {len(operands)} arguments.") from None
    return broadcast(once, [operands[place] for place in repeated])


IMPLY_ARRAYS = {"FILTER", "SORT", "UNIQUE", "SUMPRODUCT", "TRANSPOSE"}


@lazy("ARRAYFORMULA")
def array_formula(evaluator: Evaluator, arguments: tuple[Node, ...], array: bool) -> Operand:
    return evaluator.operand(arguments[0], True)


@lazy("IF")
def if_(evaluator: Evaluator, arguments: tuple[Node, ...], array: bool) -> Operand:
    condition = evaluator.value(arguments[0], array)
    branches = [*arguments[1:], Node("literal", False)] if len(arguments) < 3 else arguments[1:]
    if not isinstance(condition, Grid):
        return evaluator.value(branches[not evaluator.settings.truth(condition)], array)
    chosen = [_tried(evaluator, branch) for branch in branches]
    truth = evaluator.settings.truth
    return broadcast(lambda test, yes, no: yes if truth(test) else no, [condition, *chosen])


def _tried(evaluator: Evaluator, node: Node) -> Operand:
    try:
        return evaluator.value(node, True)
    except Failure as failure:
        return failure.error


@lazy("IFS")
def ifs(evaluator: Evaluator, arguments: tuple[Node, ...], array: bool) -> Operand:
    if not arguments:
        raise Failure("N_A", "No match.")
    rest = Node("call", "IFS", arguments[2:])
    return if_(evaluator, (arguments[0], arguments[1], rest), array)


def _rescue(caught: Callable[[SheetError], bool]) -> Lazy:
    def rescue(evaluator: Evaluator, arguments: tuple[Node, ...], array: bool) -> Operand:
        fallback = arguments[1] if len(arguments) > 1 else Node("literal", None)
        try:
            found = evaluator.value(arguments[0], array)
        except Failure as failure:
            if not caught(failure.error):
                raise
            return evaluator.value(fallback, array)
        if not isinstance(found, Grid):
            return evaluator.value(fallback, array) if isinstance(found, SheetError) and caught(found) else found
        instead = evaluator.value(fallback, array)
        return broadcast(lambda a, b: b if isinstance(a, SheetError) and caught(a) else a, [found, instead])

    return rescue


LAZY["IFERROR"] = _rescue(lambda error: True)
LAZY["IFNA"] = _rescue(lambda error: error.type == "N_A")


def _question(test: Callable[[Value], bool]) -> Lazy:
    def ask(evaluator: Evaluator, arguments: tuple[Node, ...], array: bool) -> Operand:
        try:
            found = evaluator.value(arguments[0], array)
        except Failure as failure:
            found = failure.error
        return broadcast(test, [found])

    return ask


LAZY["ISBLANK"] = _question(lambda value: value is None)
LAZY["ISERROR"] = _question(lambda value: isinstance(value, SheetError))
LAZY["ISNA"] = _question(lambda value: isinstance(value, SheetError) and value.type == "N_A")
LAZY["ISERR"] = _question(lambda value: isinstance(value, SheetError) and value.type != "N_A")
LAZY["ISNUMBER"] = _question(lambda value: isinstance(value, (int, float)) and not isinstance(value, bool))
LAZY["ISTEXT"] = _question(lambda value: isinstance(value, str))
LAZY["ISLOGICAL"] = _question(lambda value: isinstance(value, bool))


def _place(of_row: bool) -> Lazy:
    def place(evaluator: Evaluator, arguments: tuple[Node, ...], array: bool) -> Operand:
        if not arguments:
            return (evaluator.row if of_row else evaluator.column) + 1
        if arguments[0].kind != "reference":
            raise Failure("VALUE", "Argument must be a range.")
        span = arguments[0].value.span
        start = (span.top if of_row else span.left) or 0
        if not array:
            return start + 1
        grid = evaluator.cells.grid(arguments[0].value)
        if of_row:
            return Grid([[start + 1 + i] for i in range(grid.height)])
        return Grid([[start + 1 + i for i in range(grid.width)]])

    return place


LAZY["ROW"], LAZY["COLUMN"] = _place(True), _place(False)


def flat(arguments: tuple[Operand, ...]) -> list[Value]:
    """Return every value of a mix of ranges and scalars."""
    if len(arguments) == 1 and isinstance(arguments[0], Grid):
        return arguments[0].flat
    return [v for a in arguments for v in (a.flat if isinstance(a, Grid) else (a,))]


def numbers(settings: Settings, arguments: tuple[Operand, ...]) -> list[float]:
    """Return the numbers that SUM and its like see: those of ranges as they are, scalars coerced."""
    found: list[float] = []
    for argument in arguments:
        if not isinstance(argument, Grid):
            found.append(settings.number(argument))
            continue
        for value in argument.flat:
            if isinstance(value, SheetError):
                raise Failure(value.type, value.message)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                found.append(value)
    return found
