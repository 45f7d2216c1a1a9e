"""What each search of the best answers to one call, as text: `python -m tests.call.same_answers`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eig_sheets.call.jury.assignment import Demands, assign
from eig_sheets.call.selection.rules_comparison import costs, next_best
from eig_sheets.call.selection.rules_problem import ENVELOPE, Problem, bound_on_cost, bound_on_places, bounds_on_values
from eig_sheets.call.selection.rules_solver import solved
from tests.features.modules import modules_of_features


def demands() -> Demands:
    """A jury of which some have too few dossiers asked of them, and some noted already."""
    chance, shape = np.random.default_rng(3), (18, 9)
    none = np.zeros(shape, dtype=bool)
    allowed = chance.random(shape) > 0.2
    return Demands(
        tuple(f"37{place:05}" for place in range(shape[0])),
        tuple(f"jury{place}@example.org" for place in range(shape[1])),
        allowed, (chance.random(shape) < 0.1) & allowed, none, chance.random(shape) < 0.3, np.full(shape[0], 3),
        np.where(chance.random(shape[1]) < 0.5, 7, -1),
    )  # fmt: skip


def selection() -> Problem:
    """An envelope and limits on two columns that all bind: one node does not end the search."""
    chance, count = np.random.default_rng(6), 43
    cents = (chance.uniform(0.5, 1.5, count) * 6_000_000).astype(np.int64)
    hosts = [frozenset({f"M{one}"}) for one in chance.integers(12, size=count)]
    lists = [frozenset(f"P{one}" for one in chance.choice(6, 2, replace=False)) for _ in range(count)]
    bounds = (
        bound_on_places(count, 20),
        bound_on_cost(cents, 108_000_000),
        *bounds_on_values(0, hosts, sorted(set().union(*hosts)), None, 2),
        *bounds_on_values(1, lists, ["P0", "P1"], 6, None),
    )
    nobody = np.zeros(count, dtype=bool)
    return Problem(tuple(map(str, range(count))), np.round(chance.random(count), 4), nobody, nobody, bounds)


def answers() -> str:
    """All answers."""
    assigned, outcome = assign(demands()), solved(selection())
    return "\n".join(
        map(
            repr,
            (
                np.argwhere(assigned.pairs).tolist(),
                replace(assigned, pairs=np.zeros(0)),
                np.flatnonzero(outcome.selected).tolist(),
                outcome.gap,
                costs(selection(), outcome, (ENVELOPE, 0)),
                (other := next_best(selection(), outcome)) and np.flatnonzero(other.selected).tolist(),
                *(module.answer() for module in modules_of_features("same_answers")),
            ),
        )
    )


if __name__ == "__main__":
    print(answers())
