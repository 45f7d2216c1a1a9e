"""Small selections to make, and what brute force finds of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from eig_sheets.call.selection.rules_problem import PLACES, Problem, bound_on_cost, bound_on_places, bounds_on_values

MINISTRIES = ("Intérieur", "Justice", "Santé")
PROFILES = ("Data", "Design", "Web")
HOSTS, LISTS = 0, 1


@st.composite
def problems(draw, most=8, decided=True):
    """A problem of so many dossiers at most; few values, so that equals are frequent."""
    count = draw(st.integers(1, most))

    def drawn(value):
        return draw(st.lists(value, min_size=count, max_size=count))

    utility = drawn(st.sampled_from((0.0, 0.1, 0.25, 0.5, 0.5001, 0.9)))
    amounts = drawn(st.sampled_from((0, 100, 250, 300)))
    hosts = drawn(st.sampled_from(MINISTRIES).map(lambda ministry: frozenset({ministry})) | st.just(frozenset()))
    lists = drawn(st.frozensets(st.sampled_from(PROFILES)))
    decisions = drawn(st.sampled_from((None, None, None, True, False) if decided else (None,)))
    least, most_of_one = draw(st.integers(0, 2)), draw(st.integers(0, 3) | st.none())
    return problem(
        utility,
        amounts=amounts,
        hosts=hosts,
        lists=lists,
        decisions=decisions,
        places=draw(st.integers(1, count)),
        envelope=draw(st.integers(0, 900)),
        most=most_of_one,
        least=least,
    )


def problem(
    utility,
    *,
    places,
    amounts=None,
    hosts=None,
    lists=None,
    decisions=None,
    envelope=None,
    most=None,
    least=None,
):
    """A problem: at most so many dossiers of each ministry, at least so many with each profile."""
    count = len(utility)
    decisions = decisions or [None] * count
    bounds = [bound_on_places(count, places)]
    if envelope is not None:
        bounds.append(bound_on_cost(np.array(amounts, dtype=np.int64), envelope))
    if hosts:
        bounds += bounds_on_values(HOSTS, hosts, MINISTRIES, None, most)
    if lists:
        bounds += bounds_on_values(LISTS, lists, PROFILES, least, None)
    return Problem(
        tuple(str(number) for number in range(1, count + 1)),
        np.array(utility, dtype=float),
        np.array([decision is True for decision in decisions], dtype=bool),
        np.array([decision is False for decision in decisions], dtype=bool),
        tuple(bounds),
    )


def candidates(problem: Problem) -> Iterator[np.ndarray]:
    """Every selection that respects what people decided, whatever bounds it breaks."""
    for bits in itertools.product((False, True), repeat=len(problem.numbers)):
        chosen = np.array(bits)
        if (chosen | ~problem.forced_in).all() and not (chosen & problem.forced_out).any():
            yield chosen


def broken(problem: Problem, chosen) -> list[tuple[int, float]]:
    """(limit, excess against its level) of each bound that a selection breaks."""
    pairs = zip(problem.bounds, problem.totals(chosen), strict=True)
    return [(bound.limit, bound.excess(total) / max(bound.level, 1)) for bound, total in pairs if bound.excess(total)]


def feasible(problem: Problem) -> list[np.ndarray]:
    """Every selection that keeps all."""
    return [chosen for chosen in candidates(problem) if not broken(problem, chosen)]


def within_places(problem: Problem) -> list[np.ndarray]:
    """Every selection of no more dossiers than there are places, or than people decided."""
    places = max(problem.bounds[0].level, int(problem.forced_in.sum()))
    assert problem.bounds[0].limit == PLACES
    return [chosen for chosen in candidates(problem) if chosen.sum() <= places]
