"""A selection beside the pure ranking: each exchange and its reason; what each limit costs; the next best selection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

import numpy as np

from eig_sheets.call.selection.rules_problem import EQUAL_DECIMALS, PLACES, Bound, Exchanges, Problem
from eig_sheets.call.selection.rules_solver import SelectionOutcome, best, relaxed_bounds
from eig_sheets.domain.frames import Mask


class Why(StrEnum):
    """The reason why one dossier is selected and the other is not."""

    DECIDED_OUT = "decision_contre"  # people decided that the one which leaves is not selected
    LIMIT = "limite"  # a bound would be broken otherwise
    DECIDED_IN = "decision_pour"  # people decided that the one which enters is selected
    UTILITY = "utilite"  # it is worth more, though it ranks lower


@dataclass(frozen=True, slots=True)
class Swap:
    """A dossier of the pure ranking that is not selected, and the one in its place, by their places in the problem.

    Either is None where there are more of the others. `bounds`: those that the pure ranking would break here; `cost`:
    the utility that is lost, negative when some is gained.
    """

    leaving: int | None
    entering: int | None
    why: Why
    bounds: tuple[Bound, ...]
    cost: float


def swaps(problem: Problem, outcome: SelectionOutcome, pure: Mask) -> tuple[Swap, ...]:
    """The exchanges that make the selection of the pure ranking, in official order."""
    leaving = np.flatnonzero(pure & ~outcome.selected).tolist()
    entering = np.flatnonzero(outcome.selected & ~pure).tolist()
    exchanges = Exchanges(problem, outcome.selected)
    return tuple(_swap(problem, exchanges, out, into) for out, into in zip_longest(leaving, entering))


def _swap(problem: Problem, exchanges: Exchanges, out: int | None, into: int | None) -> Swap:
    bounds = () if out is None else tuple(exchanges.broken(out, into))
    if out is not None and problem.forced_out[out]:
        why, bounds = Why.DECIDED_OUT, ()
    elif bounds:
        why = Why.LIMIT
    elif into is not None and problem.forced_in[into]:
        why = Why.DECIDED_IN
    else:
        why = Why.UTILITY
    cost = _utility(problem, out) - _utility(problem, into)
    return Swap(out, into, why, bounds, round(cost, EQUAL_DECIMALS))


def _utility(problem: Problem, dossier: int | None) -> float:
    return 0.0 if dossier is None else float(problem.utility[dossier])


def costs(problem: Problem, outcome: SelectionOutcome, limits: Sequence[int]) -> list[float | None]:
    """The utility that would be gained without each limit; null when the selection breaks some bound anyway.

    And when a search was stopped: nobody knows then.
    """
    if not outcome.optimal:
        return [None] * len(limits)
    worth = problem.worth(outcome.selected)
    return [_gain(problem.without(limit), worth) for limit in limits]


def _gain(problem: Problem, worth: float) -> float | None:
    without = best(problem)
    if without is not None and not without.optimal:
        return None
    gained = 0.0 if without is None else problem.worth(without.selected) - worth
    return max(0.0, round(gained, EQUAL_DECIMALS))


@dataclass(frozen=True, slots=True)
class NextBest:
    """The best of the other selections, and the utility that it lacks. `optimal`: whether no other is better."""

    selected: Mask
    behind: float
    optimal: bool = True


def next_best(problem: Problem, outcome: SelectionOutcome) -> NextBest | None:
    """The best selection but one; None when no other keeps every bound."""
    other = None if outcome.relaxed else best(problem, unlike=outcome.selected)
    if other is None:
        return None
    behind = problem.worth(outcome.selected) - problem.worth(other.selected)
    return NextBest(other.selected, max(0.0, round(behind, EQUAL_DECIMALS)), other.optimal and outcome.optimal)


def equals_at_the_line(problem: Problem, selected: Mask, alike: Sequence[object]) -> Mask:
    """The mask of undecided dossiers that only their number keeps in the selection, or out of it.

    Two dossiers that are `alike`, and worth the same, could take each other's place and no bound would be broken.
    """
    marked, exchanges = np.zeros(len(problem.numbers), dtype=bool), Exchanges(problem, selected)
    for inside, outside in _equal_pairs(problem, selected, alike):
        if exchanges.are_kept(outside, inside):
            marked[[inside, outside]] = True
    return marked


def _equal_pairs(problem: Problem, selected: Mask, alike: Sequence[object]) -> Iterator[tuple[int, int]]:
    worth = np.round(problem.utility, EQUAL_DECIMALS).tolist()
    groups: dict[object, list[int]] = {}
    for dossier in np.flatnonzero(problem.free).tolist():
        groups.setdefault((worth[dossier], alike[dossier]), []).append(dossier)
    for group in groups.values():
        inside = [dossier for dossier in group if selected[dossier]]
        yield from ((chosen, other) for chosen in inside for other in group if not selected[other])


def places_left(problem: Problem, selected: Mask) -> int:
    """How many places a selection leaves."""
    places = next(bound.level for bound in problem.bounds if bound.limit == PLACES)
    return max(0, places - int(selected.sum()))


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
