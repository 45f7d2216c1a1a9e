"""After a withdrawal, as few talents as possible move; then the teams are as good as they can be."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from eig_sheets.features.teams.rules_problem import Problem, Project
from eig_sheets.features.teams.rules_program import propose
from tests.effort import examples
from tests.features.teams.problems import DESIGN, DEV, candidate, everything, problems

TEAM = Project("P1", (DEV, DESIGN), 2, 2)


def test_whoever_withdraws_is_replaced_and_nobody_else_moves():
    people = (candidate("A", DEV, 18, "P1"), candidate("B", DESIGN, 15, "P1"), candidate("C", DEV, 12, "P1"),
              candidate("D", DESIGN, 16, "P1"))  # fmt: skip
    in_force = frozenset({("A", "P1"), ("B", "P1")})  # before D, who would be better than B, was noted
    without_a = Problem(people[1:], (TEAM,), before=in_force)
    assert propose(without_a).placed == {"B": "P1", "C": "P1"}
    assert propose(replace(without_a, before=frozenset())).placed == {"D": "P1", "C": "P1"}


def test_one_move_is_worth_a_project_only_if_none_would_do():
    people = (candidate("A", DEV, 18, "P1"), candidate("B", DEV, 18, "P2", "P1"), candidate("C", DEV, 18, "P2"),
              candidate("D", DEV, 18, "P2"))  # fmt: skip
    in_force = frozenset({("A", "P1"), ("B", "P2"), ("C", "P2"), ("D", "P2")})
    proposal = propose(Problem(people, (Project("P1"), Project("P2")), before=in_force))
    assert proposal.placed == {"A": "P1", "B": "P1", "C": "P2", "D": "P2"}, (
        "A alone would go: B moves, and both are served"
    )


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(problems())
def test_no_teams_keep_more(problem):
    proposal, possible = propose(problem), [*everything(problem)]
    if possible:
        assert len(proposal.pairs & problem.before) == max(len(pairs & problem.before) for pairs in possible)


@settings(max_examples=examples(15))
@given(problems(locks=False))
def test_nothing_moves_when_nothing_changed(problem):
    proposal = propose(problem)
    assert propose(replace(problem, before=proposal.pairs)).pairs == proposal.pairs
