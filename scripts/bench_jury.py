"""How long `jury assign` takes to find who reads what, and how far from the best bound it ends: `make bench`.

The peer is HiGHS given the same demands as one integer program, for the loads alone: no expertise, no ties, nothing
that keeps the comparison together.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

import numpy as np
from bench_rounds import timed

from eig_sheets.call.jury.assignment import Demands, assign
from eig_sheets.call.jury.assignment.program import AssignmentProgram
from eig_sheets.call.jury.assignment.robustness import hangs_on_one


@dataclass(frozen=True, slots=True)
class Size:
    """A jury: so many dossiers, jurors and reads; so long at most, in seconds, on an idle core."""

    dossiers: int
    jurors: int
    reads: int
    aim: float

    def __str__(self) -> str:
        return f"{self.dossiers:,} dossiers × {self.reads} among {self.jurors} jurors"


SIZES = (Size(30, 22, 4, 1), Size(43, 22, 4, 1), Size(300, 60, 4, 5), Size(1000, 120, 4, 30))


def main() -> None:
    """Print the tables, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, default=len(SIZES), help="so many of them, from the smallest")
    chosen = parser.parse_args()
    print("| what | ours | HiGHS, loads alone | ratio | aim | from the best bound | comparison |")
    print("|---|---|---|---|---|---|---|")
    for size in SIZES[: chosen.sizes]:
        print(row(f"{size}", size.aim, demands_of(size), chosen.rounds))
    for size in SIZES[: min(chosen.sizes, 2)]:
        print(row(f"{size}, `--adjust` after a recusal", size.aim, adjusted(size), chosen.rounds))
        print(row(f"{size}, maxima too low", 5, too_low(size), chosen.rounds))


def demands_of(size: Size) -> Demands:
    """Demands like those of a call: some recusals, maxima of their own for half of the jurors, a few subjects."""
    chance = np.random.default_rng(7)
    shape, mean = (size.dossiers, size.jurors), size.dossiers * size.reads / size.jurors
    none = np.zeros(shape, dtype=bool)
    asked, known = chance.integers(0, 15, (size.dossiers, 2)), chance.integers(0, 15, (size.jurors, 2))
    own = chance.random(size.jurors) < 0.5
    return Demands(
        dossiers=tuple(f"37{place:05}" for place in range(size.dossiers)),
        readers=tuple(f"jury{place}@example.org" for place in range(size.jurors)),
        allowed=chance.random(shape) > 0.05,
        kept=none,
        locked=chance.random(shape) < 0.01,
        matched=(asked[:, None, :, None] == known[None, :, None, :]).any(axis=(2, 3)),
        reads=np.full(size.dossiers, size.reads),
        maxima=np.where(own, chance.integers(int(0.9 * mean), int(1.6 * mean) + 2, size.jurors), -1),
    )


def adjusted(size: Size) -> Demands:
    """The same once assigned, when a juror has to leave a dossier."""
    demands = demands_of(size)
    present = assign(demands).pairs
    allowed = demands.allowed.copy()
    allowed[tuple(place[0] for place in np.nonzero(present & ~demands.locked))] = False
    return replace(demands, allowed=allowed, present=present)


def too_low(size: Size) -> Demands:
    """The same where nobody takes as many dossiers as it needs."""
    demands = demands_of(size)
    return replace(demands, maxima=np.full(size.jurors, size.dossiers * size.reads // size.jurors))


def row(name: str, aim: float, demands: Demands, rounds: int) -> str:
    """The line of some demands."""
    ours, peer, found = timed(rounds, lambda: assign(demands), lambda: loads_alone(demands))
    gap = f"relaxed: {len(found.relaxed)}" if found.relaxed else "0" if found.optimal else f"{100 * found.gap:.2f} %"
    holds = "hangs on one" if hangs_on_one(found.pairs) else f"{len(found.weak)} weak links" if found.weak else "holds"
    return f"| {name} | {ours:.2f} s | {peer:.2f} s | {ours / peer:.1f} | ≤ {aim:g} s | {gap} | {holds} |"


def loads_alone(demands: Demands) -> object:
    """The peer: the squared excess over the mean load, by branch-and-bound."""
    coherent = demands.coherent()
    model = AssignmentProgram(coherent)
    objectives = model.objectives(coherent.limits)
    return model.program.minimised(objectives[0 if demands.present is None else 1], gap=0.01)


if __name__ == "__main__":
    main()
