"""One objective of a program, minimised exactly by HiGHS within a number of steps: equal data, equal answers.

HiGHS looks at no clock: one thread, one seed, and a search that stops at a number of nodes (`search_limits`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from eig_sheets.integer_program.linear import Columns, Numbers
from eig_sheets.text.errors import ExpectedError

MOST_NODES: Final = 2_000
"""Nodes of a branch-and-bound. Real calls take one, the hardest of the benchmarks less than a hundred."""


_NOTHING_FOUND: Final = (
    "La recherche s’est arrêtée sans rien trouver, ni prouver qu’il n’y a rien : rien n’est proposé ni écrit. Réduisez "
    "ce qui est demandé (maxima, limites, jours, équipes), puis relancez la même commande."
)
_NO_SOLVER: Final = (
    "Cette recherche demande le paquet « highspy », qui n’est pas installé : il n’existe pas encore pour Python 3.15. "
    "Installez eig-sheets avec Python 3.14 ou plus ancien ; tout ce qui ne cherche rien fonctionne sans lui."
)


class NoSolverError(ExpectedError):
    """Nothing can be searched: HiGHS is not installed with this Python."""


class SearchCutError(ExpectedError):
    """A search stopped before it found any answer, or proved that there is none."""


try:
    import highspy
except ModuleNotFoundError:  # a Python for which it has no wheel: everything that needs no search works
    _HAS_SOLVER = False
else:
    _HAS_SOLVER = True

EQUAL: Final = 1e-6
"""HiGHS's own tolerance: an objective kept at its optimum may exceed it by so much, relative to its size."""
_SEED: Final = 0
_REDUCED_COST: Final = 1e-6
"""Costs are scaled to a thousand at most: a reduced cost under this is none."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A feasible point: `values` of shape (variables,), integers exact; `objective`, and a `bound` none goes under."""

    values: Numbers
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """(objective − bound) / |objective|; 0 when both are equal, to the tolerance of the solver: none is better."""
        difference = self.objective - self.bound
        if difference <= EQUAL:
            return 0.0
        return difference / abs(self.objective) if self.objective else math.inf


@dataclass(frozen=True, slots=True)
class Optimum:
    """The point that is best by several objectives in their order, and the largest of their gaps."""

    values: Numbers
    gap: float


@dataclass(frozen=True, slots=True)
class Model:
    """Variables between bounds, which of them are integers; constraints, each (lower, upper, columns, weights)."""

    lower: Numbers
    upper: Numbers
    integer: npt.NDArray[np.bool_]
    rows: Sequence[tuple[float, float, Columns, Numbers]]

    def minimised(
        self, costs: Numbers, gap: float, start: Numbers | None = None, known: Numbers | None = None
    ) -> Solution | None:
        """As `Program.minimised`, of costs of shape (variables,)."""
        solver = self._solver(costs, gap, whole=True)
        if start is not None:
            begun = highspy.HighsSolution()
            begun.col_value = [*start]
            solver.setSolution(begun)
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible and np.any(costs):
            feasible = self.minimised(np.zeros_like(costs), 0.0)
            status = highspy.HighsModelStatus.kUnbounded if feasible else highspy.HighsModelStatus.kInfeasible
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        point: Sequence[float] | Numbers = solver.getSolution().col_value
        if status == highspy.HighsModelStatus.kSolutionLimit:  # what a search that stopped has found, or was known
            if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
                if known is None:
                    raise SearchCutError(_NOTHING_FOUND)
                point = known
        elif status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            raise ValueError(f"The program has no finite optimum: {solver.modelStatusToString(status)}")
        values = np.array(point, dtype=float)
        values[self.integer] = np.round(values[self.integer])
        objective = float(costs @ values)
        return Solution(values, objective, min(objective, info.mip_dual_bound) if self.integer.any() else objective)

    def relaxed_in_order(self, objectives: Sequence[Numbers]) -> Optimum | None:
        """As `Program.relaxed_in_order`, of costs of shape (variables,)."""
        size = len(self.lower)
        solver = self._solver(np.zeros(size), 0.0, whole=False)
        values = np.zeros(size)
        for costs in objectives:
            most = np.abs(costs).max(initial=0.0)
            solver.changeColsCost(size, np.arange(size, dtype=np.int32), costs * (1000 / most if most > 1000 else 1.0))
            solver.run()
            if solver.getModelStatus() not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
                return None
            solution = solver.getSolution()
            values = np.array(solution.col_value, dtype=float)
            decided = _priced(solution.col_dual)
            bounds = np.round(values[decided])
            solver.changeColsBounds(len(decided), decided.astype(np.int32), bounds, bounds)
            for row in _priced(solution.row_dual):
                lower, upper, *_ = self.rows[row]
                bound = lower if abs(solution.row_value[row] - lower) < abs(solution.row_value[row] - upper) else upper
                solver.changeRowBounds(row, bound, bound)
        rounded = np.where(self.integer, np.round(values), values)
        return Optimum(rounded, 0.0) if np.abs(rounded - values).max(initial=0.0) <= EQUAL else None

    def _solver(self, costs: Numbers, gap: float, *, whole: bool) -> Any:
        if not _HAS_SOLVER:
            raise NoSolverError(_NO_SOLVER)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),
            ("random_seed", _SEED),
            ("threads", 1),
            ("mip_max_nodes", MOST_NODES),
            ("mip_rel_gap", gap),
            ("mip_abs_gap", 0.0 if gap == 0 else 1e-6),
        ):
            solver.setOptionValue(option, value)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(self.rows)
        model.col_cost_, model.col_lower_, model.col_upper_ = costs, self.lower, self.upper
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(is_integer)] for is_integer in self.integer] if whole else []
        model.row_lower_ = np.array([lower for lower, *_ in self.rows], dtype=float)
        model.row_upper_ = np.array([upper for _, upper, *_ in self.rows], dtype=float)
        lengths = [len(columns) for *_, columns, _ in self.rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate([*(row[2] for row in self.rows), np.zeros(0)]).astype(np.int32)
        model.a_matrix_.value_ = np.concatenate([*(row[3] for row in self.rows), np.zeros(0)])
        solver.passModel(model)
        return solver


def _priced(duals: Sequence[float]) -> Columns:
    """Where a reduced cost or the price of a constraint is not nought."""
    return np.flatnonzero(np.abs(np.array(duals, dtype=float)) > _REDUCED_COST)
