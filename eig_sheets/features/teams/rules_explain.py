"""What teams say of a candidate: who would come next, who would rather be elsewhere, what it would take to be there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.features.teams.rules_problem import OUT_OF, Candidate, Pair, Problem, Worth
from eig_sheets.features.teams.rules_program import Proposal, best

_NOWHERE: Final = 1 << 30


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
    teams = best(_holding(problem, candidate, project))
    if teams is None:
        return Forced(None)
    before, after = proposal.worth, teams.worth
    lost = Worth(before.served - after.served, before.covered - after.covered, before.value - after.value)
    is_placed = problem.is_placed(candidate, proposal.placed)
    return Forced(teams, lost, None if is_placed else _needed(problem.by_candidate[candidate].note, lost))


def _holding(problem: Problem, candidate: str, project: str) -> Problem:
    held = (replace(person, locked=project) if person.id == candidate else person for person in problem.candidates)
    return replace(problem, candidates=tuple(held), before=frozenset())


def _needed(note: float | None, lost: Worth) -> float | None:
    """Notes only weigh in the last objective: when a project or a métier is lost, no note is enough."""
    if note is None or (lost.served, lost.covered) != (0, 0):
        return None
    needed = note + lost.points
    return needed if needed <= OUT_OF else None


def alternates(problem: Problem, pairs: frozenset[Pair]) -> dict[tuple[str, str], tuple[Candidate, ...]]:
    """The alternates of each (project, métier) that has some, the best first.

    Of each project with a team, and each métier that it asks for, then any other of its members. The best is who would
    add most to the objective there: note / 20 + (4 − wish) / 3; equals come in the order of the candidates.
    """
    placed = dict(pairs)
    best_first = {}
    for project, team in problem.teams(pairs).items():
        free = [
            person
            for person in problem.candidates
            if not problem.is_placed(person.id, placed)
            and not person.locked
            and (person.id, project) in problem.allowed
        ]
        asked = dict.fromkeys([*problem.by_project[project].metiers, *(member.metier for member in team)])
        for metier in filter(None, asked):
            theirs = [person for person in free if person.metier == metier]
            if theirs:
                best_first[project, metier] = tuple(sorted(theirs, key=lambda person: -person.value(project)))
    return best_first


def blocking_pairs(problem: Problem, pairs: frozenset[Pair]) -> tuple[Pair, ...]:
    """The pairs of a candidate who prefers a project, which has room or a member of that métier with a lower note.

    Stability as for residents and hospitals (Gale and Shapley, 1962), the candidates of one métier being compared with
    one another alone. With a least size, a project that is not served takes nobody by themselves: it is in no blocking
    pair (Biró, Fleiner, Irving and Manlove, 2010, of hospitals that may close).

    A candidate prefers what they wished first, any wish to what they did not wish, and any project to none. Only notes
    are compared: somebody of whom people decided may be envied, a budget is not looked at. Who has a place under
    another candidature prefers nothing: their wishes are in both.
    """
    teams, placed = problem.teams(pairs), dict(pairs)
    return tuple(
        (candidate.id, project)
        for candidate in problem.candidates
        for project in sorted(candidate.wishes, key=lambda wish: candidate.wishes[wish])
        if project in teams
        and candidate.note is not None
        and not any(other in placed for other in problem.others.get(candidate.id, ()))
        and (candidate.id, project) not in problem.forbidden
        and candidate.wishes[project] < candidate.wishes.get(placed.get(candidate.id, ""), _NOWHERE)
        and placed.get(candidate.id) != project
        and _would_take(candidate, teams[project], problem.by_project[project].most)
    )


def _would_take(candidate: Candidate, team: tuple[Candidate, ...], most: int) -> bool:
    return len(team) < most or any(
        member.metier == candidate.metier != "" and (member.note or 0) < (candidate.note or 0) for member in team
    )
