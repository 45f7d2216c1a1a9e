"""The smallest set of demands to relax when no assignment meets them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from eig_sheets.domain.assignment.cuts import Cuts, add_cuts
from eig_sheets.domain.assignment.demands import Counts, Demands, Kind, Pairs, Relaxed
from eig_sheets.domain.assignment.program import AssignmentProgram, Slack
from eig_sheets.domain.assignment.search import optimum_in_order
from eig_sheets.domain.integer_program import Columns, IntegerProgram, Numbers

_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Given:
    """A demand that may be given up: the column that says whether, and the one that says by how much, if any."""

    relaxed: Relaxed
    whether: int
    amount: int | None = None

    def as_found(self, values: Numbers) -> Relaxed:
        """What there is instead."""
        amount = int(values[self.amount]) if self.amount is not None else 0
        sign = -1 if self.relaxed.kind is Kind.READS else 1
        one = self.relaxed
        return Relaxed(one.kind, one.reader, one.dossier, one.wanted, one.wanted + sign * amount)


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
    program = IntegerProgram()
    no_step: Counts = np.zeros(len(demands.readers), dtype=np.int64)
    model = AssignmentProgram(demands, program, no_step, _slack(program, demands), counted=False)
    given = [*_reads(model), *_locked(model), *_comparison(model), *_maxima(model)]
    add_cuts(model, cuts)
    found = optimum_in_order(model, [*_priorities(given, program.size)])
    if found is None:
        raise ValueError("Dossiers that were read are not allowed.")
    told = tuple(one.as_found(found.values) for one in given if found.values[one.whether] > _HALF)
    return Relaxation(told, _without(demands, told), model.pairs_of(found.values), found.gap)


def _without(demands: Demands, given_up: Sequence[Relaxed]) -> Demands:
    """The demands once some are relaxed."""
    reads, maxima, locked = demands.reads.copy(), demands.maxima.copy(), demands.locked.copy()
    common, compared = demands.common_maximum, demands.compared
    for one in given_up:
        match one.kind:
            case Kind.READS:
                reads[demands.dossiers.index(one.dossier)] = one.instead
            case Kind.MAXIMUM:
                maxima[demands.readers.index(one.reader)] = one.instead
            case Kind.LOCKED:
                locked[demands.dossiers.index(one.dossier), demands.readers.index(one.reader)] = False
            case Kind.COMMON_MAXIMUM:
                common = one.instead
            case Kind.COMPARISON:
                compared = False
    return replace(demands, reads=reads, maxima=maxima, locked=locked, common_maximum=common, compared=compared)


def _slack(program: IntegerProgram, demands: Demands) -> Slack:
    missing = program.variables(len(demands.dossiers), 0, float(demands.reads.max(initial=0)))
    unread, read_once = (_if_all_but(program, missing, demands.reads - left) for left in (0, 1))
    dropped = program.variables(int(demands.locked.sum()))
    hanging = program.variables(int(demands.compared))
    return Slack(missing[:, None], unread, read_once, dropped[:, None], hanging)


def _if_all_but(program: IntegerProgram, missing: Columns, most: Counts) -> Columns:
    """Columns (dossiers, 1) that may be 1 where a dossier lacks so many reads."""
    columns = program.variables(len(missing))
    for lacking, whether, many in zip(missing, columns, most, strict=True):
        program.constrain(np.array([lacking, whether]), np.array([1.0, -float(many)]), lower=0)
    return columns[:, None]


def _priorities(given: Sequence[_Given], size: int) -> Iterator[Numbers]:
    """How many demands are given up; of these how many of each kind, from the gravest; then by how much."""
    yield _marked([one.whether for one in given], size)
    for kind in (Kind.READS, Kind.COMPARISON, Kind.LOCKED):
        columns = [one.whether for one in given if one.relaxed.kind is kind]
        if columns:
            yield _marked(columns, size)
    yield _marked([one.amount for one in given if one.amount is not None], size)


def _marked(columns: Sequence[int], size: int) -> Numbers:
    costs = np.zeros(size)
    costs[list(columns)] = 1
    return costs


def _reads(model: AssignmentProgram) -> Iterator[_Given]:
    demands = model.demands
    for dossier, reads, missing in zip(demands.dossiers, demands.reads, model.slack.missing, strict=True):
        whether = _if_any(model.program, missing, int(reads))
        yield _Given(Relaxed(Kind.READS, "", dossier, int(reads)), whether, int(missing[0]))


def _locked(model: AssignmentProgram) -> Iterator[_Given]:
    demands = model.demands
    pairs = zip(*np.nonzero(demands.locked), strict=True)
    for (dossier, reader), dropped in zip(pairs, model.slack.dropped, strict=True):
        yield _Given(Relaxed(Kind.LOCKED, demands.readers[reader], demands.dossiers[dossier]), int(dropped[0]))


def _comparison(model: AssignmentProgram) -> Iterator[_Given]:
    for column in model.slack.hanging:
        yield _Given(Relaxed(Kind.COMPARISON), int(column))


def _maxima(model: AssignmentProgram) -> Iterator[_Given]:
    """A maximum of each reader's own, and one that all the others share: raised, it is for all of them."""
    demands = model.demands
    for reader in np.flatnonzero(demands.maxima >= 0):
        told = Relaxed(Kind.MAXIMUM, demands.readers[reader])
        wanted = max(int(demands.maxima[reader]), int(demands.kept[:, reader].sum()))
        yield _raised(model, np.array([reader]), wanted, told)
    others = np.flatnonzero(demands.maxima < 0)
    if demands.common_maximum is not None and len(others):
        yield _raised(model, others, demands.common_maximum, Relaxed(Kind.COMMON_MAXIMUM))


def _raised(model: AssignmentProgram, readers: Columns, most: int, told: Relaxed) -> _Given:
    """Whether a maximum is raised, and by how much; a reader may have as many dossiers as are kept in any case."""
    program, possible = model.program, int(model.demands.allowed[:, readers].sum(axis=0).max())
    over = program.variables(1, 0, float(max(possible - most, 0)))
    for reader in readers:
        pairs = model.columns[:, reader]
        pairs = pairs[pairs >= 0]
        loads, kept = np.ones(len(pairs)), int(model.demands.kept[:, reader].sum())
        if kept <= most:
            program.constrain(np.append(pairs, over), np.append(loads, -1.0), upper=most)
            continue
        is_beyond, free = program.variables(1), float(possible)  # more than what is kept: the raised maximum holds
        program.constrain(np.append(pairs, is_beyond), np.append(loads, -free), upper=kept)
        program.constrain(
            np.concatenate([pairs, over, is_beyond]), np.concatenate([loads, [-1.0, free]]), upper=most + free
        )
    whether = _if_any(program, over, max(possible - most, 0))
    return _Given(Relaxed(told.kind, told.reader, wanted=most), whether, int(over[0]))


def _if_any(program: IntegerProgram, amount: Columns, most: int) -> int:
    """The column that is 1 where the amount is not nought."""
    whether = program.variables(1)
    program.constrain(np.append(amount, whether), np.array([1.0, -float(most)]), upper=0)
    return int(whether[0])
