"""The assignment of a workbook's dossiers, or of its candidates, to its jurors. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eig_sheets.campaign.assignment_demands import Jury, demands_of, jury_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.review_subjects import DOSSIERS, ReviewSubject
from eig_sheets.domain.assignment import Assigned, Demands, assign
from eig_sheets.domain.pairs import Pair
from eig_sheets.domain.ranking import natural_key
from eig_sheets.workbook.render.affectations import CHOSEN, Assignment, AssignmentStatus


@dataclass(frozen=True, slots=True)
class Assigning:
    """A computed assignment: its pairs in the order of the tab, what was demanded of it, and how good it is.

    `subject`: of dossiers or of candidates. `before`: the pairs that were recorded.
    """

    subject: ReviewSubject
    demands: Demands
    jury: Jury
    assigned: Assigned
    assignments: tuple[Assignment, ...]
    before: frozenset[Pair]

    @property
    def pairs(self) -> frozenset[Pair]:
        """Its pairs of a dossier, or a candidate, and a juror."""
        return frozenset((assignment.numero, assignment.jure) for assignment in self.assignments)

    @property
    def loads(self) -> dict[str, int]:
        """How many each juror of `Jury` has; what a group has, all its jurors have."""
        loads = dict(zip(self.demands.readers, self.assigned.loads.tolist(), strict=True))
        return {juror: loads[unit] for unit, jurors in self.jury.units.items() for juror in jurors}


def assigning(
    reading: Reading, recorded: Sequence[Assignment], *, adjust: bool, subject: ReviewSubject = DOSSIERS
) -> Assigning:
    """The best assignment of the dossiers that the jury reads, or of the candidates whom it notes.

    `recorded`: the one that is in force; `adjust`: as few of its pairs as possible change.
    """
    jury = jury_of(reading, recorded, subject)
    demands = demands_of(reading, jury, recorded, subject, adjust=adjust)
    assigned = assign(demands)
    before = frozenset((assignment.numero, assignment.jure) for assignment in recorded)
    pairs = _assignments(demands, jury, assigned, before)
    chosen = tuple(sorted(pairs, key=lambda assignment: (natural_key(assignment.numero), assignment.jure)))
    return Assigning(subject, demands, jury, assigned, _adjusted(chosen, recorded) if adjust else chosen, before)


def _adjusted(chosen: Sequence[Assignment], recorded: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """The pairs of an adjustment: a chosen one that was recorded keeps its status, or becomes MAINTAINED."""
    before = {(assignment.numero, assignment.jure): assignment.status for assignment in recorded}
    changed = before.keys() != {(assignment.numero, assignment.jure) for assignment in chosen}

    def adjusted(assignment: Assignment) -> Assignment:
        status = before.get((assignment.numero, assignment.jure))
        if assignment.status is not AssignmentStatus.ASSIGNED or status is None:
            return assignment
        return replace(assignment, status=AssignmentStatus.MAINTAINED if changed or status not in CHOSEN else status)

    return tuple(map(adjusted, chosen))


def _assignments(demands: Demands, jury: Jury, assigned: Assigned, before: frozenset[Pair]) -> Iterator[Assignment]:
    for dossier, reader in zip(*np.nonzero(assigned.pairs), strict=True):
        numero, unit = demands.dossiers[dossier], demands.readers[reader]
        pairs: list[Pair] = [(numero, juror) for juror in jury.available(numero, unit)]
        kept = [pair for pair in pairs if pair in jury.kept]
        # Without a note yet, one juror of a group answers for it: whom a person asked for, who did already, the first.
        ranked = sorted(pairs, key=lambda pair: (pair not in jury.locked, pair not in before))
        for pair in kept or ranked[:1]:
            yield Assignment(*pair, _status(pair, jury))


def _status(pair: Pair, jury: Jury) -> AssignmentStatus:
    if pair in jury.kept:
        return AssignmentStatus.KEPT
    return AssignmentStatus.LOCKED if pair in jury.locked else AssignmentStatus.ASSIGNED
