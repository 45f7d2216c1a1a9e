"""Each exchange with the pure ranking has its reason, and who comes next is checked against every bound."""

import numpy as np
from hypothesis import given

from eig_sheets.domain.selection.comparison import Why, equals_at_the_line, places_left, swaps
from eig_sheets.domain.selection.problem import ENVELOPE, PLACES, Exchanges
from eig_sheets.domain.selection.reserve import reserve, successors
from eig_sheets.domain.selection.solver import SelectionOutcome, solved
from tests.domain.selection.problems import HOSTS, LISTS, broken, problem, problems

A, B = frozenset({"Intérieur"}), frozenset({"Justice"})


def pure(found):
    """The first dossiers of the official order, whatever people decided."""
    return np.arange(len(found.numbers)) < found.bounds[0].level


def reasons(found):
    outcome = solved(found)
    return [
        (one.leaving, one.entering, one.why, [bound.limit for bound in one.bounds], one.cost)
        for one in swaps(found, outcome, pure(found))
    ]


def test_nothing_is_exchanged_when_no_limit_binds():
    assert reasons(problem([0.9, 0.8, 0.5], places=2, hosts=[A, A, A], most=2)) == []


def test_a_limit_that_binds_is_named_with_what_it_costs():
    found = problem([0.9, 0.8, 0.5], places=2, hosts=[A, A, B], most=1)
    assert reasons(found) == [(1, 2, Why.LIMIT, [HOSTS], 0.3)]


def test_a_least_number_is_a_reason_too():
    found = problem(
        [0.9, 0.8, 0.5], places=2, lists=[frozenset(), frozenset(), frozenset({"Data", "Design", "Web"})], least=1
    )
    assert reasons(found) == [(1, 2, Why.LIMIT, [LISTS] * 3, 0.3)]


def test_a_place_that_the_envelope_leaves_empty_has_nobody_in_it():
    found = problem([0.9, 0.8, 0.5], places=2, amounts=[100, 100, 100], envelope=150)
    assert reasons(found) == [(1, None, Why.LIMIT, [ENVELOPE], 0.8)]


def test_a_decision_is_the_reason_of_its_exchange():
    out = problem([0.9, 0.8, 0.5], places=2, decisions=[False, None, None])
    assert reasons(out) == [(0, 2, Why.DECIDED_OUT, [], 0.4)]
    into = problem([0.9, 0.8, 0.5], places=2, decisions=[None, None, True])
    assert reasons(into) == [(1, 2, Why.DECIDED_IN, [], 0.3)]


def test_a_utility_that_does_not_follow_the_ranking_is_said():
    assert reasons(problem([0.9, 0.5, 0.8], places=2)) == [(1, 2, Why.UTILITY, [], -0.3)]


@given(problems())
def test_the_exchanges_lead_from_the_pure_ranking_to_the_selection_and_each_is_true(found):
    outcome = solved(found)
    reached = pure(found)
    for one in swaps(found, outcome, pure(found)):
        if one.leaving is not None:
            reached[one.leaving] = False
        if one.entering is not None:
            reached[one.entering] = True
        if one.why is Why.UTILITY and not outcome.relaxed:
            assert one.entering is not None
            assert one.cost <= 0
    assert (reached == outcome.selected).all()


@given(problems())
def test_the_reserve_is_who_could_replace_somebody_in_the_order_of_utility(found):
    outcome = solved(found)
    nobody = np.zeros(len(found.numbers), dtype=bool)
    order = reserve(found, outcome.selected, found.forced_out, nobody)
    keys = [(not found.forced_out[one], -found.utility[one], one) for one in order]
    assert keys == sorted(keys)
    if outcome.relaxed:
        return
    for one in np.flatnonzero(~outcome.selected).tolist():
        replaced = [None, *np.flatnonzero(outcome.selected).tolist()]
        assert (one in order) == any(not broken(found, exchanged(outcome, one, other)) for other in replaced)


def exchanged(outcome: SelectionOutcome, entering, leaving):
    selected = outcome.selected.copy()
    selected[entering] = True
    if leaving is not None:
        selected[leaving] = False
    return selected


def test_who_takes_a_free_place_is_the_next_that_keeps_the_limits():
    found = problem(
        [0.9, 0.8, 0.7, 0.6, 0.5], places=4, hosts=[A, A, A, B, B], most=2, decisions=[True, True, False, False, False]
    )
    selected = solved(found).selected
    assert places_left(found, selected) == 2
    first, second = successors(found, selected, [2, 3, 4], 2)
    assert (first.dossier, second.dossier) == (3, 4)
    assert [(one, [bound.limit for bound in bounds]) for one, bounds in first.passed] == [(2, [HOSTS])]
    assert [one.dossier for one in successors(found, selected, [2], 2)] == [None]


def test_an_exchange_tells_every_bound_that_it_breaks():
    found = problem([0.9, 0.8], places=1, hosts=[A, A], most=1, amounts=[100, 100], envelope=100)
    exchanges = Exchanges(found, np.array([True, False]))
    assert [bound.limit for bound in exchanges.broken(1)] == [PLACES, ENVELOPE, HOSTS]
    assert exchanges.broken(1, 0) == []


def test_equals_whom_only_their_number_tells_apart_are_marked():
    found = problem([0.9, 0.5, 0.5, 0.5], places=2, hosts=[A, B, A, B], most=1)
    selected = solved(found).selected
    assert selected.tolist() == [True, True, False, False]
    assert equals_at_the_line(found, selected, [1, 2, 2, 2]).tolist() == [False, True, False, True]
    assert not equals_at_the_line(found, selected, [1, 2, 2, 4]).any()
