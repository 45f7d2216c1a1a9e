"""Teams that are asked for twice, to see that their answer is the same."""

from __future__ import annotations

import numpy as np

from eig_sheets.features.teams.rules_problem import Candidate, Pair, Problem, Project
from eig_sheets.features.teams.rules_program import propose

METIERS = ("developpeur", "designer", "data scientist")


def teams(budget: float = 350_000) -> Problem:
    """More projects than there are candidates for, and a budget."""
    chance = np.random.default_rng(8)
    projects = tuple(Project(f"P{place}", METIERS[:2], 2, 3) for place in range(7))
    people = tuple(
        Candidate(
            f"C{place:02}",
            METIERS[int(chance.integers(3))],
            float(chance.integers(20, 80)) / 4,
            {f"P{one}": rank for rank, one in enumerate(chance.permutation(7)[:3], 1)},
            cost=dict.fromkeys((f"P{one}" for one in range(7)), float(chance.integers(30_000, 60_000))),
        )
        for place in range(40)
    )
    return Problem(people, projects, budget=budget)


def answer() -> list[Pair]:
    """Their pairs."""
    return sorted(propose(teams()).pairs)
