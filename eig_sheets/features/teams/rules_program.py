"""Who is proposed in which project: an exact integer program, and what it gives up where not all can be had.

`propose` takes a Problem and gives a Proposal: as many projects served as can be, then as many of the métiers that they
ask for, then the best notes and wishes. The program has a variable for each pair that may be proposed, one for each
project served.

Once it is known which projects are served, what is left is a network flow: its linear relaxation is whole, so that the
branch-and-bound only decides on projects, unless a budget couples everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor
from operator import itemgetter
from typing import Final

import numpy as np

from eig_sheets.features.teams.rules_problem import Pair, Problem, Project, Relaxed, TeamDemandKind, Worth, worth
from eig_sheets.integer_program import NOTHING, Columns, Linear, Numbers, Program, total

_NONE: Final[Columns] = np.zeros(0, dtype=np.intp)
_PROVED: Final = 0.999
"""No other point is better by one, the least that objectives differ by: each is whole."""


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """Teams: their pairs and what they are worth. `relaxed`: what was given up, without which there are none.

    `gap`: 0 when the bounds of the solver prove that nothing is better, objective after objective; else a search was
    stopped, and it is the largest of an objective. Between equals, the first candidates; under a budget, of
    candidates who are equal in all: project, métier, value and cost.
    """

    pairs: frozenset[Pair]
    worth: Worth
    gap: float = 0.0
    relaxed: tuple[Relaxed, ...] = ()

    @property
    def optimal(self) -> bool:
        """Whether nothing is better."""
        return self.gap == 0

    @property
    def placed(self) -> dict[str, str]:
        """The project of each candidate who has one."""
        return dict(self.pairs)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What is given up, and the problem that is left. `gap`: 0 when it is proved that nothing smaller does."""

    relaxed: tuple[Relaxed, ...]
    left: Problem
    gap: float = 0.0


def propose(problem: Problem) -> Proposal:
    """The best teams of a problem; with `relaxed`, the best once the smallest set of demands is given up.

    Raises SearchCutError.
    """
    proposal = best(problem)
    if proposal is not None:
        return proposal
    given_up = smallest_relaxation(problem)
    proposal = best(given_up.left)
    if proposal is None:
        raise ValueError("The relaxed problem has no teams.")
    return replace(proposal, gap=max(proposal.gap, given_up.gap), relaxed=given_up.relaxed)


def best(problem: Problem) -> Proposal | None:
    """The best teams that meet every demand; None when there are none."""
    model = TeamProgram(problem)
    *objectives, ties = model.objectives()
    values, gap = None, 0.0
    for objective in (*objectives, ties):
        if objective is ties and values is not None and problem.budget is not None:
            model.keep_all_but_who(values)
        solution = model.program.minimised(objective, start=values)
        if solution is None:
            return None
        values = solution.values
        if solution.objective - solution.bound >= _PROVED:
            gap = max(gap, solution.gap)
        model.program.keep(objective, solution)
    pairs = frozenset() if values is None else frozenset(model.pairs.chosen(values))
    return Proposal(pairs, worth(problem, pairs), gap)


def smallest_relaxation(problem: Problem) -> Relaxation:
    """The fewest demands to give up; of these as few as can be of each kind, from the gravest; then by the least.

    Between equals, by their projects and candidates, whatever order the problem gives them in.

    Only the decided pairs can make a problem impossible: without them, having no team meets everything.
    """
    from_the_gravest = [*TeamDemandKind]

    def price(demand: Relaxed) -> int:
        return len(from_the_gravest) - 1 - from_the_gravest.index(demand.kind)

    def place(demand: Relaxed) -> tuple[int, str, str]:
        return from_the_gravest.index(demand.kind), demand.project, demand.candidate

    program = TeamProgram(replace(problem, loose=True)).program
    optimum = program.minimised_in_order(program.relaxation(price, place))
    if optimum is None:
        raise ValueError("A problem without its decided pairs always has teams: none.")
    told = [
        replace(demand, instead=demand.wanted + (-1 if demand.kind is TeamDemandKind.FEWER else 1) * int(amount))
        for demand, amount in program.given_up(optimum.values)
    ]
    told.sort(key=place)
    return Relaxation(tuple(told), _without(problem, told), optimum.gap)


def _without(problem: Problem, given_up: Sequence[Relaxed]) -> Problem:
    """The problem once some demands are relaxed; whoever is no longer held in a project may still be proposed."""
    dropped: set[Pair] = {
        (demand.candidate, demand.project) for demand in given_up if demand.kind is TeamDemandKind.LOCKED
    }
    sizes = {(demand.kind, demand.project): demand.instead for demand in given_up}
    return replace(
        problem,
        candidates=tuple(
            replace(candidate, locked="") if (candidate.id, candidate.locked) in dropped else candidate
            for candidate in problem.candidates
        ),
        projects=tuple(
            replace(
                project,
                least=sizes.get((TeamDemandKind.FEWER, project.id), project.least),
                most=sizes.get((TeamDemandKind.MORE, project.id), project.most),
            )
            for project in problem.projects
        ),
        budget=sizes.get((TeamDemandKind.BUDGET, ""), problem.budget),
    )
