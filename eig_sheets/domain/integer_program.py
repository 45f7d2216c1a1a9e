"""Mixed integer linear programs, solved exactly by HiGHS: the same program always has the same solution.

HiGHS looks at no clock: one thread, one seed, and a search that stops at a number of nodes (`search_limits`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from eig_sheets.domain import search_limits
from eig_sheets.domain.search_limits import NoSolverError, SearchCutError

try:
    import highspy
except ModuleNotFoundError:  # a Python for which it has no wheel: everything that needs no search works
    _HAS_SOLVER = False
else:
    _HAS_SOLVER = True

Numbers = npt.NDArray[np.float64]
Columns = npt.NDArray[np.intp]

INFINITE: Final = math.inf
_EQUAL: Final = 1e-6
"""HiGHS's own tolerance: an objective kept at its optimum may exceed it by so much, relative to its size."""
_SEED: Final = 0
_REDUCED_COST: Final = 1e-6
"""Costs are scaled to a thousand at most: a reduced cost under this is none."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A feasible point: `values` of shape (variables,), integers exact; `objective`, and a `bound` none goes under.

    `gap` = (objective − bound) / |objective|, null when both are equal.
    """

    values: Numbers
    objective: float
    bound: float
    gap: float

    @property
    def is_optimal(self) -> bool:
        """Whether no other point is better, to the tolerance of the solver."""
        return self.gap <= _EQUAL


@dataclass(slots=True)
class IntegerProgram:
    """Variables between bounds and linear constraints on them, added in any order, then minimised."""

    _lower: list[Numbers] = field(default_factory=list)
    _upper: list[Numbers] = field(default_factory=list)
    _integer: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    _rows: list[tuple[float, float, Columns, Numbers]] = field(default_factory=list)
    size: int = 0

    def variables(self, count: int, lower: float = 0, upper: float = 1, *, integer: bool = True) -> Columns:
        """The columns of so many new variables; binary unless said otherwise."""
        self._lower.append(np.full(count, float(lower)))
        self._upper.append(np.full(count, float(upper)))
        self._integer.append(np.full(count, integer))
        self.size += count
        return np.arange(self.size - count, self.size)

    def constrain(
        self, columns: Columns, coefficients: Numbers | float = 1.0, lower: float = -INFINITE, upper: float = INFINITE
    ) -> None:
        """Add lower ≤ Σ coefficient × variable ≤ upper; a column may come several times."""
        unique, inverse = np.unique(np.asarray(columns, dtype=np.intp), return_inverse=True)
        weights = np.broadcast_to(np.asarray(coefficients, dtype=float), np.shape(columns))
        self._rows.append((lower, upper, unique, np.bincount(inverse, weights, len(unique)).astype(float)))

    def minimised(
        self, costs: Numbers, gap: float = 0.0, start: Numbers | None = None, known: Numbers | None = None
    ) -> Solution | None:
        """The point that minimises Σ cost × variable, within `gap` of the bound; None when no point is feasible.

        `costs` has the shape (variables,). The search stops after MOST_NODES with the best point that it has: its bound
        says how far it may be. `start`: a feasible point from which it begins; `known`: one that is the answer where a
        search that stopped has none. Raises SearchCutError when it has none either, ValueError when nothing bounds the
        objective.
        """
        costs = np.asarray(costs, dtype=float)
        solver = self._solver(costs, gap)
        if start is not None:
            point = highspy.HighsSolution()
            point.col_value = [*start]
            solver.setSolution(point)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible and np.any(costs):
            feasible = self.minimised(np.zeros(self.size))
            status = highspy.HighsModelStatus.kUnbounded if feasible else highspy.HighsModelStatus.kInfeasible
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status == highspy.HighsModelStatus.kSolutionLimit:
            return self._cut(solver, costs, known)
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            raise ValueError(f"The program has no finite optimum: {solver.modelStatusToString(status)}")
        return self._solution(costs, solver.getSolution().col_value, solver.getInfo().mip_dual_bound)

    def _cut(self, solver: Any, costs: Numbers, known: Numbers | None) -> Solution:
        """What a search that stopped has found; else the point that was known before it."""
        info = solver.getInfo()
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            return self._solution(costs, solver.getSolution().col_value, info.mip_dual_bound)
        if known is None:
            raise SearchCutError
        return self._solution(costs, known, info.mip_dual_bound)

    def minimised_in_order(self, objectives: Sequence[Numbers], gap: float = 0.0) -> Solution | None:
        """The point that minimises the first objective, then the second among those points, and so on.

        The objective and bound are those of the last one, the gap is the largest of all; the program keeps a constraint
        for each that precedes. Raises SearchCutError.
        """
        solution, largest = None, 0.0
        for place, costs in enumerate(objectives):
            solution = self.minimised(costs, gap, known=None if solution is None else solution.values)
            if solution is None:
                return None
            largest = max(largest, solution.gap)
            if place + 1 < len(objectives):
                used = np.flatnonzero(costs)
                self.constrain(used, np.asarray(costs)[used], upper=solution.objective + self._slack(costs, solution))
        return solution and replace(solution, gap=largest)

    def relaxed_in_order(self, objectives: Sequence[Numbers]) -> Numbers | None:
        """The same point, found without asking that integers be whole; None when that leaves none, or no whole one.

        Each objective keeps to the optimal face of those before: a variable with a reduced cost and a constraint with a
        price stay at their bound (complementary slackness). Of network flows, all of whose vertices are whole, this is
        the exact answer at the price of a linear program.
        """
        solver = self._solver(np.zeros(self.size), 0.0, whole=False)
        everything = np.arange(self.size, dtype=np.int32)
        values = np.zeros(self.size)
        for costs in objectives:
            solver.changeColsCost(self.size, everything, _scaled(costs))
            solver.run()
            if solver.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
                return None
            found = solver.getSolution()
            values = np.array(found.col_value, dtype=float)
            decided = _priced(found.col_dual)
            bounds = np.round(values[decided])
            solver.changeColsBounds(len(decided), decided.astype(np.int32), bounds, bounds)
            for row in _priced(found.row_dual):
                bound = self._nearest_bound(row, found.row_value[row])
                solver.changeRowBounds(row, bound, bound)
        integer = np.concatenate([*self._integer, np.zeros(0, dtype=bool)])
        rounded = np.where(integer, np.round(values), values)
        return rounded if np.abs(rounded - values).max(initial=0.0) <= _EQUAL else None

    def _nearest_bound(self, row: int, value: float) -> float:
        lower, upper, *_ = self._rows[row]
        return lower if abs(value - lower) < abs(value - upper) else upper

    def _slack(self, costs: Numbers, solution: Solution) -> float:
        """What an objective may lose to the tolerance of the solver; under half a unit where all of it is whole."""
        used = np.flatnonzero(costs)
        whole = np.concatenate(self._integer)[used].all() and np.equal(np.mod(np.asarray(costs)[used], 1), 0).all()
        return 0.5 if whole else _EQUAL * max(1.0, abs(solution.objective))

    def _solver(self, costs: Numbers, gap: float, *, whole: bool = True) -> Any:
        if not _HAS_SOLVER:
            raise NoSolverError
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),
            ("random_seed", _SEED),
            ("threads", 1),
            ("mip_max_nodes", search_limits.MOST_NODES),
            ("mip_rel_gap", gap),
            ("mip_abs_gap", 0.0 if gap == 0 else 1e-6),
        ):
            solver.setOptionValue(option, value)
        model = self._model(costs)
        if not whole:
            model.integrality_ = []
        solver.passModel(model)
        return solver

    def _model(self, costs: Numbers) -> Any:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, len(self._rows)
        model.col_cost_ = costs
        model.col_lower_, model.col_upper_ = _joined(self._lower), _joined(self._upper)
        integer = np.concatenate([*self._integer, np.zeros(0, dtype=bool)])
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(one)] for one in integer]
        model.row_lower_ = np.array([lower for lower, *_ in self._rows], dtype=float)
        model.row_upper_ = np.array([upper for _, upper, *_ in self._rows], dtype=float)
        lengths = [len(columns) for *_, columns, _ in self._rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate([*(row[2] for row in self._rows), np.zeros(0)]).astype(np.int32)
        model.a_matrix_.value_ = _joined([row[3] for row in self._rows])
        return model

    def _solution(self, costs: Numbers, point: Sequence[float] | Numbers, least: float) -> Solution:
        """The point of a search, with `least`, the bound that it proved."""
        values = np.array(point, dtype=float)
        integer = np.concatenate(self._integer) if self._integer else np.zeros(0, dtype=bool)
        values[integer] = np.round(values[integer])
        objective = float(costs @ values)
        bound = min(objective, float(least)) if integer.any() else objective
        return Solution(values, objective, bound, _gap(objective, bound))


def _priced(duals: Sequence[float]) -> Columns:
    return np.flatnonzero(np.abs(np.array(duals, dtype=float)) > _REDUCED_COST)


def _scaled(costs: Numbers) -> Numbers:
    most = np.abs(costs).max(initial=0.0)
    return np.asarray(costs, dtype=float) * (1000 / most if most > 1000 else 1.0)


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate([*parts, np.zeros(0)])


def _gap(objective: float, bound: float) -> float:
    difference = objective - bound
    if difference <= _EQUAL:
        return 0.0
    return difference / abs(objective) if objective else INFINITE
