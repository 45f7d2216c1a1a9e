"""Small problems of teams, and all the teams there are: what the program finds is held against them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from eig_sheets.features.teams.rules_problem import Candidate, Pair, Problem, Project, Worth, worth

DEV, DESIGN = "developpeur", "designer"


def candidate(name: str, metier: str = DEV, note: float | None = 16, *wishes: str, **more: object) -> Candidate:
    """A candidate who wished these projects, in that order."""
    return Candidate(name, metier, note, {project: place for place, project in enumerate(wishes, 1)}, **more)


def everything(problem: Problem) -> Iterator[frozenset[Pair]]:
    """Every choice of teams that meets each demand, told apart without any program."""
    choices = [
        [None, *(project.id for project in problem.projects if _may(problem, person, project.id))]
        for person in problem.candidates
    ]
    for chosen in product(*choices):
        pairs = frozenset(
            (person.id, project)
            for person, project in zip(problem.candidates, chosen, strict=True)
            if project is not None
        )
        if meets(problem, pairs):
            yield pairs


def _may(problem: Problem, person: Candidate, project: str) -> bool:
    if person.locked:
        return person.locked == project
    return person.note is not None and project in person.wishes and (person.id, project) not in problem.forbidden


def meets(problem: Problem, pairs: frozenset[Pair]) -> bool:
    """Whether teams have their sizes, the decided pairs and the budget."""
    there = {project.id for project in problem.projects}
    for project in problem.projects:
        size = sum(1 for _, number in pairs if number == project.id)
        if size and not project.least <= size <= project.most:
            return False
    if any(sum(number in group for number, _ in pairs) > 1 for group in problem.people):
        return False
    if any(person.locked in there and (person.id, person.locked) not in pairs for person in problem.candidates):
        return False
    return problem.budget is None or sum(map(problem.cost, pairs)) <= problem.budget


def places(problem: Problem, pairs: frozenset[Pair]) -> int:
    """The sum of the places of the candidates who have a team: what chooses between equals."""
    return sum(place for place, person in enumerate(problem.candidates) if person.id in dict(pairs))


def key(problem: Problem, pairs: frozenset[Pair]) -> tuple[int, Worth, int]:
    """What is to be the most: pairs in force that stay, what teams are worth, then (no budget) who comes first."""
    ties = -places(problem, pairs) if problem.budget is None else 0
    return len(pairs & problem.before), worth(problem, pairs), ties


METIERS = st.sampled_from([DEV, DESIGN, ""])
NOTES = st.sampled_from([None, 8.0, 12.5, 16.0, 16.125, 20.0])


@st.composite
def problems(draw: st.DrawFn, most_candidates: int = 5, *, locks: bool = True) -> Problem:
    """Up to five candidates and three projects, with every kind of limit."""
    numbers = [f"P{place}" for place in range(draw(st.integers(1, 3)))]
    projects = []
    for number in numbers:
        least = draw(st.integers(1, 2))
        asked = tuple(draw(st.lists(st.sampled_from([DEV, DESIGN]), max_size=3)))
        projects.append(Project(number, asked, least, draw(st.integers(least, 3))))
    candidates = []
    for place in range(draw(st.integers(0, most_candidates))):
        wishes = draw(st.lists(st.sampled_from(numbers), unique=True, max_size=3))
        lock = draw(st.sampled_from(["", "", *numbers])) if locks else ""
        cost = {number: draw(st.sampled_from([50_000.0, 61_250.5, 70_000.0])) for number in numbers}
        candidates.append(candidate(f"C{place}", draw(METIERS), draw(NOTES), *wishes, locked=lock, cost=cost))
    pairs = [(person.id, number) for person in candidates for number in numbers]
    some = st.sets(st.sampled_from(pairs), max_size=3) if pairs else st.just(set())
    budget = draw(st.sampled_from([None, None, 150_000.0, 260_000.0]))
    people = draw(st.sampled_from([(), ((0, 1),), ((0, 1), (2, 3)), ((0, 2, 3),)]))
    groups = tuple(tuple(candidates[place].id for place in group if place < len(candidates)) for group in people)
    alike = tuple(group for group in groups if len(group) > 1)
    return Problem(
        tuple(candidates), tuple(projects), frozenset(draw(some)), budget, frozenset(draw(some)), people=alike
    )
