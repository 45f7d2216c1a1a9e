"""The best teams, or the smallest set of demands to relax and what that gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.domain.teams.problem import Pair, Problem, Relaxed, TeamDemandKind, Worth, worth
from eig_sheets.domain.teams.program import TeamProgram

_PROVED: Final = 0.999
"""No other point is better by one, the least that objectives differ by: each is whole."""


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
