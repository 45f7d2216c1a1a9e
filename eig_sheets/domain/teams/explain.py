"""What it would take for a candidate to be in a project, and what the whole would lose by it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eig_sheets.domain.teams.problem import OUT_OF, Problem, Worth
from eig_sheets.domain.teams.propose import Proposal, best


@dataclass(frozen=True, slots=True)
class Forced:
    """The best teams of all in which a candidate is in a project; `proposal` is None when there are none.

    `lost`: what they are worth less than the proposal: projects served, métiers covered, then the objective.
    `needed`: the note out of 20 at which they would be worth as much, None where no note is enough, and of who has a
    team: a better note is worth as much there.
    """

    proposal: Proposal | None
    lost: Worth | None = None
    needed: float | None = None


def forced(problem: Problem, proposal: Proposal, candidate: str, project: str) -> Forced:
    """What the whole loses, at the least, when a candidate has to be in a project: a program solved once more."""
    found = best(_holding(problem, candidate, project))
    if found is None:
        return Forced(None)
    before, after = proposal.worth, found.worth
    lost = Worth(before.served - after.served, before.covered - after.covered, before.value - after.value)
    is_placed = problem.is_placed(candidate, proposal.placed)
    return Forced(found, lost, None if is_placed else _needed(problem.by_candidate[candidate].note, lost))


def _holding(problem: Problem, candidate: str, project: str) -> Problem:
    held = (replace(one, locked=project) if one.id == candidate else one for one in problem.candidates)
    return replace(problem, candidates=tuple(held), before=frozenset())


def _needed(note: float | None, lost: Worth) -> float | None:
    """Notes only weigh in the last objective: when a project or a métier is lost, no note is enough."""
    if note is None or (lost.served, lost.covered) != (0, 0):
        return None
    needed = note + lost.points
    return needed if needed <= OUT_OF else None
