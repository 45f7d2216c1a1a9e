"""The assignment of a workbook's dossiers to its jurors, and what is said of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eig_sheets.campaign.assignment_demands import Jury, Pair, demands_of, jury_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.assignment import Assigned, Demands, assign
from eig_sheets.domain.ranking import natural_key
from eig_sheets.workbook.render.affectations import Assignment, AssignmentStatus


@dataclass(frozen=True, slots=True)
class Assigning:
    """An assignment that was found: its pairs in the order of the tab, and what it was asked and is worth.

    `before`: the pairs that were recorded.
    """

    demands: Demands
    jury: Jury
    found: Assigned
    assignments: tuple[Assignment, ...]
    before: frozenset[Pair]

    @property
    def pairs(self) -> frozenset[Pair]:
        """Its pairs."""
        return frozenset((one.numero, one.jure) for one in self.assignments)

    @property
    def loads(self) -> dict[str, int]:
        """The dossiers of each juror of `Jury`; of a group, they are those of all its jurors."""
        loads = dict(zip(self.demands.readers, self.found.loads.tolist(), strict=True))
        return {juror: loads[unit] for unit, jurors in self.jury.units.items() for juror in jurors}


def assigning(reading: Reading, recorded: Sequence[Assignment], *, adjust: bool) -> Assigning:
    """The best assignment of the dossiers that the jury reads.

    `recorded`: the one that is in force; `adjust`: as few of its pairs as possible change.
    """
    jury = jury_of(reading, recorded)
    demands = demands_of(reading, jury, recorded, adjust=adjust)
    found = assign(demands)
    before = frozenset((one.numero, one.jure) for one in recorded)
    chosen = _in_order(_assignments(demands, jury, found, before))
    return Assigning(demands, jury, found, chosen, before)


def _assignments(demands: Demands, jury: Jury, found: Assigned, before: frozenset[Pair]) -> Iterator[Assignment]:
    for dossier, reader in zip(*np.nonzero(found.pairs), strict=True):
        numero, unit = demands.dossiers[dossier], demands.readers[reader]
        pairs = [(numero, juror) for juror in jury.available(numero, unit)]
        kept = [pair for pair in pairs if pair in jury.kept]
        for pair in kept or _referent(pairs, jury, before):
            yield Assignment(*pair, _status(pair, jury))


def _referent(pairs: Sequence[Pair], jury: Jury, before: frozenset[Pair]) -> Sequence[Pair]:
    """The juror who answers for a group: whom a person asked for, who did already, else the first of the group."""
    ranked = sorted(pairs, key=lambda pair: (pair not in jury.locked, pair not in before))
    return ranked[:1]


def _status(pair: Pair, jury: Jury) -> AssignmentStatus:
    if pair in jury.kept:
        return AssignmentStatus.KEPT
    return AssignmentStatus.LOCKED if pair in jury.locked else AssignmentStatus.ASSIGNED


def _in_order(assignments: Iterator[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(assignments, key=lambda one: (natural_key(one.numero), one.jure)))
