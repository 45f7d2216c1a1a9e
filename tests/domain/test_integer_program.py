"""The solver of integer programs: equal to brute force, deterministic, silent."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.domain import search_limits
from eig_sheets.domain.integer_program import IntegerProgram
from eig_sheets.domain.search_limits import SearchCutError

WHOLE = st.integers(-4, 4)


@st.composite
def programs(draw):
    """(costs, rows) of a small binary program; a row is (coefficients, lower, upper)."""
    count = draw(st.integers(1, 6))
    line = st.lists(WHOLE, min_size=count, max_size=count)
    rows = draw(st.lists(st.tuples(line, st.integers(-5, 2), st.integers(0, 5)), max_size=4))
    return draw(line), draw(line), rows


def _feasible(rows, count):
    for point in itertools.product((0, 1), repeat=count):
        if all(lower <= np.dot(coefficients, point) <= upper for coefficients, lower, upper in rows):
            yield point


def _program(rows, count):
    program = IntegerProgram()
    columns = program.variables(count)
    for coefficients, lower, upper in rows:
        program.constrain(columns, np.array(coefficients, dtype=float), lower, upper)
    return program


@given(programs())
def test_the_optimum_is_that_of_brute_force(case):
    costs, _, rows = case
    found = _program(rows, len(costs)).minimised(np.array(costs, dtype=float))
    best = min((np.dot(costs, point) for point in _feasible(rows, len(costs))), default=None)
    assert (found and found.objective) == best
    if found:
        assert found.is_optimal
        assert tuple(found.values) in {*_feasible(rows, len(costs))}


@given(programs())
def test_objectives_are_minimised_one_after_the_other(case):
    first, second, rows = case
    found = _program(rows, len(first)).minimised_in_order([np.array(first, float), np.array(second, float)])
    best = min(((np.dot(first, one), np.dot(second, one)) for one in _feasible(rows, len(first))), default=None)
    assert (found and (np.dot(first, found.values), found.objective)) == best


def test_a_column_given_twice_counts_twice():
    program = IntegerProgram()
    (one,) = program.variables(1, upper=10)
    program.constrain(np.array([one, one]), np.array([1.0, 2.0]), lower=7)
    assert program.minimised(np.ones(1)).objective == 3


def test_a_continuous_variable_may_be_a_fraction():
    program = IntegerProgram()
    column = program.variables(1, upper=10, integer=False)
    program.constrain(column, 2.0, lower=7)
    assert program.minimised(np.ones(1)).objective == pytest.approx(3.5)


def test_what_nothing_bounds_is_refused():
    program = IntegerProgram()
    program.variables(1, lower=0, upper=float("inf"))
    with pytest.raises(ValueError, match="no finite optimum"):
        program.minimised(np.array([-1.0]))


def test_an_empty_program_has_its_empty_solution():
    assert IntegerProgram().minimised(np.zeros(0)).objective == 0


def test_nothing_is_printed():
    source = "from tests.domain.test_integer_program import solve_one; solve_one()"
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, check=True, timeout=60)
    assert ran.stdout == ran.stderr == b""


def solve_one():
    """A program that HiGHS would speak of."""
    _program([([1, 1, 1], 2, 2)], 3).minimised(np.array([3.0, 1.0, 2.0]))


@example(4550)  # a full column has a price, which the objectives that follow may not pay
@given(st.integers(0, 10_000))
def test_the_relaxation_of_a_network_flow_is_the_optimum_of_each_objective_in_its_order(seed):
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(2, 5, 2)
    program = IntegerProgram()
    flows = program.variables(rows * columns).reshape(rows, columns)
    for row in flows:
        program.constrain(row, lower=1, upper=1)
    for column in flows.T:
        program.constrain(column, upper=int(chance.integers(1, rows + 1)))
    objectives = [chance.integers(-2, 3, rows * columns).astype(float) for _ in range(3)]
    relaxed, found = program.relaxed_in_order(objectives), program.minimised_in_order(objectives)
    assert (relaxed is None) == (found is None)
    if relaxed is not None:
        assert [costs @ relaxed for costs in objectives] == [costs @ found.values for costs in objectives]


def test_a_relaxation_that_is_not_whole_is_none():
    program = IntegerProgram()
    each = program.variables(3)
    for left, right in ((0, 1), (1, 2), (0, 2)):
        program.constrain(each[[left, right]], lower=1)
    assert program.relaxed_in_order([np.ones(3)]) is None
    assert program.minimised(np.ones(3)).objective == 2


def test_a_search_that_is_stopped_has_the_best_point_it_knows_and_a_bound(monkeypatch):
    """Weights that are all even, and a sum that is odd: no relaxation shows that it cannot be had."""
    monkeypatch.setattr(search_limits, "MOST_NODES", 1)
    program = IntegerProgram()
    each = program.variables(40)
    weights = np.random.default_rng(5).integers(1000, 9000, 40) * 2.0
    program.constrain(each, weights, upper=float(weights.sum() // 2))
    nothing = np.zeros(program.size)
    found = program.minimised(-weights - 0.001 * np.arange(40), start=nothing)
    assert weights @ found.values <= weights.sum() // 2
    assert found.bound < found.objective <= 0
    assert not found.is_optimal
    assert program.minimised(-np.ones(40), start=nothing).is_optimal


def _market_split(count=20, rows=3):
    """Sums of which each has to be exactly half: hard to find, and to refuse (Cornuéjols and Dawande, 1998)."""
    chance, program = np.random.default_rng(1), IntegerProgram()
    columns = program.variables(count)
    for _ in range(rows):
        weights = chance.integers(0, 100, count).astype(float)
        program.constrain(columns, weights, lower=weights.sum() // 2, upper=weights.sum() // 2)
    return program


def test_a_search_that_stops_with_nothing_answers_what_was_known_and_else_says_that_it_does_not_know(monkeypatch):
    monkeypatch.setattr(search_limits, "MOST_NODES", 1)
    program = _market_split()
    with pytest.raises(SearchCutError):
        program.minimised(np.ones(20))
    found = program.minimised(np.ones(20), known=np.arange(20.0))
    assert (found.objective, found.is_optimal) == (190, False)
    assert found.bound < 190


def test_the_gap_of_objectives_in_order_is_that_of_any_of_them(monkeypatch):
    monkeypatch.setattr(search_limits, "MOST_NODES", 1)
    program = IntegerProgram()
    each = program.variables(40)
    weights = np.random.default_rng(5).integers(1000, 9000, 40) * 2.0
    program.constrain(each, weights, upper=float(weights.sum() // 2))
    found = program.minimised_in_order([-weights - 0.001 * np.arange(40), np.zeros(40)])
    assert not found.is_optimal
