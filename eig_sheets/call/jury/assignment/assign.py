"""The best assignment that meets every demand, or the smallest set of demands to relax and what that gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from eig_sheets.call.jury.assignment.demands import Assigned, Counts, DemandKind, Demands, Pairs, Relaxed
from eig_sheets.call.jury.assignment.program import (
    LARGE,
    NO_CUTS,
    AssignmentProgram,
    Cuts,
    Slack,
    add_cuts,
    weak_links_of,
)
from eig_sheets.call.jury.assignment.robustness import hangs_on_one
from eig_sheets.integer_program import Columns, Program, total
from eig_sheets.integer_program.highs import SearchCutError

_PRICES: Final = {
    DemandKind.READS: 3,
    DemandKind.COMPARISON: 2,
    DemandKind.LOCKED: 1,
    DemandKind.MAXIMUM: 0,
    DemandKind.COMMON_MAXIMUM: 0,
}


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What is given up, the demands that are left, and pairs that meet them, not the best ones.

    `gap`: 0 when it is proved that nothing smaller does.
    """

    relaxed: tuple[Relaxed, ...]
    left: Demands
    pairs: Pairs
    gap: float = 0.0


def smallest_relaxation(demands: Demands, cuts: Cuts) -> Relaxation:
    """The fewest demands to give up so that the others and these cuts can be met; the lightest, the least of each."""
    program: Program[Relaxed] = Program()
    model = AssignmentProgram(demands, program, _slack(program, demands))
    _name_reads_and_pairs(model)
    _raise_maxima(model)
    add_cuts(model, cuts)
    optimum = model.optimum(program.relaxation(lambda demand: _PRICES[demand.kind]))
    if optimum is None:
        raise ValueError("Dossiers that were read are not allowed.")
    told = tuple(
        replace(demand, instead=demand.wanted + (-1 if demand.kind is DemandKind.READS else 1) * int(amount))
        for demand, amount in program.given_up(optimum.values)
    )
    return Relaxation(told, _without(demands, told), model.pairs_of(optimum.values), optimum.gap)


def _slack(program: Program[Relaxed], demands: Demands) -> Slack:
    missing = program.variables(len(demands.dossiers), 0, float(demands.reads.max(initial=0)))
    dropped = program.variables(int(demands.locked.sum()))
    return Slack(missing, dropped, total(program.variables(int(demands.compared))))


def _name_reads_and_pairs(model: AssignmentProgram) -> None:
    """Say what each variable of the slack gives up."""
    program, demands, slack = model.program, model.demands, model.slack
    for dossier, reads, missing in zip(demands.dossiers, demands.reads, map(total, slack.missing), strict=True):
        name = Relaxed(DemandKind.READS, "", dossier, int(reads))
        program.relaxable(name, program.whether(missing, int(reads)), missing)
    for (dossier, reader), dropped in zip(np.argwhere(demands.locked), map(total, slack.dropped), strict=True):
        name = Relaxed(DemandKind.LOCKED, demands.readers[reader], demands.dossiers[dossier])
        program.relaxable(name, dropped)
    if demands.compared:
        program.relaxable(Relaxed(DemandKind.COMPARISON), slack.hanging)


def _raise_maxima(model: AssignmentProgram) -> None:
    """A maximum of each reader's own, and one that all the others share: raised, it is for all of them."""
    demands = model.demands
    for reader in np.flatnonzero(demands.maxima >= 0):
        wanted = max(int(demands.maxima[reader]), int(demands.kept[:, reader].sum()))
        _raise(model, np.array([reader]), Relaxed(DemandKind.MAXIMUM, demands.readers[reader], wanted=wanted))
    others = np.flatnonzero(demands.maxima < 0)
    if demands.common_maximum is not None and len(others):
        _raise(model, others, Relaxed(DemandKind.COMMON_MAXIMUM, wanted=demands.common_maximum))


def _raise(model: AssignmentProgram, readers: Columns, name: Relaxed) -> None:
    """Whether a maximum is raised, and by how much; a reader may have as many dossiers as are kept in any case."""
    program, most = model.program, name.wanted
    possible = int(model.demands.allowed[:, readers].sum(axis=0).max())
    over = program.variable(max(possible - most, 0))
    for reader in readers:
        pairs, kept = total(model.columns[:, reader]), int(model.demands.kept[:, reader].sum())
        if kept <= most:
            program.constrain(pairs - over, upper=most)
        else:  # more than what is kept: the raised maximum holds
            beyond = possible * program.variable()
            program.constrain(pairs - beyond, upper=kept)
            program.constrain(pairs - over + beyond, upper=most + possible)
    program.relaxable(name, program.whether(over, max(possible - most, 0)), over)


def _without(demands: Demands, given_up: Sequence[Relaxed]) -> Demands:
    """The demands once some are relaxed."""
    reads, maxima, locked = demands.reads.copy(), demands.maxima.copy(), demands.locked.copy()
    common, compared = demands.common_maximum, demands.compared
    for demand in given_up:
        match demand.kind:
            case DemandKind.READS:
                reads[demands.dossiers.index(demand.dossier)] = demand.instead
            case DemandKind.MAXIMUM:
                maxima[demands.readers.index(demand.reader)] = demand.instead
            case DemandKind.LOCKED:
                locked[demands.dossiers.index(demand.dossier), demands.readers.index(demand.reader)] = False
            case DemandKind.COMMON_MAXIMUM:
                common = demand.instead
            case DemandKind.COMPARISON:
                compared = False
    return replace(demands, reads=reads, maxima=maxima, locked=locked, common_maximum=common, compared=compared)


_MOST_ROUNDS: Final = 100
"""Rounds of added cuts before the comparison is said to hang on someone."""
_MOST_WEAK: Final = 2
"""Weak links that cuts try to avoid, each of which may show another: with few reads some always stay."""
_MOST_ORDERS: Final = 12
"""Orders of the pairs that are tried before any cut, since ties are many."""


def assign(demands: Demands) -> Assigned:
    """The assignment that meets the demands at best; with `relaxed`, those that no assignment meets together.

    The search goes by the order of the names: that of the rows changes nothing, not even between equals. Raises
    SearchCutError.
    """
    rows, columns = (
        np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.intp)
        for names in (demands.dossiers, demands.readers)
    )
    coherent = demands.taken(rows, columns).coherent()
    assigned = _best(coherent) or _relaxed(coherent)
    pairs = np.zeros_like(assigned.pairs)
    pairs[np.ix_(rows, columns)] = assigned.pairs
    return replace(assigned, pairs=pairs)


def _best(demands: Demands) -> Assigned | None:
    """The best assignment that meets the demands; None when there is none."""
    assigned = _tied(demands) or _together(demands)
    return assigned if assigned is None or not assigned.weak else _linked(demands, assigned)


def _relaxed(demands: Demands) -> Assigned:
    """The best assignment that meets all but the smallest set of demands.

    A set that is as small as the cuts allow, and that leaves an assignment, is the smallest.
    """
    cuts = NO_CUTS
    for _ in range(_MOST_ROUNDS):
        given_up = smallest_relaxation(demands, cuts)
        assigned = _best(given_up.left)
        if assigned is not None:
            gap = max(assigned.gap, given_up.gap)
            return replace(assigned, relaxed=given_up.relaxed, optimal=gap == 0, gap=gap)
        cuts = cuts.with_what_lacks(given_up.pairs)
    given_up = smallest_relaxation(replace(demands, compared=False), NO_CUTS)
    assigned = _best(given_up.left) or Assigned(given_up.pairs, optimal=False, gap=0)
    return replace(assigned, optimal=False, relaxed=(Relaxed(DemandKind.COMPARISON), *given_up.relaxed))


def _tied(demands: Demands) -> Assigned | None:
    """The best assignment without any cut whose comparison holds together, with as few weak links as can be.

    None when none of those that were tried holds: it takes cuts, which may cost something.
    """
    best: Assigned | None = None
    for order in range(1 if demands.allowed.sum() > LARGE else _MOST_ORDERS):
        assigned = _strict(demands, NO_CUTS, order)
        if assigned is None:
            return None
        if not demands.compared:
            return assigned
        if not hangs_on_one(assigned.pairs):
            weak = weak_links_of(demands, assigned.pairs)
            if best is None or len(weak) < len(best.weak):
                best = replace(assigned, weak=weak)
            if not weak:
                break
    return best


def _together(demands: Demands, cuts: Cuts = NO_CUTS) -> Assigned | None:
    """The best assignment with as many cuts as it takes for its comparison to hang on no one; None without any."""
    for _ in range(_MOST_ROUNDS):
        assigned = _strict(demands, cuts)
        if assigned is None or not demands.compared:
            return assigned
        more = cuts.with_what_lacks(assigned.pairs)
        if more == cuts:
            return replace(assigned, weak=weak_links_of(demands, assigned.pairs))
        cuts = more
    return None


def _linked(demands: Demands, best: Assigned) -> Assigned:
    """An assignment without weak link; failing that, `best`, with those it has."""
    avoided = best.weak[:1]
    for _ in range(_MOST_WEAK if demands.allowed.sum() <= LARGE else 0):
        try:
            assigned = _together(demands, Cuts(weak=avoided))
        except SearchCutError:
            return best
        if assigned is None or not assigned.weak:
            return assigned or best
        avoided = (*avoided, assigned.weak[0])
    return best


def _strict(demands: Demands, cuts: Cuts, order: int = 0) -> Assigned | None:
    """The best assignment that meets the demands and these cuts; None when there is none.

    The loads of a large program are first looked for up to about twice the mean, which spares most of its steps; what
    they cost is convex, so that an optimum within is the optimum.
    """
    if (demands.allowed.sum(axis=1) < demands.reads).any():
        return None
    limits = demands.limits
    bound = int(limits.max(initial=0))
    if demands.allowed.sum() > LARGE:
        bound = min(bound, 2 * -(-demands.total // len(demands.readers)) + 8)
    while True:
        most: Counts = np.minimum(limits, np.maximum(bound, demands.kept.sum(axis=0)))
        model = AssignmentProgram(demands)
        objectives = model.objectives(most, order)
        add_cuts(model, cuts)
        assigned = model.best(objectives)
        inside = assigned is not None and not (assigned.loads[most < limits] == most[most < limits]).any()
        if inside or np.array_equal(most, limits):
            return assigned
        bound *= 4
