"""The optimum of an assignment's program, objective after objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from eig_sheets.domain.assignment.program import AssignmentProgram
from eig_sheets.domain.integer_program import Numbers

LARGE: Final = 20_000
"""Pairs beyond which a branch-and-bound that finds no whole relaxation stops within GAP of the bound."""
GAP: Final = 0.01
_WHOLE: Final = 0.5
"""Objectives are whole: one that is kept at its optimum is kept exactly."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """Values of the variables. `gap`: the largest of the objectives, relative to their bounds."""

    values: Numbers
    gap: float = 0.0


def optimum(model: AssignmentProgram) -> Optimum | None:
    """The optimum of the model's objectives in their order; None when no point is feasible.

    The linear relaxation is tried first: it is whole unless cuts make it otherwise. If it is not, ties are left as the
    branch-and-bound leaves them.
    """
    objectives = [*model.objectives()]
    values = model.program.relaxed_in_order(objectives)
    return optimum_in_order(model, objectives[:-1]) if values is None else Optimum(values)


def optimum_in_order(model: AssignmentProgram, objectives: Sequence[Numbers]) -> Optimum | None:
    """The optimum of the first objective, then of the second among its optima, and so on: each whole."""
    allowed_gap = GAP if int(model.demands.allowed.sum()) > LARGE else 0.0
    found, gap = None, 0.0
    for costs in objectives:
        solution = model.program.minimised(costs, allowed_gap, known=None if found is None else found.values)
        if solution is None:
            return None
        found, gap = solution, max(gap, solution.gap)
        used = np.flatnonzero(costs)
        model.program.constrain(used, costs[used], upper=solution.objective + _WHOLE)
    return None if found is None else Optimum(found.values, gap)
