"""Small selections to make, and what brute force finds of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from eig_sheets.domain.selection.problem import PLACES, Problem, bound_on_cost, bound_on_places, bounds_on_values

MINISTRIES = ("Intérieur", "Justice", "Santé")
PROFILES = ("Data", "Design", "Web")
HOSTS, LISTS = 0, 1


@st.composite
def problems(draw, most=8, decided=True):
    """A problem of so many dossiers at most; few values, so that equals are frequent."""
    count = draw(st.integers(1, most))

    def drawn(one):
        return draw(st.lists(one, min_size=count, max_size=count))

    utility = drawn(st.sampled_from((0.0, 0.1, 0.25, 0.5, 0.5001, 0.9)))
    amounts = drawn(st.sampled_from((0, 100, 250, 300)))
    hosts = drawn(st.sampled_from(MINISTRIES).map(lambda one: frozenset({one})) | st.just(frozenset()))
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
        np.array([one is True for one in decisions], dtype=bool),
        np.array([one is False for one in decisions], dtype=bool),
        tuple(bounds),
    )


def candidates(found: Problem) -> Iterator[np.ndarray]:
    """Every selection that respects what people decided, whatever bounds it breaks."""
    for bits in itertools.product((False, True), repeat=len(found.numbers)):
        chosen = np.array(bits)
        if (chosen | ~found.forced_in).all() and not (chosen & found.forced_out).any():
            yield chosen


def broken(found: Problem, chosen) -> list[tuple[int, float]]:
    """(limit, excess against its level) of each bound that a selection breaks."""
    pairs = zip(found.bounds, found.totals(chosen), strict=True)
    return [(one.limit, one.excess(total) / max(one.level, 1)) for one, total in pairs if one.excess(total)]


def feasible(found: Problem) -> list[np.ndarray]:
    """Every selection that keeps all."""
    return [chosen for chosen in candidates(found) if not broken(found, chosen)]


def within_places(found: Problem) -> list[np.ndarray]:
    """Every selection of no more dossiers than there are places, or than people decided."""
    places = max(found.bounds[0].level, int(found.forced_in.sum()))
    assert found.bounds[0].limit == PLACES
    return [chosen for chosen in candidates(found) if chosen.sum() <= places]
