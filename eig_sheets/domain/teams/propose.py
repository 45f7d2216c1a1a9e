"""The best teams, or the smallest set of demands to relax and what that gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from eig_sheets.domain.teams.problem import Pair, Problem, Worth, worth
from eig_sheets.domain.teams.program import TeamProgram
from eig_sheets.domain.teams.relaxation import Relaxed, smallest_relaxation

_WHOLE: Final = 0.5
"""Objectives are whole: one that is kept at its optimum is kept exactly."""
_PROVED: Final = 0.999
"""No other point is better by one, the least that objectives differ by."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Teams: their pairs and what they are worth. `relaxed`: what was given up, without which there are none.

    `gap`: 0 when the bounds of the solver prove that nothing is better, objective after objective; else a search was
    stopped, and it is the largest of an objective. Between equals, the first candidates; under a budget, of
    candidates who are equal in all: project, métier, value and cost.
    """

    pairs: frozenset[Pair]
    worth: Worth
    gap: float = 0.0
    relaxed: tuple[Relaxed, ...] = ()

    @property
    def optimal(self) -> bool:
        """Whether nothing is better."""
        return self.gap == 0

    @property
    def placed(self) -> dict[str, str]:
        """The project of each candidate who has one."""
        return dict(self.pairs)


def propose(problem: Problem) -> Proposal:
    """The best teams of a problem; with `relaxed`, the best once the smallest set of demands is given up.

    Raises SearchCutError.
    """
    return best(problem) or _relaxed(problem)


def best(problem: Problem) -> Proposal | None:
    """The best teams that meet every demand; None when there are none."""
    model = TeamProgram(problem)
    *objectives, ties = model.objectives()
    values, gap = None, 0.0
    for costs in (*objectives, ties):
        if costs is ties and values is not None and problem.budget is not None:
            model.keep_all_but_who(values)
        solution = model.program.minimised(costs, start=values)
        if solution is None:
            return None
        values = solution.values
        if solution.objective - solution.bound >= _PROVED:
            gap = max(gap, solution.gap)
        used = np.flatnonzero(costs)
        if len(used):
            model.program.constrain(used, costs[used], upper=solution.objective + _WHOLE)
    pairs = frozenset() if values is None else model.pairs_of(values)
    return Proposal(pairs, worth(problem, pairs), gap)


def _relaxed(problem: Problem) -> Proposal:
    given_up = smallest_relaxation(problem)
    found = best(given_up.left)
    if found is None:
        raise ValueError("The relaxed problem has no teams.")
    return Proposal(found.pairs, found.worth, max(found.gap, given_up.gap), given_up.relaxed)
