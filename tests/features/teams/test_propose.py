"""The best teams, held against all the teams there are."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.features.teams.rules_problem import Problem, Project, Worth, worth
from eig_sheets.features.teams.rules_program import propose
from tests.effort import examples
from tests.features.teams.problems import DESIGN, DEV, candidate, everything, key, meets, problems

TWO = (Project("P1", (DEV, DESIGN)), Project("P2", (DEV, DESIGN)))


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(problems())
def test_no_teams_are_better_than_those_proposed(problem):
    proposal, possible = propose(problem), [*everything(problem)]
    assert proposal.optimal
    assert bool(proposal.relaxed) == (not possible)
    if possible:
        assert meets(problem, proposal.pairs)
        assert key(problem, proposal.pairs) == max(key(problem, pairs) for pairs in possible)
        assert proposal.worth == worth(problem, proposal.pairs)


@pytest.mark.slow
@settings(max_examples=examples(15))
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_projects_changes_nothing_but_equals(problem, order):
    projects = [*problem.projects]
    order.shuffle(projects)
    shuffled = replace(problem, projects=tuple(projects))
    first, second = propose(problem), propose(shuffled)
    assert (first.worth, first.relaxed) == (second.worth, second.relaxed)
    assert propose(problem) == first


def test_a_project_served_comes_before_any_note():
    problem = Problem(
        (candidate("A", DEV, 20, "P1"), candidate("B", DESIGN, 20, "P1"), candidate("C", DEV, 20, "P1", "P2"),
         candidate("D", DESIGN, 8, "P2")),
        TWO,
    )  # fmt: skip
    assert propose(problem).placed == {"A": "P1", "B": "P1", "C": "P2", "D": "P2"}


def test_a_metier_covered_comes_before_any_note():
    problem = Problem(
        (candidate("A", DEV, 20, "P1"), candidate("B", DEV, 20, "P1"), candidate("C", DESIGN, 8, "P2", "P1")),
        (Project("P1", (DEV, DESIGN), 2, 2),),
    )
    proposal = propose(problem)
    assert proposal.placed == {"A": "P1", "C": "P1"}
    assert proposal.worth == Worth(1, 2, round(60_000 * (20 / 20 + 3 / 3 + 8 / 20 + 2 / 3)))


def test_a_metier_asked_for_twice_is_covered_twice():
    pair = (candidate("A", DEV, 12, "P1"), candidate("B", DEV, 12, "P1"), candidate("C", DESIGN, 20, "P1"))
    assert propose(Problem(pair, (Project("P1", (DEV, DEV), 2, 2),))).placed == {"A": "P1", "B": "P1"}


def test_a_wish_is_worth_a_third_of_all_notes():
    """(4 − wish) / 3: the first choice at 14 is worth the second at 20.67, so 20 is not enough."""
    problem = Problem(
        (candidate("A", DEV, 14, "P1"), candidate("B", DEV, 20, "P2", "P1"), candidate("C", DEV, 15, "P1")),
        (Project("P1", (), 2, 2),),
    )
    assert propose(problem).placed == {"A": "P1", "C": "P1"}


def test_equals_go_to_whoever_comes_first():
    three = tuple(candidate(name, DEV, 15, "P1") for name in "ABC")
    assert propose(Problem(three, (Project("P1", (), 2, 2),))).placed == {"A": "P1", "B": "P1"}
    assert propose(Problem(three[::-1], (Project("P1", (), 2, 2),))).placed == {"C": "P1", "B": "P1"}


def test_a_project_that_cannot_have_two_has_none():
    problem = Problem((candidate("A", DEV, 20, "P1"), candidate("B", DEV, None, "P1")), TWO)
    proposal = propose(problem)
    assert (proposal.pairs, proposal.optimal, proposal.relaxed) == (frozenset(), True, ())


def test_a_conflict_keeps_out_of_a_project_unless_people_decided_it():
    both = (candidate("A", DEV, 20, "P1"), candidate("B", DEV, 20, "P1"))
    apart = Problem(both, TWO[:1], frozenset({("A", "P1")}))
    assert propose(apart).placed == {}
    decided = replace(apart, candidates=(replace(both[0], locked="P1"), both[1]))
    assert propose(decided).placed == {"A": "P1", "B": "P1"}


def test_nobody_at_all():
    assert propose(Problem((), ())).pairs == frozenset()
    assert propose(Problem((), TWO)).worth == Worth(0, 0, 0)


def _without_lower_quota(draw):
    """Projects that ask for one métier each, a seat for each time, and no least size: an assignment."""
    numbers = [f"P{place}" for place in range(draw(st.integers(1, 4)))]
    asked = [(draw(st.sampled_from([DEV, DESIGN])),) * draw(st.integers(1, 3)) for _ in numbers]
    projects = tuple(Project(*one, 1, len(one[1])) for one in zip(numbers, asked, strict=True))
    names = range(draw(st.integers(1, 12)))
    people = tuple(
        candidate(
            f"C{place:02}", draw(st.sampled_from([DEV, DESIGN])), draw(st.integers(0, 20_000)) / 1000,
            *draw(st.lists(st.sampled_from(numbers), unique=True, min_size=1, max_size=3)),
        )
        for place in names
    )  # fmt: skip
    return Problem(people, projects)


@pytest.mark.slow
@settings(max_examples=examples(15))
@given(st.composite(_without_lower_quota)())
def test_without_lower_quota_it_is_the_optimum_of_an_assignment(problem):
    assert propose(problem).worth == _by_assignment(problem)


_SERVED, _COVERED = 10**10, 10**8


def _by_assignment(problem: Problem) -> Worth:
    """Seats and candidates, what is lexicographic in one weight: a project's first seat is that of its being served."""
    flow = nx.DiGraph()
    for project in problem.projects:
        for place, metier in enumerate(project.metiers):
            seat = (project.id, place)
            flow.add_edge(seat, "end", capacity=1, weight=0)
            for person in problem.candidates:
                if person.may_join(project.id):
                    weight = person.value(project.id) + _COVERED * (person.metier == metier) + _SERVED * (place == 0)
                    flow.add_edge(person.id, seat, capacity=1, weight=-weight)
    for person in problem.candidates:
        flow.add_edge("start", person.id, capacity=1, weight=0)
        flow.add_edge(person.id, "end", capacity=1, weight=0)
    flow.add_node("start", demand=-len(problem.candidates))
    flow.add_node("end", demand=len(problem.candidates))
    chosen = nx.min_cost_flow(flow)
    pairs = frozenset(
        (person.id, seat[0])
        for person in problem.candidates
        for seat, used in chosen[person.id].items()
        if used and seat != "end"
    )
    return worth(problem, pairs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_five_hundred_candidates_are_proved(seed):
    numbers = np.random.default_rng(seed)
    projects = tuple(Project(f"P{one:02}", ((DEV, DESIGN, "data")[one % 3],) * 3, 2, 3) for one in range(20))
    people = tuple(
        candidate(
            f"C{one:03}", str(numbers.choice([DEV, DESIGN, "data"])), float(numbers.integers(8000, 20_000) / 1000),
            *(projects[place].id for place in numbers.choice(20, 3, replace=False)),
        )
        for one in range(500)
    )  # fmt: skip
    problem = Problem(people, projects)
    proposal = propose(problem)
    assert (proposal.optimal, proposal.worth.served, proposal.worth.covered) == (True, 20, 60)
    assert proposal.worth == _by_assignment(problem)


def test_under_a_budget_equals_in_all_go_to_whoever_comes_first():
    people = tuple(candidate(name, DEV, 15, "P1", cost={"P1": 60_000.0}) for name in "ABC")
    dear = candidate("D", DEV, 15, "P1", cost={"P1": 60_001.0})
    problem = Problem((dear, *people[::-1]), (Project("P1", (), 2, 2),), budget=120_000)
    assert propose(problem).placed == {"C": "P1", "B": "P1"}
