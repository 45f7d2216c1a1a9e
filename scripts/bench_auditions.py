"""How long `jury schedule` takes to find a timetable of auditions: `make bench`.

The peer is HiGHS given the same constraints as one integer program, to place as many dossiers as can be and nothing
else: no juror who is away, no reader, no day, no order.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from datetime import date, timedelta

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

import numpy as np
from bench_rounds import timed

from eig_sheets.features.auditions.rules_candidates import Mode, choices_of, moved
from eig_sheets.features.auditions.rules_problem import Group, Hearing, Timetabling
from eig_sheets.features.auditions.rules_program import TimetableProgram, best_timetable
from eig_sheets.features.auditions.settings import AuditionRules

FIRST_DAY = date(2021, 5, 4)


@dataclass(frozen=True, slots=True)
class Size:
    """A jury: so many dossiers, jurors, groups and days; so long at most, in seconds, on an idle core."""

    dossiers: int
    jurors: int
    groups: int
    days: int
    aim: float

    def __str__(self) -> str:
        groups = "one jury" if self.groups == 1 else f"{self.groups} groups"
        return f"{self.dossiers} auditions, {self.jurors} jurors, {groups}, {self.days} days"


SIZES = (Size(16, 22, 1, 2, 1), Size(16, 22, 4, 2, 1), Size(21, 48, 8, 2, 2), Size(43, 48, 8, 2, 5))


def main() -> None:
    """Print the table, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, default=len(SIZES), help="so many of them, from the smallest")
    chosen = parser.parse_args()
    print("| what | ours | HiGHS, placing alone | ratio | aim | without a slot | moved |")
    print("|---|---|---|---|---|---|---|")
    for size in SIZES[: chosen.sizes]:
        problem = made_up(size)
        print(row(f"{size}", size.aim, problem, Mode.PROPOSE, chosen.rounds))
        print(row(f"{size}, `--adjust` after a withdrawal", size.aim, withdrawn(problem), Mode.ADJUST, chosen.rounds))


def made_up(size: Size) -> Timetabling:
    """Days of a jury: a third of the jurors come on one day only, one pair in twenty is a déport."""
    chance = np.random.default_rng(7)
    days = tuple({"date": FIRST_DAY + timedelta(days=n), "from": "09:00", "to": "18:00"} for n in range(size.days))
    rules = AuditionRules.model_validate({"days": days, "breaks": ({"from": "12:20", "to": "13:40"},)})
    jurors = [f"jury{place:02}@example.org" for place in range(size.jurors)]
    names = [f"{place:02}" if size.groups > 1 else "" for place in range(size.groups)]
    groups = tuple(Group(name, tuple(jurors[place :: size.groups])) for place, name in enumerate(names))
    hearings = tuple(
        Hearing(f"37{place:05}", frozenset({f"p{place}@example.org"}), frozenset(groups[place % size.groups].jurors))
        for place in range(size.dossiers)
    )
    pairs = ((one.numero, juror) for one in hearings for juror in jurors)
    recusals = frozenset(pair for pair in pairs if chance.random() < 0.05)
    free = {juror: (rules.sittings[chance.integers(size.days)],) for juror in jurors if chance.random() < 1 / 3}
    return Timetabling(rules, hearings, groups, free, recusals)


def withdrawn(problem: Timetabling) -> Timetabling:
    """The same once proposed, when a dossier is not heard any more."""
    known = {one.numero: one for one in best_timetable(problem, Mode.PROPOSE).placements}
    return replace(problem, hearings=problem.hearings[1:], known=known)


def row(name: str, aim: float, problem: Timetabling, mode: Mode, rounds: int) -> str:
    """The line of a jury."""
    ours, peer, found = timed(rounds, lambda: best_timetable(problem, mode), lambda: placing_alone(problem, mode))
    moves = moved(problem, found.placements) if mode is Mode.ADJUST else 0
    counts = f"{len(found.unplaced)} | {moves}"
    return f"| {name} | {ours:.2f} s | {peer:.2f} s | {ours / peer:.1f} | ≤ {aim:g} s | {counts} |"


def placing_alone(problem: Timetabling, mode: Mode) -> object:
    """The peer: as many dossiers as can be."""
    program = TimetableProgram(problem, choices_of(problem, mode))
    return program.solved([-program.choices.sum()])


if __name__ == "__main__":
    main()
