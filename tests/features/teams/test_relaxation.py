"""What is given up when the pairs that people decided leave no teams: the least there is."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings

from eig_sheets.features.teams.rules_problem import Problem, Project, Relaxed, TeamDemandKind
from eig_sheets.features.teams.rules_program import propose, smallest_relaxation
from tests.effort import examples
from tests.features.teams.problems import DESIGN, DEV, candidate, everything, meets, problems

P1, P2 = Project("P1", (DEV, DESIGN)), Project("P2", (DEV, DESIGN))


def decided(*names, project="P1", cost=0.0):
    return tuple(candidate(name, DEV, 12, locked=project, cost={project: cost}) for name in names)


def test_somebody_decided_alone_makes_a_team_of_one():
    proposal = propose(Problem(decided("A"), (P1,)))
    assert proposal.relaxed == (Relaxed(TeamDemandKind.FEWER, "P1", "", 2, 1),)
    assert proposal.placed == {"A": "P1"}


def test_four_decided_make_a_team_of_four():
    proposal = propose(Problem(decided(*"ABCD"), (P1,)))
    assert proposal.relaxed == (Relaxed(TeamDemandKind.MORE, "P1", "", 3, 4),)
    assert len(proposal.pairs) == 4


def test_the_budget_is_raised_to_what_was_decided():
    proposal = propose(Problem(decided(*"AB", cost=61_250.5), (P1,), budget=100_000))
    assert proposal.relaxed == (Relaxed(TeamDemandKind.BUDGET, "", "", 100_000, 122_502),)


def test_of_sets_of_one_size_what_people_decided_goes_last():
    both = (*decided("A"), *decided(*"BCDE", project="P2", cost=70_000.0))
    given_up = smallest_relaxation(Problem(both, (P1, replace(P2, least=4, most=4)), budget=200_000)).relaxed
    assert [demand.kind for demand in given_up] == [TeamDemandKind.BUDGET, TeamDemandKind.FEWER]


def test_of_equal_sets_the_one_given_up_does_not_depend_on_the_order():
    first, second = (
        candidate(name, DEV, 8, "P1", "P2", locked=project) for name, project in (("A", "P1"), ("B", "P2"))
    )
    people, two = (first, second), (replace(P1, most=2), replace(P2, metiers=(DEV,), most=2))
    proposals = [propose(Problem(those, these)) for those in (people, people[::-1]) for these in (two, two[::-1])]
    assert {proposal.relaxed for proposal in proposals} == {(Relaxed(TeamDemandKind.LOCKED, "P2", "B"),)}
    assert {proposal.pairs for proposal in proposals} == {frozenset({("A", "P1"), ("B", "P1")})}


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(problems(4))
def test_no_smaller_set_would_do(problem):
    proposal = propose(problem)
    if not proposal.relaxed:
        return
    assert [*everything(_freed(problem, proposal.relaxed))], "what is left must be possible"
    assert meets(_freed(problem, proposal.relaxed), proposal.pairs)
    for fewer in range(len(proposal.relaxed)):
        for given_up in combinations(_demands(problem), fewer):
            assert not [*everything(_freed(problem, given_up))]


def _demands(problem):
    """All that could be given up, each as far as it can be."""
    for project in problem.projects:
        yield Relaxed(TeamDemandKind.FEWER, project.id, instead=0)
        yield Relaxed(TeamDemandKind.MORE, project.id, instead=99)
    for candidate_id, project in problem.locked:
        yield Relaxed(TeamDemandKind.LOCKED, project, candidate_id)
    if problem.budget is not None:
        yield Relaxed(TeamDemandKind.BUDGET, instead=10**9)


def _freed(problem, given_up):
    dropped = {demand.candidate for demand in given_up if demand.kind is TeamDemandKind.LOCKED}
    sizes = {(demand.kind, demand.project): demand.instead for demand in given_up}
    return replace(
        problem,
        candidates=tuple(
            replace(person, locked="") if person.id in dropped else person for person in problem.candidates
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
