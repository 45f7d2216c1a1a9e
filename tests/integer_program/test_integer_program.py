"""The solver of integer programs: equal to brute force, deterministic, silent."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.integer_program import NO_COLUMN, NOTHING, Program, highs, total
from eig_sheets.integer_program.highs import SearchCutError

pytestmark = pytest.mark.newest

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
    program = Program()
    columns = program.variables(count)
    for coefficients, lower, upper in rows:
        program.constrain(total(columns, coefficients), lower, upper)
    return program


def _costs(costs):
    """An objective of all the variables of a program."""
    return total(np.arange(len(costs)), costs)


@given(programs())
def test_the_optimum_is_that_of_brute_force(case):
    costs, _, rows = case
    solution = _program(rows, len(costs)).minimised(_costs(costs))
    best = min((np.dot(costs, point) for point in _feasible(rows, len(costs))), default=None)
    assert (solution and solution.objective) == best
    if solution:
        assert solution.gap == 0
        assert tuple(solution.values) in {*_feasible(rows, len(costs))}


@given(programs())
def test_objectives_are_minimised_one_after_the_other(case):
    first, second, rows = case
    solution = _program(rows, len(first)).minimised_in_order([_costs(first), _costs(second)])
    best = min(((np.dot(first, point), np.dot(second, point)) for point in _feasible(rows, len(first))), default=None)
    assert (solution and (np.dot(first, solution.values), np.dot(second, solution.values))) == best


def test_a_column_given_twice_counts_twice():
    program = Program()
    variable = program.variable(10)
    program.constrain(variable + 2 * variable, lower=7)
    assert program.minimised(variable).objective == 3


def test_a_continuous_variable_may_be_a_fraction():
    program = Program()
    variable = program.variable(10, integer=False)
    program.constrain(2 * variable, lower=7)
    assert program.minimised(variable).objective == pytest.approx(3.5)


def test_what_nothing_bounds_is_refused():
    program = Program()
    variable = program.variable(float("inf"))
    with pytest.raises(ValueError, match="no finite optimum"):
        program.minimised(-variable)


def test_an_empty_program_has_its_empty_solution():
    assert Program().minimised(NOTHING).objective == 0


@pytest.mark.slow
def test_nothing_is_printed():
    source = "from tests.integer_program.test_integer_program import solve_one; solve_one()"
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, check=True, timeout=60)
    assert ran.stdout == ran.stderr == b""


def solve_one():
    """A program that HiGHS would speak of."""
    _program([([1, 1, 1], 2, 2)], 3).minimised(_costs([3, 1, 2]))


@example(4550)  # a full column has a price, which the objectives that follow may not pay
@given(st.integers(0, 10_000))
def test_the_relaxation_of_a_network_flow_is_the_optimum_of_each_objective_in_its_order(seed):
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(2, 5, 2)
    program = Program()
    flows = program.variables(rows * columns).reshape(rows, columns)
    for row in flows:
        program.constrain(total(row), lower=1, upper=1)
    for column in flows.T:
        program.constrain(total(column), upper=int(chance.integers(1, rows + 1)))
    objectives = [total(flows, chance.integers(-2, 3, flows.shape)) for _ in range(3)]
    relaxed, solution = program.relaxed_in_order(objectives), program.minimised_in_order(objectives)
    assert (relaxed is None) == (solution is None)
    if relaxed is not None:
        assert [costs.of(relaxed.values) for costs in objectives] == [costs.of(solution.values) for costs in objectives]


def test_a_relaxation_that_is_not_whole_is_none():
    program = Program()
    each = program.variables(3)
    for left, right in ((0, 1), (1, 2), (0, 2)):
        program.constrain(total(each[[left, right]]), lower=1)
    assert program.relaxed_in_order([total(each)]) is None
    assert program.minimised(total(each)).objective == 2


def test_a_search_that_is_stopped_has_the_best_point_it_knows_and_a_bound(monkeypatch):
    """Weights that are all even, and a sum that is odd: no relaxation shows that it cannot be had."""
    monkeypatch.setattr(highs, "MOST_NODES", 1)
    program = Program()
    each = program.variables(40)
    weights = np.random.default_rng(5).integers(1000, 9000, 40) * 2.0
    program.constrain(total(each, weights), upper=float(weights.sum() // 2))
    nothing = np.zeros(program.size)
    solution = program.minimised(_costs(-weights - 0.001 * np.arange(40)), start=nothing)
    assert weights @ solution.values <= weights.sum() // 2
    assert solution.bound < solution.objective <= 0
    assert solution.gap > 0
    assert program.minimised(-total(each), start=nothing).gap == 0


def _market_split(count=20, rows=3):
    """Sums of which each has to be exactly half: hard to find, and to refuse (Cornuéjols and Dawande, 1998)."""
    chance, program = np.random.default_rng(1), Program()
    columns = program.variables(count)
    for _ in range(rows):
        weights = chance.integers(0, 100, count).astype(float)
        program.constrain(total(columns, weights), lower=weights.sum() // 2, upper=weights.sum() // 2)
    return program


def test_a_search_that_stops_with_nothing_answers_what_was_known_and_else_says_that_it_does_not_know(monkeypatch):
    monkeypatch.setattr(highs, "MOST_NODES", 1)
    program = _market_split()
    with pytest.raises(SearchCutError):
        program.minimised(_costs(np.ones(20)))
    solution = program.minimised(_costs(np.ones(20)), known=np.arange(20.0))
    assert (solution.objective, solution.gap > 0) == (190, True)
    assert solution.bound < 190


def test_the_gap_of_objectives_in_order_is_that_of_any_of_them(monkeypatch):
    monkeypatch.setattr(highs, "MOST_NODES", 1)
    program = Program()
    each = program.variables(40)
    weights = np.random.default_rng(5).integers(1000, 9000, 40) * 2.0
    program.constrain(total(each, weights), upper=float(weights.sum() // 2))
    solution = program.minimised_in_order([_costs(-weights - 0.001 * np.arange(40)), NOTHING])
    assert solution.gap > 0


def _asked(least, names="abc"):
    """Two of three are chosen at most; each that is named is asked for, and may be given up."""
    program = Program()
    chosen = program.keyed(names)
    program.constrain(chosen.sum(), upper=2)
    for name in names:
        lacking = program.slack(name, least)
        program.constrain(least * chosen[name] + lacking, lower=least)
    return program, chosen


@pytest.mark.parametrize("cheapest", [*"abc"])
def test_the_least_relaxation_gives_up_the_fewest_constraints_then_the_cheapest(cheapest):
    program, chosen = _asked(3)
    solution = program.minimised_in_order(program.relaxation(lambda name: int(name != cheapest)))
    assert program.given_up(solution.values) == [(cheapest, 3)]
    assert (chosen.chosen(solution.values), solution.gap) == ([name for name in "abc" if name != cheapest], 0)


@pytest.mark.parametrize(("order", "given_up"), [(str, "b"), (lambda name: -ord(name), "a")])
def test_of_equal_relaxations_the_first_names_in_an_order_are_kept(order, given_up):
    program = Program()
    whether = program.keyed("ab")
    for name in "ab":
        program.relaxable(name, whether[name])
    program.constrain(whether.sum(), lower=1)
    solution = program.minimised_in_order(program.relaxation(order=order))
    assert program.given_up(solution.values) == [(given_up, 0)]


def test_a_key_without_a_variable_adds_nothing():
    program = Program()
    chosen = program.keyed("ab")
    assert (len(chosen["c"]), len(chosen["a"]), len(total([NO_COLUMN, 0, 1]))) == (0, 1, 2)
    assert {group: columns.tolist() for group, columns in chosen.grouped(str.upper).items()} == {"A": [0], "B": [1]}
