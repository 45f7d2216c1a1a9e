"""The smallest set of demands to relax when the pairs that people decided leave no teams that meet them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from eig_sheets.domain.integer_program import IntegerProgram, Numbers
from eig_sheets.domain.teams.problem import Pair, Problem
from eig_sheets.domain.teams.program import Slack, TeamProgram

_HALF: Final = 0.5


class Kind(StrEnum):
    """What may be given up, from the gravest."""

    LOCKED = "verrou"  # that a candidate is where people decided
    BUDGET = "budget"  # the euros of all teams together
    MORE = "plus"  # the most talents of a project
    FEWER = "moins"  # the least talents of a team


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A demand that is given up: `wanted` of it, `instead` what there is; talents, or euros of the budget."""

    kind: Kind
    project: str = ""
    candidate: str = ""
    wanted: int = 0
    instead: int = 0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What is given up, and the problem that is left. `gap`: 0 when it is proved that nothing smaller does."""

    relaxed: tuple[Relaxed, ...]
    left: Problem
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class _Given:
    """A demand that may be given up: the column that says whether, and the one that says by how much, if any."""

    relaxed: Relaxed
    whether: int
    amount: int | None = None

    def as_found(self, values: Numbers) -> Relaxed:
        amount = 0 if self.amount is None else int(values[self.amount])
        return replace(self.relaxed, instead=self.relaxed.wanted + (-amount if self._lowers else amount))

    @property
    def _lowers(self) -> bool:
        return self.relaxed.kind is Kind.FEWER


def smallest_relaxation(problem: Problem) -> Relaxation:
    """The fewest demands to give up; of these as few as can be of each kind, from the gravest; then by the least.

    Between equals, by their projects and candidates, whatever order the problem gives them in.

    Only the decided pairs can make a problem impossible: without them, having no team meets everything.
    """
    program = IntegerProgram()
    counted = Counter(project for _, project in problem.locked)
    slack, given = _slack(problem, counted, program)
    TeamProgram(replace(problem, loose=True), slack, program)
    _link(given, problem, program)
    values: Numbers | None = None
    gap = 0.0
    for costs in _priorities(given, program.size):
        solution = program.minimised(costs, known=values)
        if solution is None:
            raise ValueError("A problem without its decided pairs always has teams: none.")
        values, used, gap = solution.values, np.flatnonzero(costs), max(gap, solution.gap)
        program.constrain(used, costs[used], upper=solution.objective + _HALF)
    found: Numbers = np.zeros(program.size) if values is None else values
    told = tuple(one.as_found(found) for one in sorted(given, key=_place) if found[one.whether] > _HALF)
    return Relaxation(told, _without(problem, told), gap)


def _slack(problem: Problem, counted: Counter[str], program: IntegerProgram) -> tuple[Slack, list[_Given]]:
    """The columns of all that may be given up: of the projects, only those in which people decided somebody."""
    given = []
    dropped = {pair: int(program.variables(1)[0]) for pair in problem.locked}
    given += [
        _Given(Relaxed(Kind.LOCKED, project, candidate), column) for (candidate, project), column in dropped.items()
    ]
    over = None
    if problem.budget is not None:
        over = int(program.variables(1, 0, sum(map(problem.cost, problem.pairs)))[0])
        wanted = int(problem.budget)
        given.append(_Given(Relaxed(Kind.BUDGET, wanted=wanted), int(program.variables(1)[0]), over))
    more, fewer = ({one: int(program.variables(1, 0, counted[one])[0]) for one in counted} for _ in range(2))
    for kind, columns in ((Kind.MORE, more), (Kind.FEWER, fewer)):
        for project, column in columns.items():
            size = problem.by_project[project].most if kind is Kind.MORE else problem.by_project[project].least
            given.append(_Given(Relaxed(kind, project, wanted=size), int(program.variables(1)[0]), column))
    return Slack(dropped, fewer, more, over), given


def _link(given: Sequence[_Given], problem: Problem, program: IntegerProgram) -> None:
    """A demand is given up where its amount is not nought."""
    for one in given:
        if one.amount is not None:
            most = sum(map(problem.cost, problem.pairs)) if one.relaxed.kind is Kind.BUDGET else len(problem.locked)
            columns = np.array([one.amount, one.whether])
            program.constrain(columns, np.array([1.0, -float(max(most, 1))]), upper=0)


def _priorities(given: Sequence[_Given], size: int) -> Iterator[Numbers]:
    yield _marked([one.whether for one in given], size)
    for kind in Kind:
        columns = [one.whether for one in given if one.relaxed.kind is kind]
        if columns:
            yield _marked(columns, size)
    yield _marked([one.amount for one in given if one.amount is not None], size)
    in_order = sorted(given, key=_place)
    yield from (_marked([one.whether], size) for one in in_order)
    yield from (_marked([one.amount], size) for one in in_order if one.amount is not None)


def _place(one: _Given) -> tuple[int, str, str]:
    return [*Kind].index(one.relaxed.kind), one.relaxed.project, one.relaxed.candidate


def _marked(columns: Sequence[int], size: int) -> Numbers:
    costs = np.zeros(size)
    costs[list(columns)] = 1
    return costs


def _without(problem: Problem, given_up: Sequence[Relaxed]) -> Problem:
    """The problem once some demands are relaxed; whoever is no longer held in a project may still be proposed."""
    dropped: set[Pair] = {(one.candidate, one.project) for one in given_up if one.kind is Kind.LOCKED}
    sizes = {(one.kind, one.project): one.instead for one in given_up}
    return replace(
        problem,
        candidates=tuple(
            replace(one, locked="") if (one.id, one.locked) in dropped else one for one in problem.candidates
        ),
        projects=tuple(
            replace(
                one,
                least=sizes.get((Kind.FEWER, one.id), one.least),
                most=sizes.get((Kind.MORE, one.id), one.most),
            )
            for one in problem.projects
        ),
        budget=sizes.get((Kind.BUDGET, ""), problem.budget),
    )
