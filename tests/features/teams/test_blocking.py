"""Blocking pairs: none in a stable matching, and exactly those that somebody would find by hand."""

from eig_sheets.features.teams.rules_explain import blocking_pairs
from eig_sheets.features.teams.rules_problem import Problem, Project
from eig_sheets.features.teams.rules_program import propose
from tests.features.teams.problems import DESIGN, DEV, candidate

P1, P2 = Project("P1", (DEV,), 1, 1), Project("P2", (DEV,), 1, 1)


def test_who_prefers_a_project_that_has_a_lower_note_of_that_metier():
    people = (candidate("A", DEV, 16, "P1", "P2"), candidate("B", DEV, 15, "P1", "P2"))
    pairs = frozenset({("A", "P2"), ("B", "P1")})
    assert blocking_pairs(Problem(people, (P1, P2)), pairs) == (("A", "P1"),)
    assert blocking_pairs(Problem(people, (P1, P2)), frozenset({("A", "P1"), ("B", "P2")})) == ()


def test_another_metier_is_not_compared():
    people = (candidate("A", DEV, 16, "P1"), candidate("B", DESIGN, 15, "P1"), candidate("C", "", 16, "P1"))
    assert blocking_pairs(Problem(people, (P1,)), frozenset({("B", "P1")})) == ()
    without = (candidate("A", "", 16, "P1"), candidate("B", "", 15, "P1"))
    assert blocking_pairs(Problem(without, (P1,)), frozenset({("B", "P1")})) == ()


def test_room_is_enough_but_in_a_project_without_a_team():
    people = (candidate("A", DEV, 16, "P1"), candidate("B", DEV, 15, "P2", "P1"))
    wide = Project("P1", (DEV,), 1, 2)
    assert blocking_pairs(Problem(people, (wide, P2)), frozenset({("B", "P1")})) == (("A", "P1"),)
    assert blocking_pairs(Problem(people, (wide, P2)), frozenset()) == ()


def test_who_may_not_be_there_blocks_nothing():
    people = (candidate("A", DEV, None, "P1"), candidate("B", DEV, 16, "P1"), candidate("C", DEV, 15, "P1"))
    problem = Problem(people, (P1,), frozenset({("B", "P1")}))
    assert blocking_pairs(problem, frozenset({("C", "P1")})) == ()


def test_a_metier_that_is_asked_for_can_leave_a_pair_that_blocks():
    people = (candidate("A", DEV, 20, "P1"), candidate("B", DEV, 20, "P1"), candidate("C", DESIGN, 8, "P1"),
              candidate("D", DEV, 19, "P1"))  # fmt: skip
    problem = Problem(people, (Project("P1", (DESIGN, DEV), 2, 2),))
    proposal = propose(problem)
    assert proposal.placed == {"A": "P1", "C": "P1"}
    assert blocking_pairs(problem, proposal.pairs) == (), "B has not a better note than A, and no designer is worse"


def test_wishes_that_weigh_more_than_notes_can_too():
    people = (candidate("A", DEV, 14, "P1"), candidate("B", DEV, 20, "P2", "P1"), candidate("C", DEV, 15, "P1"))
    problem = Problem(people, (Project("P1", (), 2, 2),))
    assert blocking_pairs(problem, propose(problem).pairs) == (("B", "P1"),)
