"""An integer program: variables, constraints (some may be given up at a price), objectives in their order."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from eig_sheets.integer_program.highs import EQUAL, Model, Optimum, Solution
from eig_sheets.integer_program.linear import NOTHING, Columns, Key, Linear, Numbers, Variables, total

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class _Relaxable(Generic[Name]):
    """A constraint that may be given up: the binary that says whether, and by how much, if that counts."""

    name: Name
    given_up: Linear
    amount: Linear


@dataclass(slots=True)
class Program(Generic[Name]):
    """Variables between bounds and linear constraints on them, added in any order, then minimised.

    Name: what a constraint that may be given up is called by.
    """

    _lower: list[Numbers] = field(default_factory=list)
    _upper: list[Numbers] = field(default_factory=list)
    _integer: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    _rows: list[tuple[float, float, Columns, Numbers]] = field(default_factory=list)
    _relaxable: list[_Relaxable[Name]] = field(default_factory=list)
    size: int = 0

    def variables(self, count: int, lower: float = 0, upper: float = 1, *, integer: bool = True) -> Columns:
        """The columns of so many new variables; binary unless said otherwise."""
        self._lower.append(np.full(count, float(lower)))
        self._upper.append(np.full(count, float(upper)))
        self._integer.append(np.full(count, integer))
        self.size += count
        return np.arange(self.size - count, self.size)

    def variable(self, upper: float = 1, *, integer: bool = True) -> Linear:
        """One new variable, of 0 or more."""
        return total(self.variables(1, 0, upper, integer=integer))

    def keyed(self, keys: Iterable[Key]) -> Variables[Key]:
        """A new binary variable for each key."""
        every = tuple(keys)
        return Variables(every, self.variables(len(every)))

    def constrain(self, constrained: Linear, lower: float = -math.inf, upper: float = math.inf) -> None:
        """Add lower ≤ Σ weight × variable ≤ upper."""
        unique, inverse = np.unique(constrained.columns, return_inverse=True)
        weights = np.bincount(inverse, constrained.weights, len(unique)).astype(float)
        self._rows.append((lower, upper, unique, weights))

    def whether(self, amount: Linear, most: float) -> Linear:
        """A new binary variable: 1 where an amount, of `most` at most, is not nought."""
        whether = self.variable()
        self.constrain(amount - most * whether, upper=0)
        return whether

    def relaxable(self, name: Name, given_up: Linear, amount: Linear = NOTHING) -> None:
        """Name a constraint that may be given up, where this binary is 1, by this amount, if that counts."""
        self._relaxable.append(_Relaxable(name, given_up, amount))

    def slack(self, name: Name, most: float, *, integer: bool = True) -> Linear:
        """By how much the constraint of that name may be missed, so that it may be given up: a new variable."""
        given_up, amount = self.variable(), self.variable(most, integer=integer)
        self.constrain(amount - most * given_up, upper=0)
        self.relaxable(name, given_up, amount)
        return amount

    def relaxation(
        self, price: Callable[[Name], int] = lambda _: 0, order: Callable[[Name], Any] | None = None
    ) -> Iterator[Linear]:
        """The objectives of the least relaxation: the fewest constraints, of these the fewest of each price, the least.

        `price`: what a constraint costs by its name, whole; the dearest come first, those of 0 are what is left.
        `order`: between equals, the first by their names are kept rather than the last.
        """
        constraints = self._relaxable
        yield sum((constraint.given_up for constraint in constraints), NOTHING)
        for dear in sorted({price(constraint.name) for constraint in constraints} - {0}, reverse=True):
            yield sum((constraint.given_up for constraint in constraints if price(constraint.name) == dear), NOTHING)
        yield sum((constraint.amount for constraint in constraints), NOTHING)
        if order is not None:
            in_order = sorted(constraints, key=lambda constraint: order(constraint.name))
            yield from (constraint.given_up for constraint in in_order)
            yield from (constraint.amount for constraint in in_order if len(constraint.amount))

    def given_up(self, values: Numbers) -> list[tuple[Name, float]]:
        """The constraints that a point gives up, in the order in which they were declared, and by how much."""
        given_up = (constraint for constraint in self._relaxable if constraint.given_up.of(values) > 0.5)
        return [(constraint.name, constraint.amount.of(values)) for constraint in given_up]

    def minimised(
        self, objective: Linear, gap: float = 0.0, start: Numbers | None = None, known: Numbers | None = None
    ) -> Solution | None:
        """The point that minimises the objective, within `gap` of the bound; None when no point is feasible.

        The search stops after MOST_NODES with the best point that it has: its bound says how far it may be. `start`: a
        feasible point from which it begins; `known`: one that is the answer where a search that stopped has none.
        Raises SearchCutError when it has none either, ValueError when nothing bounds the objective.
        """
        return self._model().minimised(objective.dense(self.size), gap, start, known)

    def minimised_in_order(self, objectives: Iterable[Linear], gap: float = 0.0) -> Optimum | None:
        """The point that minimises each objective among those that minimise the ones before; None when there is none.

        Each is kept at its optimum, also afterwards. Raises SearchCutError.
        """
        optimum: Optimum | None = None
        for objective in objectives:
            solution = self.minimised(objective, gap, known=None if optimum is None else optimum.values)
            if solution is None:
                return None
            optimum = Optimum(solution.values, max(solution.gap, 0.0 if optimum is None else optimum.gap))
            self.keep(objective, solution)
        return optimum

    def keep(self, objective: Linear, solution: Solution) -> None:
        """Constrain an objective to be no worse than in a solution, to the tolerance of the solver.

        That is half a unit where all of it is whole.
        """
        costs = objective.dense(self.size)
        used = np.flatnonzero(costs)
        if not len(used):
            return
        is_whole = np.concatenate(self._integer)[used].all() and np.equal(np.mod(costs[used], 1), 0).all()
        tolerance = 0.5 if is_whole else EQUAL * max(1.0, abs(solution.objective))
        self.constrain(total(used, costs[used]), upper=solution.objective + tolerance)

    def relaxed_in_order(self, objectives: Iterable[Linear]) -> Optimum | None:
        """The same point, found without asking that integers be whole; None when that leaves none, or no whole one.

        Each objective keeps to the optimal face of those before: a variable with a reduced cost and a constraint with a
        price stay at their bound (complementary slackness). Of network flows, all of whose vertices are whole, this is
        the exact answer at the price of a linear program.
        """
        return self._model().relaxed_in_order([objective.dense(self.size) for objective in objectives])

    def _model(self) -> Model:
        integer = np.concatenate([*self._integer, np.zeros(0, dtype=bool)])
        return Model(
            np.concatenate([*self._lower, np.zeros(0)]),
            np.concatenate([*self._upper, np.zeros(0)]),
            integer,
            self._rows,
        )
