"""The integer program of the teams: a variable for each pair that may be proposed, one for each project served.

Once it is known which projects are served, what is left is a network flow: its linear relaxation is whole, so that the
branch-and-bound only decides on projects, unless a budget couples everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import floor
from operator import itemgetter
from typing import Final

import numpy as np

from eig_sheets.domain.integer_program import NOTHING, Columns, Linear, Numbers, Program, total
from eig_sheets.domain.teams.problem import Pair, Problem, Project, Relaxed, TeamDemandKind

_NONE: Final[Columns] = np.zeros(0, dtype=np.intp)


class TeamProgram:
    """The program of a problem. Where it is loose, what people decided, the budget and sizes of teams may be given up.

    Of the sizes, those of the projects in which people decided somebody: the others may have no team.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.program: Program[Relaxed] = Program()
        self.pairs = self.program.keyed(problem.pairs)
        self._served = self.program.keyed(project.id for project in problem.projects)
        self._covered = NOTHING
        of_candidates, of_projects = self.pairs.grouped(itemgetter(0)), self.pairs.grouped(itemgetter(1))
        for person in self._people():
            theirs = total(np.concatenate([of_candidates.get(candidate, _NONE) for candidate in person]))
            if len(theirs):
                self.program.constrain(theirs, upper=1)
        decided = Counter(project for _, project in problem.locked)
        for project in problem.projects:
            members = of_projects.get(project.id, _NONE)
            self._size(project, members, decided[project.id])
            self._cover(project, members)
        for candidate, project_id in problem.locked:
            pair = self.pairs[candidate, project_id]
            if problem.loose:
                dropped = self.program.variable()
                self.program.relaxable(Relaxed(TeamDemandKind.LOCKED, project_id, candidate), dropped)
                pair += dropped
            self.program.constrain(pair, lower=1)
        if problem.budget is not None and problem.pairs:
            over = self._slack(
                Relaxed(TeamDemandKind.BUDGET, wanted=int(problem.budget)), sum(map(problem.cost, problem.pairs))
            )
            self.program.constrain(self.pairs.sum(problem.cost) - over, upper=floor(problem.budget))

    def _people(self) -> Iterator[tuple[str, ...]]:
        """The candidates, those who are one person together."""
        for candidate in self.problem.candidates:
            if candidate.id not in self.problem.others:
                yield (candidate.id,)
        yield from self.problem.people

    def _slack(self, name: Relaxed, most: int) -> Linear:
        """By how much a demand may be missed: nothing, unless the problem is loose."""
        return self.program.slack(name, most) if self.problem.loose and most else NOTHING

    def _size(self, project: Project, members: Columns, decided: int) -> None:
        """A team has at least so many talents, or none; and at most so many."""
        served, team = self._served[project.id], total(members)
        fewer = self._slack(Relaxed(TeamDemandKind.FEWER, project.id, wanted=project.least), decided)
        self.program.constrain(team + fewer - project.least * served, lower=0)
        more = self._slack(Relaxed(TeamDemandKind.MORE, project.id, wanted=project.most), decided)
        self.program.constrain(team - more - project.most * served, upper=0)
        for member in members:  # which the two above imply of whole numbers: the relaxation is closer to them with it
            self.program.constrain(total(member) - served, upper=0)

    def _cover(self, project: Project, members: Columns) -> None:
        metiers = [self.problem.by_candidate[self.pairs.keys[member][0]].metier for member in members]
        for metier, count in project.demands.items():
            have = total([member for member, own in zip(members, metiers, strict=True) if own == metier])
            if len(have):
                covered = self.program.variable(count)
                self._covered += covered
                self.program.constrain(have - covered, lower=0)

    def keep_all_but_who(self, values: Numbers) -> None:
        """Let only candidates change that are worth the same, at the same cost, to the same project.

        What is left is a transport, when a budget would make any other exchange a hard problem of its own.
        """

        def alike(pair: Pair) -> tuple[object, ...]:
            candidate, project = self.problem.by_candidate[pair[0]], pair[1]
            worth = candidate.metier, candidate.value(project), self.problem.cost(pair)
            return project, *worth, pair in self.problem.before

        for columns in self.pairs.grouped(alike).values():
            count = float(values[columns].sum())
            self.program.constrain(total(columns), lower=count, upper=count)

    def objectives(self) -> Iterator[Linear]:
        """The costs to minimise, each whole: pairs in force that go, projects, métiers, value, then ties.

        Ties: the sum of the places of the candidates in their order.
        """
        problem = self.problem
        if problem.before:
            yield -self.pairs.sum(lambda pair: pair in problem.before)
        yield -self._served.sum()
        yield -self._covered
        yield -self.pairs.sum(lambda pair: problem.by_candidate[pair[0]].value(pair[1]))
        places = {candidate.id: place for place, candidate in enumerate(problem.candidates)}
        yield self.pairs.sum(lambda pair: places[pair[0]])
