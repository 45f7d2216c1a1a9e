"""The best selections are those of brute force, whatever the order of the dossiers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.selection.rules_comparison import costs, next_best
from eig_sheets.call.selection.rules_problem import ENVELOPE, PLACES, Problem
from eig_sheets.call.selection.rules_solver import best, solved
from tests.call.selection.problems import (
    HOSTS,
    LISTS,
    broken,
    feasible,
    problem,
    problems,
    within_places,
)

pytestmark = pytest.mark.newest


def highest(call):
    return max((call.worth(chosen) for chosen in feasible(call)), default=None)


@given(problems())
def test_the_best_selection_is_that_of_brute_force(call):
    outcome = best(call)
    assert (None if outcome is None else call.worth(outcome.selected)) == highest(call)
    if outcome is not None:
        selected = outcome.selected
        assert not broken(call, selected)
        assert not (selected & call.forced_out).any()
        assert (selected | ~call.forced_in).all()


@given(problems(decided=False))
def test_the_next_best_and_the_costs_are_those_of_brute_force(call):
    outcome = solved(call)
    if outcome.relaxed:
        assert costs(call, outcome, (HOSTS, LISTS)) == [None, None]
        assert next_best(call, outcome) is None
        return
    others = [call.worth(chosen) for chosen in feasible(call) if (chosen != outcome.selected).any()]
    other = next_best(call, outcome)
    assert (other and call.worth(other.selected)) == (max(others) if others else None)
    if other:
        assert other.behind == pytest.approx(call.worth(outcome.selected) - max(others), abs=1e-9)
    for limit, cost in zip((HOSTS, LISTS, ENVELOPE), costs(call, outcome, (HOSTS, LISTS, ENVELOPE)), strict=True):
        assert cost == pytest.approx(highest(call.without(limit)) - call.worth(outcome.selected), abs=1e-9)


@given(problems(most=7))
def test_the_smallest_relaxation_is_that_of_brute_force(call):
    outcome = solved(call)
    assert bool(outcome.relaxed) == (highest(call) is None)

    def measure(chosen):
        limits = [excess for limit, excess in broken(call, chosen) if limit != PLACES]
        return len(limits), round(sum(limits), 6), -call.worth(chosen)

    smallest = min(map(measure, within_places(call)))
    assert measure(outcome.selected) == smallest
    for demand in outcome.relaxed:
        assert demand.bound.excess(demand.level) > 0


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_values_of_a_limit_changes_nothing(call, random):
    bounds = [*call.bounds[1:]]
    random.shuffle(bounds)
    shuffled = Problem(call.numbers, call.utility, call.forced_in, call.forced_out, (call.bounds[0], *bounds))
    assert call.worth(solved(call).selected) == call.worth(solved(shuffled).selected)
    assert (solved(call).selected == solved(call).selected).all()


@given(st.lists(st.sampled_from((0.0, 0.5, 0.75)), min_size=1, max_size=9), st.integers(1, 9))
def test_without_a_limit_that_binds_the_first_of_equals_are_selected(utility, places):
    utility = sorted(utility, reverse=True)
    expected = np.arange(len(utility)) < places
    assert best(problem(utility, places=places)).selected.tolist() == expected.tolist()


def test_an_equal_that_a_limit_keeps_out_gives_way_to_the_next():
    a = frozenset({"Intérieur"})
    call = problem([0.5] * 4, places=3, hosts=[a, a, a, frozenset({"Justice"})], most=2)
    assert best(call).selected.tolist() == [True, True, False, True]


def test_an_amount_that_is_exactly_the_envelope_fits_and_a_cent_more_does_not():
    amounts = [6_125_010, 6_125_010]
    assert best(problem([1, 1], places=2, amounts=amounts, envelope=12_250_020)).selected.all()
    assert best(problem([1, 1], places=2, amounts=amounts, envelope=12_250_019)).selected.sum() == 1


def test_more_decided_than_places_is_a_relaxation_of_the_places():
    outcome = solved(problem([1, 1, 1], places=1, decisions=[True, True, None]))
    assert outcome.selected.tolist() == [True, True, False]
    assert [(demand.bound.limit, demand.level) for demand in outcome.relaxed] == [(PLACES, 2)]


def test_without_dossiers_nothing_is_selected():
    assert solved(problem([], places=2)).selected.tolist() == []
