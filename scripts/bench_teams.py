"""How long `teams propose` takes to prove its teams, beside the continuous relaxation of the same program.

The peer is what any exact method solves first: the same variables, constraints and objectives in their order, fractions
of a talent allowed, by the same solver. Made-up calls: a few projects are everybody's wish, métiers are as rare as in
the fifth call, notes by quarters or to the thousandth.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from functools import partial

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

import numpy as np
from bench_rounds import timed

from eig_sheets.features.teams.rules_explain import forced
from eig_sheets.features.teams.rules_problem import Candidate, Problem, Project
from eig_sheets.features.teams.rules_program import Proposal, TeamProgram, propose

METIERS = ("developpeur", "data scientist", "data engineer", "designer", "geomaticien", "juriste du numerique")
SHARES = (0.3, 0.2, 0.15, 0.25, 0.02, 0.08)
AIM = 10.0
"""Seconds to prove the teams of the largest call (issue 18)."""


@dataclass(frozen=True, slots=True)
class Size:
    """A call: so many candidates, so many of them with a note, so many projects; euros for all, if they are counted."""

    candidates: int
    noted: int
    projects: int
    budget: float | None = None

    def __str__(self) -> str:
        budget = " and a budget" if self.budget else ""
        return f"{self.candidates} candidates, {self.noted} with a note, {self.projects} projects{budget}"


SIZES = (Size(471, 96, 16), Size(500, 500, 20), Size(500, 500, 20, 3_000_000))


def main() -> None:
    """Print the table, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print("| what | ours | relaxation, in the same run | ratio | one explanation | projects served | aim |")
    print("|---|---|---|---|---|---|---|")
    for size in SIZES:
        problem = made_up(size)
        ours, peer, found = timed(rounds, partial(proved, problem), partial(relaxation, problem))
        explained, _, _ = timed(1, partial(explanation, problem, found), lambda: None)
        verdict = "yes" if ours <= AIM else "NO"
        print(
            f"| {size} | {ours:.2f} s | {peer:.2f} s | {ours / peer:.1f} | {explained:.2f} s | {found.worth.served} | "
            f"≤ {AIM:g} s: {verdict} |"
        )


def made_up(size: Size, seed: int = 18) -> Problem:
    """A call whose projects are not equally wished."""
    chance = np.random.default_rng(seed)
    projects = tuple(
        Project(f"P{place:02}", tuple(map(str, chance.choice(METIERS, 3, p=SHARES))), 2, int(chance.choice([2, 2, 3])))
        for place in range(size.projects)
    )
    fame = chance.random(size.projects) ** 3
    people = tuple(
        candidate(f"C{place:03}", projects, fame / fame.sum(), chance, noted=place < size.noted)
        for place in range(size.candidates)
    )
    return Problem(people, projects, budget=size.budget)


def candidate(
    name: str, projects: tuple[Project, ...], fame: np.ndarray, chance: np.random.Generator, *, noted: bool
) -> Candidate:
    """One of them."""
    wishes = {projects[one].id: rank for rank, one in enumerate(chance.choice(len(projects), 3, False, fame), 1)}
    note = float(round(chance.uniform(8, 20) * 4) / 4 if chance.random() < 0.7 else round(chance.uniform(8, 20), 3))
    cost = {one.id: float(chance.choice([61_250, 64_000, 70_000])) for one in projects}
    return Candidate(name, str(chance.choice(METIERS, p=SHARES)), note if noted else None, wishes, cost=cost)


def proved(problem: Problem) -> Proposal:
    """The teams. Raises RuntimeError when nothing proves that they are the best."""
    found = propose(problem)
    if not found.optimal:
        raise RuntimeError("The teams are not proved.")
    return found


def relaxation(problem: Problem) -> object:
    """The peer: fractions of talents."""
    model = TeamProgram(problem)
    return model.program.relaxed_in_order([*model.objectives()])


def explanation(problem: Problem, found: Proposal) -> object:
    """« Pourquoi pas moi » of the first wish of the first candidate without a team."""
    name, project = next(pair for pair in problem.pairs if pair[0] not in found.placed)
    return forced(problem, found, name, project)


if __name__ == "__main__":
    main()
