"""The best selections are those of brute force, whatever the order of the dossiers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.selection.comparison import costs, next_best
from eig_sheets.domain.selection.problem import ENVELOPE, PLACES, Problem
from eig_sheets.domain.selection.solver import best, solved
from tests.domain.selection.problems import (
    HOSTS,
    LISTS,
    broken,
    feasible,
    problem,
    problems,
    within_places,
)

pytestmark = pytest.mark.newest


def highest(found):
    return max((found.worth(one) for one in feasible(found)), default=None)


@given(problems())
def test_the_best_selection_is_that_of_brute_force(found):
    outcome = best(found)
    assert (None if outcome is None else found.worth(outcome.selected)) == highest(found)
    if outcome is not None:
        selected = outcome.selected
        assert not broken(found, selected)
        assert not (selected & found.forced_out).any()
        assert (selected | ~found.forced_in).all()


@given(problems(decided=False))
def test_the_next_best_and_the_costs_are_those_of_brute_force(found):
    outcome = solved(found)
    if outcome.relaxed:
        assert costs(found, outcome, (HOSTS, LISTS)) == [None, None]
        assert next_best(found, outcome) is None
        return
    others = [found.worth(one) for one in feasible(found) if (one != outcome.selected).any()]
    other = next_best(found, outcome)
    assert (other and found.worth(other.selected)) == (max(others) if others else None)
    if other:
        assert other.behind == pytest.approx(found.worth(outcome.selected) - max(others), abs=1e-9)
    for limit, cost in zip((HOSTS, LISTS, ENVELOPE), costs(found, outcome, (HOSTS, LISTS, ENVELOPE)), strict=True):
        assert cost == pytest.approx(highest(found.without(limit)) - found.worth(outcome.selected), abs=1e-9)


@given(problems(most=7))
def test_the_smallest_relaxation_is_that_of_brute_force(found):
    outcome = solved(found)
    assert bool(outcome.relaxed) == (highest(found) is None)

    def measure(chosen):
        limits = [excess for limit, excess in broken(found, chosen) if limit != PLACES]
        return len(limits), round(sum(limits), 6), -found.worth(chosen)

    smallest = min(map(measure, within_places(found)))
    assert measure(outcome.selected) == smallest
    for one in outcome.relaxed:
        assert one.bound.excess(one.level) > 0


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_values_of_a_limit_changes_nothing(found, random):
    bounds = [*found.bounds[1:]]
    random.shuffle(bounds)
    shuffled = Problem(found.numbers, found.utility, found.forced_in, found.forced_out, (found.bounds[0], *bounds))
    assert found.worth(solved(found).selected) == found.worth(solved(shuffled).selected)
    assert (solved(found).selected == solved(found).selected).all()


@given(st.lists(st.sampled_from((0.0, 0.5, 0.75)), min_size=1, max_size=9), st.integers(1, 9))
def test_without_a_limit_that_binds_the_first_of_equals_are_selected(utility, places):
    utility = sorted(utility, reverse=True)
    expected = np.arange(len(utility)) < places
    assert best(problem(utility, places=places)).selected.tolist() == expected.tolist()


def test_an_equal_that_a_limit_keeps_out_gives_way_to_the_next():
    a = frozenset({"Intérieur"})
    found = problem([0.5] * 4, places=3, hosts=[a, a, a, frozenset({"Justice"})], most=2)
    assert best(found).selected.tolist() == [True, True, False, True]


def test_an_amount_that_is_exactly_the_envelope_fits_and_a_cent_more_does_not():
    amounts = [6_125_010, 6_125_010]
    assert best(problem([1, 1], places=2, amounts=amounts, envelope=12_250_020)).selected.all()
    assert best(problem([1, 1], places=2, amounts=amounts, envelope=12_250_019)).selected.sum() == 1


def test_more_decided_than_places_is_a_relaxation_of_the_places():
    outcome = solved(problem([1, 1, 1], places=1, decisions=[True, True, None]))
    assert outcome.selected.tolist() == [True, True, False]
    assert [(one.bound.limit, one.level) for one in outcome.relaxed] == [(PLACES, 2)]


def test_without_dossiers_nothing_is_selected():
    assert solved(problem([], places=2)).selected.tolist() == []
