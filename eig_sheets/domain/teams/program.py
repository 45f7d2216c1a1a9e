"""The integer program of the teams: a variable for each pair that may be proposed, one for each project served.

Once it is known which projects are served, what is left is a network flow: its linear relaxation is whole, so that the
branch-and-bound only decides on projects, unless a budget couples everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import floor
from typing import Final

import numpy as np

from eig_sheets.domain.integer_program import Columns, IntegerProgram, Numbers
from eig_sheets.domain.teams.problem import Pair, Problem, Project

_HALF: Final = 0.5
_NONE: Final[Columns] = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Slack:
    """Columns by which demands may be missed, each by the name of what it is about; empty where none may.

    `dropped` (locked pairs): whether it is; `fewer` and `more` (projects): talents under or over the size of a team;
    `over`: whole euros over the budget.
    """

    dropped: dict[Pair, int] = field(default_factory=dict)
    fewer: dict[str, int] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)
    over: int | None = None


@dataclass(slots=True)
class TeamProgram:
    """The program of a problem."""

    problem: Problem
    slack: Slack = field(default_factory=Slack)
    program: IntegerProgram = field(default_factory=IntegerProgram)
    columns: dict[Pair, int] = field(init=False)
    _served: dict[str, int] = field(init=False)
    _covered: Columns = field(init=False, default_factory=lambda: _NONE)

    def __post_init__(self) -> None:
        """Every constraint."""
        problem, program = self.problem, self.program
        self.columns = dict(zip(problem.pairs, map(int, program.variables(len(problem.pairs))), strict=True))
        self._served = {one.id: int(program.variables(1)[0]) for one in problem.projects}
        for person in self._people():
            theirs = [column for one in person for _, column in self._of(one, 0)]
            if theirs:
                program.constrain(np.array(theirs), upper=1)
        for project in problem.projects:
            self._size(project)
            self._cover(project)
        for pair in problem.locked:
            dropped = [self.slack.dropped[pair]] if pair in self.slack.dropped else []
            program.constrain(np.array([self.columns[pair], *dropped]), lower=1)
        self._budget()

    def _people(self) -> Iterator[tuple[str, ...]]:
        """The candidates, those who are one person together."""
        for candidate in self.problem.candidates:
            if candidate.id not in self.problem.others:
                yield (candidate.id,)
        yield from self.problem.people

    def _of(self, name: str, side: int) -> Iterator[tuple[Pair, int]]:
        """The pairs of a candidate (side 0) or of a project (side 1), with their columns."""
        return ((pair, column) for pair, column in self.columns.items() if pair[side] == name)

    def _size(self, project: Project) -> None:
        """A team has at least so many talents, or none; and at most so many."""
        served = self._served[project.id]
        members = [column for _, column in self._of(project.id, 1)]
        for size, slack, sign in ((project.least, self.slack.fewer, 1.0), (project.most, self.slack.more, -1.0)):
            missed = [slack[project.id]] if project.id in slack else []
            columns = np.array([*members, *missed, served])
            weights = np.array([1.0] * len(members) + [sign] * len(missed) + [-float(size)])
            bounds = {"lower": 0.0} if sign > 0 else {"upper": 0.0}
            self.program.constrain(columns, weights, **bounds)
        for member in members:  # which the two above imply of whole numbers: the relaxation is closer to them with it
            self.program.constrain(np.array([member, served]), np.array([1.0, -1.0]), upper=0)

    def _cover(self, project: Project) -> None:
        for metier, count in project.demands.items():
            have = [
                column
                for (candidate, _), column in self._of(project.id, 1)
                if self.problem.by_candidate[candidate].metier == metier
            ]
            if have:
                covered = self.program.variables(1, 0, count)
                self._covered = np.append(self._covered, covered)
                weights = np.array([1.0] * len(have) + [-1.0])
                self.program.constrain(np.append(np.array(have), covered), weights, lower=0)

    def _budget(self) -> None:
        if self.problem.budget is None or not self.columns:
            return
        costs = [self.problem.cost(pair) for pair in self.columns]
        over = [] if self.slack.over is None else [self.slack.over]
        columns, weights = np.array([*self.columns.values(), *over]), np.array([*costs, *[-1.0] * len(over)])
        self.program.constrain(columns, weights, upper=floor(self.problem.budget))

    def pairs_of(self, values: Numbers) -> frozenset[Pair]:
        """The pairs of a solution."""
        return frozenset(pair for pair, column in self.columns.items() if values[column] > _HALF)

    def keep_all_but_who(self, values: Numbers) -> None:
        """Let only candidates change that are worth the same, at the same cost, to the same project.

        What is left is a transport, when a budget would make any other exchange a hard problem of its own.
        """
        alike: dict[tuple[object, ...], list[int]] = {}
        for pair, column in self.columns.items():
            one, project = self.problem.by_candidate[pair[0]], pair[1]
            key = (project, one.metier, one.value(project), self.problem.cost(pair), pair in self.problem.before)
            alike.setdefault(key, []).append(column)
        for columns in alike.values():
            count = float(values[columns].sum())
            self.program.constrain(np.array(columns), lower=count, upper=count)

    def objectives(self) -> Iterator[Numbers]:
        """The costs to minimise, each whole: pairs in force that go, projects, métiers, value, then ties.

        Ties: the sum of the places of the candidates in their order.
        """
        problem = self.problem
        if problem.before:
            yield self._costs({column: -1 for pair, column in self.columns.items() if pair in problem.before})
        yield self._costs(dict.fromkeys(self._served.values(), -1))
        yield self._costs(dict.fromkeys(map(int, self._covered), -1))
        values = {
            column: -problem.by_candidate[candidate].value(project)
            for (candidate, project), column in self.columns.items()
        }
        yield self._costs(values)
        places = {one.id: place for place, one in enumerate(problem.candidates)}
        yield self._costs({column: places[candidate] for (candidate, _), column in self.columns.items()})

    def _costs(self, costs: dict[int, int]) -> Numbers:
        everything = np.zeros(self.program.size)
        everything[[*costs]] = [*costs.values()]
        return everything
