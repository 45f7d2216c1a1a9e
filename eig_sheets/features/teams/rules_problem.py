"""Candidates, projects and what limits their teams, as the program of `teams propose` knows them.

Sources: règlement de l’appel à candidatures, article 5 (three wishes in order, a note out of 20, rankings by project
and by métier, projects withdrawn for want of candidates) and cahier des charges (teams of two or three). The objectives
and their order are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import ceil
from typing import Final

Pair = tuple[str, str]
"""A candidate and a project, by their numbers."""

MOST_WISHES: Final = 3
OUT_OF: Final = 20
_UNIT: Final = 60_000
"""Parts of the objective's unit: notes count to the thousandth, wishes by thirds, so that every value is whole."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be in a team.

    `metier`: its comparable form, '' when it is unknown. `note`: out of 20, None without any. `wishes`: project → 1 to
    3. `locked`: the project that people decided, '' without any. `cost`: euros for each project, where a budget counts
    them; a project that is missing costs nothing.
    """

    id: str
    metier: str = ""
    note: float | None = None
    wishes: Mapping[str, int] = field(default_factory=dict)
    locked: str = ""
    cost: Mapping[str, float] = field(default_factory=dict)

    def may_join(self, project: str) -> bool:
        """Whether the candidate has a note and wished the project."""
        return self.note is not None and project in self.wishes

    def value(self, project: str) -> int:
        """What the candidate adds to the objective there, in units of 1/60000: note / 20 + (4 − wish) / 3."""
        note = round(1000 * (self.note or 0)) * (_UNIT // OUT_OF // 1000)
        wish = self.wishes.get(project)
        return note + (0 if wish is None else (MOST_WISHES + 1 - wish) * (_UNIT // MOST_WISHES))


@dataclass(frozen=True, slots=True)
class Project:
    """A laureate: its number, the métiers asked for (one that comes twice is asked for twice), the sizes of a team."""

    id: str
    metiers: tuple[str, ...] = ()
    least: int = 2
    most: int = 3

    @property
    def demands(self) -> Counter[str]:
        """How many talents of each métier are asked for."""
        return Counter(metier for metier in self.metiers if metier)


@dataclass(frozen=True)
class Problem:
    """Whom to propose where.

    Candidates come in the order that chooses between equal proposals: whoever is first is preferred. `forbidden`:
    pairs that a conflict of interests excludes, unless people decided them. `budget`: euros, for all teams together.
    `before`: the pairs of the teams in force, of which as many as possible stay. `people`: the candidates who are one
    person, each group of several: one place at most for all of them. `loose`: whom people decided may be
    elsewhere too, which only asks what it takes to make a problem possible.
    """

    candidates: tuple[Candidate, ...]
    projects: tuple[Project, ...]
    forbidden: frozenset[Pair] = frozenset()
    budget: float | None = None
    before: frozenset[Pair] = frozenset()
    loose: bool = False
    people: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that may be proposed, candidate by candidate: of one that people decided, that pair alone."""
        return tuple(
            (candidate.id, project.id)
            for candidate in self.candidates
            for project in self.projects
            if self._may_be(candidate, project.id)
        )

    def _may_be(self, candidate: Candidate, project: str) -> bool:
        if candidate.locked == project:
            return True
        is_held = candidate.locked and not (self.loose and candidate.locked in self.by_project)
        return not is_held and candidate.may_join(project) and (candidate.id, project) not in self.forbidden

    @cached_property
    def allowed(self) -> frozenset[Pair]:
        """The same pairs, to look them up."""
        return frozenset(self.pairs)

    @cached_property
    def locked(self) -> tuple[Pair, ...]:
        """The pairs that people decided, for the projects of this problem."""
        return tuple(
            (candidate.id, candidate.locked) for candidate in self.candidates if candidate.locked in self.by_project
        )

    @cached_property
    def by_candidate(self) -> dict[str, Candidate]:
        """The candidates, by their number."""
        return {candidate.id: candidate for candidate in self.candidates}

    @cached_property
    def others(self) -> dict[str, tuple[str, ...]]:
        """For each candidate who is several, the other candidates who are the same person."""
        return {
            candidate: tuple(other for other in group if other != candidate)
            for group in self.people
            for candidate in group
        }

    def is_placed(self, candidate: str, placed: Mapping[str, str]) -> bool:
        """Whether a candidate has a project, by themselves or as another candidate who is the same person."""
        return candidate in placed or any(other in placed for other in self.others.get(candidate, ()))

    @cached_property
    def by_project(self) -> dict[str, Project]:
        """The projects, by their number."""
        return {project.id: project for project in self.projects}

    def cost(self, pair: Pair) -> int:
        """What a pair costs, in whole euros, a started one counting whole: sums are then exact."""
        candidate, project = pair
        return ceil(self.by_candidate[candidate].cost.get(project, 0.0))

    def teams(self, pairs: frozenset[Pair]) -> dict[str, tuple[Candidate, ...]]:
        """The members of each project that has some, projects and candidates in their order."""
        members = {
            project.id: tuple(candidate for candidate in self.candidates if (candidate.id, project.id) in pairs)
            for project in self.projects
        }
        return {project: team for project, team in members.items() if team}


class TeamDemandKind(StrEnum):
    """What may be given up, from the gravest."""

    LOCKED = "verrou"  # that a candidate is where people decided
    BUDGET = "budget"  # the euros of all teams together
    MORE = "plus"  # the most talents of a project
    FEWER = "moins"  # the least talents of a team


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A demand that is given up: `wanted` of it, `instead` what there is; talents, or euros of the budget."""

    kind: TeamDemandKind
    project: str = ""
    candidate: str = ""
    wanted: int = 0
    instead: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """What teams are worth, in the order in which it counts: projects served, métiers covered, then the objective.

    A métier is covered once for each time that the project asks for it and the team has it. `value` is the objective,
    Σ (note / 20 + (4 − wish) / 3), in units of 1/60000: notes count to the thousandth.
    """

    served: int
    covered: int
    value: int

    @property
    def objective(self) -> float:
        """Σ (note / 20 + (4 − wish) / 3)."""
        return self.value / _UNIT

    @property
    def points(self) -> float:
        """The objective as points of a note out of 20."""
        return self.value * OUT_OF / _UNIT


def worth(problem: Problem, pairs: frozenset[Pair]) -> Worth:
    """What these teams are worth."""
    teams = problem.teams(pairs)
    covered = sum(covers(problem.by_project[project], team) for project, team in teams.items())
    value = sum(member.value(project) for project, team in teams.items() for member in team)
    return Worth(len(teams), covered, value)


def covers(project: Project, team: tuple[Candidate, ...]) -> int:
    """How many of the métiers that a project asks for its team has."""
    return (project.demands & Counter(member.metier for member in team)).total()
