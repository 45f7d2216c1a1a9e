"""The best selections of a problem, exactly: the best one, the next best, the one that relaxes the bounds least.

Binary programs (HiGHS), of the dossiers that nobody decided on. Equal utilities go by the official order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from eig_sheets.call.selection.rules_problem import EQUAL_DECIMALS, PLACES, Bound, Exchanges, Problem
from eig_sheets.domain.frames import Mask
from eig_sheets.integer_program import NO_COLUMN, Columns, Linear, Numbers, Program, total

_HALF: Final = 0.5
"""Sums are whole: half a unit keeps the tolerance of the solver from refusing what is exactly at a bound."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A bound that a selection breaks, and the `level` that would let it be."""

    bound: Bound
    level: int


@dataclass(frozen=True, slots=True)
class SelectionOutcome:
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


def solved(problem: Problem) -> SelectionOutcome:
    """The best selection; when there is none, that of the smallest relaxation. Raises SearchCutError."""
    return best(problem) or _least_relaxed(problem)


def best(problem: Problem, unlike: Mask | None = None) -> SelectionOutcome | None:
    """The selection of the highest utility that keeps every bound, and is not the one of `unlike`; None: there is none.

    Of equal ones, that with the first dossiers of the official order, as far as one exchange can tell. Raises
    SearchCutError.
    """
    program: Program[Bound] = Program()
    columns = _variables(problem, program)
    for bound in problem.bounds:
        chosen, rest = _on_free(problem, bound, columns)
        reachable = int(chosen.weights.sum())
        if rest > reachable if bound.at_least else rest < 0:
            return None
        if bound.at_least and rest > 0:
            program.constrain(chosen, lower=rest - _HALF)
        elif not bound.at_least and reachable > rest:
            program.constrain(chosen, upper=rest + _HALF)
    if unlike is not None:
        if not problem.free.any():
            return None
        changes = total(columns, np.where(unlike, -1.0, 1.0))
        program.constrain(changes, lower=1 - float(unlike[problem.free].sum()))
    solution = program.minimised(-total(columns, problem.utility))
    if solution is None:
        return None
    selected = _selected(problem, columns, solution.values)
    return SelectionOutcome(_in_official_order(problem, selected) if unlike is None else selected, gap=solution.gap)


def _variables(problem: Problem, program: Program[Bound]) -> Columns:
    """The variable of each dossier, whether it is selected: none of those that people decided."""
    columns = np.full(len(problem.numbers), NO_COLUMN, dtype=np.intp)
    columns[problem.free] = program.variables(int(problem.free.sum()))
    return columns


def _on_free(problem: Problem, bound: Bound, columns: Columns) -> tuple[Linear, int]:
    """The sum of a bound over the dossiers that nobody decided on, and what the others leave of its level."""
    decided = int(bound.weights[problem.forced_in[bound.members]].sum())
    return total(columns[bound.members], bound.weights), bound.level - decided


def _selected(problem: Problem, columns: Columns, values: Numbers) -> Mask:
    selected = problem.forced_in.copy()
    selected[problem.free] = values[columns[problem.free]] > _HALF
    return selected


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


def _least_relaxed(problem: Problem) -> SelectionOutcome:
    """The best of the selections that break the fewest bounds, then that break them least, each against its level.

    Places are only relaxed by what people decided.
    """
    program: Program[Bound] = Program()
    columns = _variables(problem, program)
    for bound in problem.bounds:
        chosen, rest = _on_free(problem, bound, columns)
        if bound.limit == PLACES:
            program.constrain(chosen, upper=max(rest, 0) + _HALF)
            continue
        scale = max(bound.level, 1)
        most = max(abs(rest), abs(int(chosen.weights.sum()) - rest)) / scale
        excess = program.slack(bound, most, integer=False)
        share = total(columns[bound.members], bound.weights / scale)
        if bound.at_least:
            program.constrain(share + excess, lower=rest / scale)
        else:
            program.constrain(share - excess, upper=rest / scale)
    optimum = program.minimised_in_order([*program.relaxation(), -total(columns, problem.utility)])
    if optimum is None:
        raise ValueError("Every bound can be relaxed: a program without solution is a defect.")
    selected = _in_official_order(problem, _selected(problem, columns, optimum.values))
    return SelectionOutcome(selected, relaxed_bounds(problem, selected), optimum.gap)


def relaxed_bounds(problem: Problem, selected: Mask) -> tuple[Relaxed, ...]:
    """The bounds that a selection breaks, with the levels at which it would keep them."""
    pairs = zip(problem.bounds, problem.totals(selected), strict=True)
    return tuple(Relaxed(bound, total) for bound, total in pairs if bound.excess(total))
