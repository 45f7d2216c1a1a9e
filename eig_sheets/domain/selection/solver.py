"""The best selections of a problem, exactly: the best one, the next best, the one that relaxes the bounds least.

Binary programs (HiGHS), of the dossiers that nobody decided on. Equal utilities go by the official order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from eig_sheets.domain.frames import Mask
from eig_sheets.domain.integer_program import INFINITE, IntegerProgram
from eig_sheets.domain.selection.problem import EQUAL_DECIMALS, PLACES, Bound, Exchanges, Integers, Problem

_HALF: Final = 0.5
"""Sums are whole: half a unit keeps the tolerance of the solver from refusing what is exactly at a bound."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A bound that a selection breaks, and the `level` that would let it be."""

    bound: Bound
    level: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A selection, and the bounds that it breaks because nothing keeps them all: empty when something does.

    `gap`: 0 when it is proved that none is better; else the search was stopped, and it is relative to the best bound.
    """

    selected: Mask
    relaxed: tuple[Relaxed, ...] = ()
    gap: float = 0.0

    @property
    def optimal(self) -> bool:
        """Whether it keeps every bound, and none that does is better."""
        return not self.relaxed and self.gap == 0


def solved(problem: Problem) -> Outcome:
    """The best selection; when there is none, that of the smallest relaxation. Raises SearchCutError."""
    return searched(problem) or _least_relaxed(problem)


def best(problem: Problem) -> Mask | None:
    """The best selection that keeps every bound, None when there is none. Raises SearchCutError."""
    found = searched(problem)
    return None if found is None else found.selected


def searched(problem: Problem, unlike: Mask | None = None) -> Outcome | None:
    """The selection of the highest utility that keeps every bound, and is not the one of `unlike`; None: there is none.

    Of equal ones, that with the first dossiers of the official order, as far as one exchange can tell. Raises
    SearchCutError.
    """
    program, free = IntegerProgram(), np.flatnonzero(problem.free)
    chosen = program.variables(len(free))
    for bound in problem.bounds:
        if not _constrain(program, problem, bound, free):
            return None
    if unlike is not None and not _exclude(program, unlike, free):
        return None
    solution = program.minimised(-problem.utility[free])
    if solution is None:
        return None
    selected = problem.forced_in.copy()
    selected[free] = solution.values[chosen] > _HALF
    return Outcome(_in_official_order(problem, selected) if unlike is None else selected, gap=solution.gap)


def _constrain(program: IntegerProgram, problem: Problem, bound: Bound, free: Integers) -> bool:
    """Add a bound to a program whose columns are the `free` dossiers; False when nothing can keep it."""
    columns, weights, rest = _on_free(problem, bound, free)
    reachable = int(weights.sum())
    if bound.at_least:
        if reachable < rest:
            return False
        if rest > 0:
            program.constrain(columns, weights.astype(float), lower=rest - _HALF)
    else:
        if rest < 0:
            return False
        if reachable > rest:
            program.constrain(columns, weights.astype(float), upper=rest + _HALF)
    return True


def _on_free(problem: Problem, bound: Bound, free: Integers) -> tuple[Integers, Integers, int]:
    """The columns and weights of the free members of a bound, and what the others leave of its level."""
    decided = int(bound.weights[problem.forced_in[bound.members]].sum())
    column = np.full(len(problem.numbers), -1, dtype=np.intp)
    column[free] = np.arange(len(free))
    columns = column[bound.members]
    return columns[columns >= 0], bound.weights[columns >= 0], bound.level - decided


def _exclude(program: IntegerProgram, unlike: Mask, free: Integers) -> bool:
    """Add that at least one free dossier differs from `unlike`; False when there is none."""
    if not len(free):
        return False
    signs = np.where(unlike[free], -1.0, 1.0)
    program.constrain(np.arange(len(free)), signs, lower=1 - float(unlike[free].sum()))
    return True


def _in_official_order(problem: Problem, selected: Mask) -> Mask:
    """The selection in which each dossier is replaced by an earlier one that is worth as much, where bounds allow it.

    What adds nothing, and fits, is selected too: a place is not left empty.
    """
    selected, worth = selected.copy(), np.round(problem.utility, EQUAL_DECIMALS)
    _, codes, sizes = np.unique(worth, return_inverse=True, return_counts=True)
    for dossier in np.flatnonzero(problem.free & ((sizes[codes] > 1) | (worth == 0))).tolist():
        if selected[dossier]:
            continue
        exchanges = Exchanges(problem, selected)
        if worth[dossier] == 0 and exchanges.are_kept(dossier):
            selected[dossier] = True
            continue
        later = np.flatnonzero(problem.free & selected & (codes == codes[dossier]))
        for other in later[later > dossier][::-1].tolist():
            if exchanges.are_kept(dossier, other):
                selected[dossier], selected[other] = True, False
                break
    return selected


def _least_relaxed(problem: Problem) -> Outcome:
    """The best of the selections that break the fewest bounds, then that break them least, each against its level.

    Places are only relaxed by what people decided.
    """
    program, free = IntegerProgram(), np.flatnonzero(problem.free)
    chosen = program.variables(len(free))
    broken, excesses = [], []
    for bound in problem.bounds:
        columns, weights, rest = _on_free(problem, bound, free)
        if bound.limit == PLACES:
            program.constrain(columns, 1.0, upper=max(rest, 0) + _HALF)
            continue
        scale = max(bound.level, 1)
        (is_broken,) = program.variables(1)
        most = max(abs(rest), abs(int(weights.sum()) - rest)) / scale
        (excess,) = program.variables(1, upper=most, integer=False)
        program.constrain(np.array([excess, is_broken]), np.array([1.0, -most]), upper=0)
        sign = 1.0 if bound.at_least else -1.0
        shares = np.append(weights / scale, sign)
        level = {"lower": rest / scale} if bound.at_least else {"upper": rest / scale}
        program.constrain(np.append(columns, excess), shares, **{"lower": -INFINITE, "upper": INFINITE, **level})
        broken.append(is_broken)
        excesses.append(excess)
    costs = np.zeros((3, program.size))
    costs[0, broken], costs[1, excesses], costs[2, chosen] = 1, 1, -problem.utility[free]
    solution = program.minimised_in_order([*costs])
    if solution is None:
        raise ValueError("Every bound can be relaxed: a program without solution is a defect.")
    selected = problem.forced_in.copy()
    selected[free] = solution.values[chosen] > _HALF
    selected = _in_official_order(problem, selected)
    return Outcome(selected, relaxed_bounds(problem, selected), solution.gap)


def relaxed_bounds(problem: Problem, selected: Mask) -> tuple[Relaxed, ...]:
    """The bounds that a selection breaks, with the levels at which it would keep them."""
    pairs = zip(problem.bounds, problem.totals(selected), strict=True)
    return tuple(Relaxed(bound, total) for bound, total in pairs if bound.excess(total))
