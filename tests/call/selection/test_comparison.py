"""Each exchange with the pure ranking has its reason, and who comes next is checked against every bound."""

import numpy as np
from hypothesis import given

from eig_sheets.call.selection.rules_comparison import Why, equals_at_the_line, places_left, reserve, successors, swaps
from eig_sheets.call.selection.rules_problem import ENVELOPE, PLACES, Exchanges
from eig_sheets.call.selection.rules_solver import SelectionOutcome, solved
from tests.call.selection.problems import HOSTS, LISTS, broken, problem, problems

A, B = frozenset({"Intérieur"}), frozenset({"Justice"})


def pure(call):
    """The first dossiers of the official order, whatever people decided."""
    return np.arange(len(call.numbers)) < call.bounds[0].level


def reasons(call):
    outcome = solved(call)
    return [
        (swap.leaving, swap.entering, swap.why, [bound.limit for bound in swap.bounds], swap.cost)
        for swap in swaps(call, outcome, pure(call))
    ]


def test_nothing_is_exchanged_when_no_limit_binds():
    assert reasons(problem([0.9, 0.8, 0.5], places=2, hosts=[A, A, A], most=2)) == []


def test_a_limit_that_binds_is_named_with_what_it_costs():
    call = problem([0.9, 0.8, 0.5], places=2, hosts=[A, A, B], most=1)
    assert reasons(call) == [(1, 2, Why.LIMIT, [HOSTS], 0.3)]


def test_a_least_number_is_a_reason_too():
    call = problem(
        [0.9, 0.8, 0.5], places=2, lists=[frozenset(), frozenset(), frozenset({"Data", "Design", "Web"})], least=1
    )
    assert reasons(call) == [(1, 2, Why.LIMIT, [LISTS] * 3, 0.3)]


def test_a_place_that_the_envelope_leaves_empty_has_nobody_in_it():
    call = problem([0.9, 0.8, 0.5], places=2, amounts=[100, 100, 100], envelope=150)
    assert reasons(call) == [(1, None, Why.LIMIT, [ENVELOPE], 0.8)]


def test_a_decision_is_the_reason_of_its_exchange():
    out = problem([0.9, 0.8, 0.5], places=2, decisions=[False, None, None])
    assert reasons(out) == [(0, 2, Why.DECIDED_OUT, [], 0.4)]
    into = problem([0.9, 0.8, 0.5], places=2, decisions=[None, None, True])
    assert reasons(into) == [(1, 2, Why.DECIDED_IN, [], 0.3)]


def test_a_utility_that_does_not_follow_the_ranking_is_said():
    assert reasons(problem([0.9, 0.5, 0.8], places=2)) == [(1, 2, Why.UTILITY, [], -0.3)]


@given(problems())
def test_the_exchanges_lead_from_the_pure_ranking_to_the_selection_and_each_is_true(call):
    outcome = solved(call)
    reached = pure(call)
    for swap in swaps(call, outcome, pure(call)):
        if swap.leaving is not None:
            reached[swap.leaving] = False
        if swap.entering is not None:
            reached[swap.entering] = True
        if swap.why is Why.UTILITY and not outcome.relaxed:
            assert swap.entering is not None
            assert swap.cost <= 0
    assert (reached == outcome.selected).all()


@given(problems())
def test_the_reserve_is_who_could_replace_somebody_in_the_order_of_utility(call):
    outcome = solved(call)
    nobody = np.zeros(len(call.numbers), dtype=bool)
    order = reserve(call, outcome.selected, call.forced_out, nobody)
    keys = [(not call.forced_out[dossier], -call.utility[dossier], dossier) for dossier in order]
    assert keys == sorted(keys)
    if outcome.relaxed:
        return
    for dossier in np.flatnonzero(~outcome.selected).tolist():
        replaced = [None, *np.flatnonzero(outcome.selected).tolist()]
        assert (dossier in order) == any(not broken(call, exchanged(outcome, dossier, other)) for other in replaced)


def exchanged(outcome: SelectionOutcome, entering, leaving):
    selected = outcome.selected.copy()
    selected[entering] = True
    if leaving is not None:
        selected[leaving] = False
    return selected


def test_who_takes_a_free_place_is_the_next_that_keeps_the_limits():
    call = problem(
        [0.9, 0.8, 0.7, 0.6, 0.5], places=4, hosts=[A, A, A, B, B], most=2, decisions=[True, True, False, False, False]
    )
    selected = solved(call).selected
    assert places_left(call, selected) == 2
    first, second = successors(call, selected, [2, 3, 4], 2)
    assert (first.dossier, second.dossier) == (3, 4)
    assert [(dossier, [bound.limit for bound in bounds]) for dossier, bounds in first.passed] == [(2, [HOSTS])]
    assert [successor.dossier for successor in successors(call, selected, [2], 2)] == [None]


def test_an_exchange_tells_every_bound_that_it_breaks():
    call = problem([0.9, 0.8], places=1, hosts=[A, A], most=1, amounts=[100, 100], envelope=100)
    exchanges = Exchanges(call, np.array([True, False]))
    assert [bound.limit for bound in exchanges.broken(1)] == [PLACES, ENVELOPE, HOSTS]
    assert exchanges.broken(1, 0) == []


def test_equals_whom_only_their_number_tells_apart_are_marked():
    call = problem([0.9, 0.5, 0.5, 0.5], places=2, hosts=[A, B, A, B], most=1)
    selected = solved(call).selected
    assert selected.tolist() == [True, True, False, False]
    assert equals_at_the_line(call, selected, [1, 2, 2, 2]).tolist() == [False, True, False, True]
    assert not equals_at_the_line(call, selected, [1, 2, 2, 4]).any()
