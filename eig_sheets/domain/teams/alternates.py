"""Who would come next in a project, métier by métier, among those who have no team."""

from __future__ import annotations

from eig_sheets.domain.teams.problem import Candidate, Pair, Problem


def alternates(problem: Problem, pairs: frozenset[Pair]) -> dict[tuple[str, str], tuple[Candidate, ...]]:
    """The alternates of each (project, métier) that has some, the best first.

    Of each project with a team, and each métier that it asks for, then any other of its members. The best is who would
    add most to the objective there: note / 20 + (4 − wish) / 3; equals come in the order of the candidates.
    """
    placed = dict(pairs)
    found = {}
    for project, team in problem.teams(pairs).items():
        free = [
            one
            for one in problem.candidates
            if not problem.is_placed(one.id, placed) and not one.locked and (one.id, project) in problem.allowed
        ]
        asked = dict.fromkeys([*problem.by_project[project].metiers, *(one.metier for one in team)])
        for metier in filter(None, asked):
            theirs = [one for one in free if one.metier == metier]
            if theirs:
                found[project, metier] = tuple(sorted(theirs, key=lambda one: -one.value(project)))
    return found
