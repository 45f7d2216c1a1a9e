"""The smallest set of demands to relax when no assignment meets them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from eig_sheets.domain.assignment.cuts import Cuts, add_cuts
from eig_sheets.domain.assignment.demands import Counts, DemandKind, Demands, Pairs, Relaxed
from eig_sheets.domain.assignment.program import AssignmentProgram, Slack
from eig_sheets.domain.integer_program import Columns, Program, total

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
    unread, read_once = (_if_all_but(program, missing, demands.reads - left) for left in (0, 1))
    dropped = program.variables(int(demands.locked.sum()))
    return Slack(missing, unread, read_once, dropped, total(program.variables(int(demands.compared))))


def _if_all_but(program: Program[Relaxed], missing: Columns, most: Counts) -> Columns:
    """A variable for each dossier that may be 1 where it lacks so many reads."""
    columns = program.variables(len(missing))
    for lacking, whether, many in zip(missing, columns, most, strict=True):
        program.constrain(total(lacking) - float(many) * total(whether), lower=0)
    return columns


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
