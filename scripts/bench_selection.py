"""How long a selection under limits takes to prove, beside the continuous relaxation of the same program.

The peer is what any exact method solves first: the same variables and bounds, fractions allowed, by the same solver. An
envelope that binds, limits on two columns, random amounts: harder than real calls, where amounts are few.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

import numpy as np

from eig_sheets.call.selection.rules_comparison import costs, next_best
from eig_sheets.call.selection.rules_problem import (
    ENVELOPE,
    Bound,
    Problem,
    bound_on_cost,
    bound_on_places,
    bounds_on_values,
)
from eig_sheets.call.selection.rules_solver import SelectionOutcome, solved
from eig_sheets.integer_program import Program, total

SIZES = ((30, 20), (43, 20), (1000, 20), (1000, 200))
ROUNDS, MINISTRIES, PROFILES, MEAN_COST = 7, 12, 6, 60_000
AIM = 1.0
"""Seconds of processor to prove a selection."""


def main() -> None:
    """Print the table, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    print("| what | ours | relaxation, in the same run | ratio | with every cost and the next best | aim |")
    print("|---|---|---|---|---|---|")
    for count, places in SIZES:
        problems = [random_problem(seed, count, places) for seed in range(rounds)]
        ours = median(solved, problems)
        relaxed = median(relaxation, problems)
        whole = median(explained, problems)
        what = f"{count} dossiers, {places} places"
        print(
            f"| {what} | {ours:.3f} s | {relaxed:.3f} s | {ours / relaxed:.1f} | {whole:.2f} s | "
            f"≤ {AIM:g} s: {'yes' if ours <= AIM else 'NO'} |"
        )


def random_problem(seed: int, count: int, places: int) -> Problem:
    """A problem whose envelope and limits all bind."""
    chance = np.random.default_rng(seed)
    cents = (chance.uniform(0.5, 1.5, count) * MEAN_COST * 100).astype(np.int64)
    hosts = [frozenset({f"M{one}"}) for one in chance.integers(MINISTRIES, size=count)]
    lists = [frozenset(f"P{one}" for one in chance.choice(PROFILES, 2, replace=False)) for _ in range(count)]
    bounds = (
        bound_on_places(count, places),
        bound_on_cost(cents, int(0.9 * places * MEAN_COST * 100)),
        *bounds_on_values(0, hosts, sorted(set().union(*hosts)), None, max(2, places // 8)),
        *bounds_on_values(1, lists, ["P0", "P1"], places // 3, None),
    )
    nobody = np.zeros(count, dtype=bool)
    return Problem(tuple(map(str, range(count))), np.round(chance.uniform(0, 1, count), 4), nobody, nobody, bounds)


def relaxation(problem: Problem) -> None:
    """Solve the same program with fractions of dossiers."""
    program: Program[Bound] = Program()
    dossiers = program.variables(len(problem.numbers), integer=False)
    for bound in problem.bounds:
        sides = {"lower": float(bound.level)} if bound.at_least else {"upper": float(bound.level)}
        program.constrain(total(dossiers[bound.members], bound.weights), **sides)
    program.minimised(-total(dossiers, problem.utility))


def explained(problem: Problem) -> None:
    """Find the selection, what each limit costs and the next best, as `select` does."""
    outcome: SelectionOutcome = solved(problem)
    costs(problem, outcome, (ENVELOPE, 0, 1))
    next_best(problem, outcome)


def median(task: Callable[[Problem], object], problems: list[Problem]) -> float:
    """The median seconds of processor over some problems."""
    times = []
    for problem in problems:
        start = time.process_time()
        task(problem)
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
