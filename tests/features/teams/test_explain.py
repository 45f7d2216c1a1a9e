"""What the whole loses when a candidate has to be in a project, and the note that would be enough."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from eig_sheets.features.teams.rules_explain import forced
from eig_sheets.features.teams.rules_problem import Problem, Project, Worth, worth
from eig_sheets.features.teams.rules_program import propose
from tests.effort import examples
from tests.features.teams.problems import DESIGN, DEV, candidate, everything, problems

PEOPLE = (candidate("A", DEV, 18, "P1"), candidate("B", DESIGN, 15, "P1"), candidate("C", DEV, 12, "P1"))
CALL = Problem(PEOPLE, (Project("P1", (DEV, DESIGN), 2, 2),))


def test_the_note_that_would_be_enough():
    explained = forced(CALL, propose(CALL), "C", "P1")
    assert (explained.proposal.placed, explained.lost, explained.needed) == (
        {"B": "P1", "C": "P1"},
        Worth(0, 0, 18_000),
        18,
    )
    same = replace(CALL, candidates=(*PEOPLE[:2], replace(PEOPLE[2], note=18.001)))
    assert propose(same).placed == {"B": "P1", "C": "P1"}


def test_no_note_is_enough_where_a_metier_would_be_lost():
    people = (candidate("A", DEV, 20, "P1"), candidate("B", DESIGN, 8, "P1"), candidate("C", "data", 20, "P1"))
    problem = replace(CALL, candidates=people)
    explained = forced(problem, propose(problem), "C", "P1")
    assert (explained.lost.covered, explained.needed) == (1, None)


def test_none_where_everybody_was_decided():
    decided = tuple(replace(person, locked="P1") for person in PEOPLE[:2])
    problem = replace(CALL, candidates=(*decided, PEOPLE[2]))
    assert forced(problem, propose(problem), "C", "P1").proposal is None


@settings(max_examples=examples(20))
@given(problems(4, locks=False))
def test_the_loss_is_the_least_there_is(problem):
    problem = replace(problem, before=frozenset())
    proposal = propose(problem)
    for person, project in problem.pairs:
        there = [worth(problem, pairs) for pairs in everything(problem) if (person, project) in pairs]
        explained = forced(problem, proposal, person, project)
        assert (explained.proposal is None) == (not there)
        if there:
            most = max(there)
            assert explained.lost == Worth(
                *(getattr(proposal.worth, part) - getattr(most, part) for part in ("served", "covered", "value"))
            )
            assert (explained.lost == Worth(0, 0, 0)) or (person, project) not in proposal.pairs


@pytest.mark.slow
@settings(max_examples=examples(20))
@given(problems(4, locks=False))
def test_a_little_more_than_the_note_needed_is_enough_to_be_proposed(problem):
    problem = replace(problem, before=frozenset())
    proposal = propose(problem)
    left_out = [left for left in problem.candidates if left.id not in proposal.placed and left.note is not None]
    assume(left_out)
    notes = [
        forced(problem, proposal, left_out[0].id, project).needed
        for person, project in problem.pairs
        if person == left_out[0].id
    ]
    needed = [note for note in notes if note is not None]
    if needed and min(needed) < 19.9:
        raised = tuple(
            replace(left, note=min(needed) + 0.001) if left is left_out[0] else left for left in problem.candidates
        )
        assert left_out[0].id in propose(replace(problem, candidates=raised)).placed


def test_points_are_those_of_a_note():
    assert Worth(0, 0, 3000).points == pytest.approx(1)
