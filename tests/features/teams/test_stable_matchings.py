"""Beside the stable matchings of the library `matching` (residents and hospitals), where there is no lower quota.

One métier, no least size, no métier asked for. What is compared: our `blocking_pairs` finds none in a matching that the
library finds stable; and what we propose is worth as much at least, since its objective is ours. Ours may block: it
weighs wishes against notes.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.features.teams.rules_explain import blocking_pairs
from eig_sheets.features.teams.rules_problem import Problem, Project, worth
from eig_sheets.features.teams.rules_program import propose
from tests.effort import examples
from tests.features.teams.problems import DEV, candidate

games = pytest.importorskip("matching.games", reason="the library `matching` is not in the lock yet")
pytestmark = pytest.mark.newest


@st.composite
def calls(draw):
    projects = [Project(f"P{place}", (), 1, draw(st.integers(1, 3))) for place in range(draw(st.integers(1, 4)))]
    notes = draw(st.lists(st.integers(1000, 20_000), unique=True, min_size=1, max_size=12))
    wishes = st.lists(st.sampled_from(projects), unique_by=id, min_size=1, max_size=3)
    people = [
        candidate(f"C{place:02}", DEV, note / 1000, *(one.id for one in draw(wishes)))
        for place, note in enumerate(notes)
    ]
    return Problem(tuple(people), tuple(projects))


@settings(max_examples=examples(20))
@given(calls())
def test_no_pair_blocks_a_stable_matching_and_ours_is_worth_as_much(problem):
    stable = _stable(problem)
    assert blocking_pairs(problem, stable) == ()
    assert propose(problem).worth >= worth(problem, stable)


def _stable(problem):
    wished = {person.id: sorted(person.wishes, key=person.wishes.get) for person in problem.candidates}
    ranked = {
        project.id: [
            person.id for person in sorted(problem.candidates, key=lambda one: -one.note) if project.id in person.wishes
        ]
        for project in problem.projects
    }
    ranked = {project: people for project, people in ranked.items() if people}
    places = {project.id: project.most for project in problem.projects if project.id in ranked}
    game = games.HospitalResident.create_from_dictionaries(wished, ranked, places)
    return frozenset((resident.name, hospital.name) for hospital, them in game.solve().items() for resident in them)
