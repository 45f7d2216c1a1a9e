"""Blocking pairs: candidates who would rather be in a project that would rather have them.

Stability as for residents and hospitals (Gale and Shapley, 1962), the candidates of one métier being compared with one
another alone. With a least size, a project that is not served takes nobody by themselves: it is in no blocking pair
(Biró, Fleiner, Irving and Manlove, 2010, of hospitals that may close).
"""

from __future__ import annotations

from typing import Final

from eig_sheets.domain.teams.problem import Candidate, Pair, Problem

_NOWHERE: Final = 1 << 30


def blocking_pairs(problem: Problem, pairs: frozenset[Pair]) -> tuple[Pair, ...]:
    """The pairs of a candidate who prefers a project, which has room or a member of that métier with a lower note.

    A candidate prefers what they wished first, any wish to what they did not wish, and any project to none. Only notes
    are compared: somebody of whom people decided may be envied, a budget is not looked at. Who has a place under
    another candidature prefers nothing: their wishes are in both.
    """
    teams, placed = problem.teams(pairs), dict(pairs)
    return tuple(
        (candidate.id, project)
        for candidate in problem.candidates
        for project in sorted(candidate.wishes, key=lambda one: candidate.wishes[one])
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
        one.metier == candidate.metier != "" and (one.note or 0) < (candidate.note or 0) for one in team
    )
