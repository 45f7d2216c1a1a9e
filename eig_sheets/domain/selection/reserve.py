"""Who comes after the selected, each checked against the bounds, and who takes a place that somebody left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from eig_sheets.domain.frames import Mask
from eig_sheets.domain.selection.problem import EQUAL_DECIMALS, Bound, Exchanges, Problem
from eig_sheets.domain.selection.solver import SelectionOutcome, best, relaxed_bounds


def reserve(problem: Problem, selected: Mask, waiting: Mask, barred: Mask) -> list[int]:
    """The dossiers that could take the place of a selected one, in order.

    First those that people put on the `waiting` list, then by utility, then in official order. One that could take
    nobody's place, because a bound would be broken whoever leaves, is left out; `barred` ones are.
    """
    exchanges = Exchanges(problem, selected)
    leaving = [None, *np.flatnonzero(selected)[::-1].tolist()]
    others = np.flatnonzero(~selected & ~barred)
    worth = np.round(problem.utility[others], EQUAL_DECIMALS)
    order = others[np.lexsort((others, -worth, ~waiting[others]))]
    return [dossier for dossier in order.tolist() if any(exchanges.are_kept(dossier, other) for other in leaving)]


@dataclass(frozen=True, slots=True)
class Successor:
    """The dossier of the reserve that takes a free place; None when none can.

    `passed`: those before it, and the bounds that each would break.
    """

    dossier: int | None
    passed: tuple[tuple[int, tuple[Bound, ...]], ...]


def successors(problem: Problem, selected: Mask, candidates: Sequence[int], places: int) -> list[Successor]:
    """Who of `candidates`, in their order, takes each of so many free places, one after the other.

    A minimum that somebody's withdrawal broke is kept again, where candidates can: those who would leave no place for
    that are passed.
    """
    selected, left, chosen = selected.copy(), [*candidates], []
    for _ in range(places):
        successor = _successor(problem, selected, left)
        chosen.append(successor)
        if successor.dossier is None:
            break
        selected[successor.dossier] = True
        left.remove(successor.dossier)
    return chosen


def _successor(problem: Problem, selected: Mask, candidates: Sequence[int]) -> Successor:
    exchanges = Exchanges(problem, selected)
    passed: list[tuple[int, tuple[Bound, ...]]] = []
    restores = bool(_broken(problem, selected)) and _can_be_kept(problem, selected, candidates)
    for candidate in candidates:
        broken = exchanges.broken(candidate)
        if not broken and restores:
            after = selected.copy()
            after[candidate] = True
            others = [other for other in candidates if other != candidate]
            broken = [] if _can_be_kept(problem, after, others) else _broken(problem, after)
        if not broken:
            return Successor(candidate, tuple(passed))
        passed.append((candidate, tuple(broken)))
    return Successor(None, tuple(passed))


def with_successors(problem: Problem, outcome: SelectionOutcome, called: Sequence[int]) -> SelectionOutcome:
    """The outcome, with the bounds that are still broken once those who are called take the free places."""
    if not called:
        return outcome
    together = outcome.selected.copy()
    together[[*called]] = True
    return replace(outcome, relaxed=relaxed_bounds(problem, together))


def _broken(problem: Problem, selected: Mask) -> list[Bound]:
    pairs = zip(problem.bounds, problem.totals(selected), strict=True)
    return [bound for bound, total in pairs if bound.excess(total)]


def _can_be_kept(problem: Problem, selected: Mask, candidates: Sequence[int]) -> bool:
    """Whether some of the candidates, in the places that are left, would make the selected keep every bound."""
    out = ~selected
    out[[*candidates]] = False
    return best(replace(problem, forced_in=selected, forced_out=out)) is not None
