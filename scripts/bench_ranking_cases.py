"""Campaigns of known truth in which the corrected ranking is tried, most of which break its model."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from eig_sheets.call.scoring.calibration.sampling import standard_normals

Floats = npt.NDArray[np.float64]

DOSSIERS, JURORS, READS = 30, 22, 4
LEVEL, TAU, OMEGA, SIGMA = 13.0, 1.6, 0.6, 1.6
"""Of the notes out of 20: their mean, the standard deviations of qualities, severities and disagreements."""
LOWEST, HIGHEST = 5.0, 20.0
CEILING = 18.4
"""The level at which a quarter of the notes reach the top."""
SHIFT = 2.0
"""Points that one side of the jury adds and the other takes off: the sides are twice that apart."""

Readers = Sequence[Sequence[int]]
"""Who reads each dossier: places of jurors."""
Assignment = Callable[[random.Random, Floats, Floats], Readers]
"""Who reads what, from the qualities and the severities."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One campaign: the true `quality` of each of `numbers`, and `severity` of each juror; what was said of them."""

    numbers: tuple[str, ...]
    quality: Floats
    severity: Mapping[str, float]
    votes: pd.DataFrame
    group_of: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A situation. `came_true` is what may at most come true of what is said at P between 0.02 and 0.10.

    `shifts` (jurors,) are added to every note; `spreads` (jurors,) multiply the disagreements, which are normal, or
    Student's of `degrees` of freedom, of the same variance. Notes keep to the scale where `scaled`. With
    `random_juror`, one juror, each in turn, gives any note of the scale. `panels` (jurors,) are what Groupe says.
    """

    name: str
    assignment: Assignment
    jurors: int = JURORS
    shifts: Floats | float = 0.0
    spreads: Floats | float = 1.0
    degrees: int | None = None
    level: float = LEVEL
    scaled: bool = False
    random_juror: bool = False
    panels: tuple[str, ...] = ()
    came_true: float = 0.10

    def trial(self, seed: int) -> Trial:
        """One campaign, the same on any machine."""
        bits, dice = np.random.PCG64(seed), random.Random(seed)  # noqa: S311 — a fixed draw, not a secret
        quality, severity = TAU * standard_normals(bits, DOSSIERS), OMEGA * standard_normals(bits, self.jurors)
        readers = self.assignment(dice, quality, severity)
        pairs = np.array([(one, juror) for one, read_by in enumerate(readers) for juror in read_by])
        of_dossier, of_juror = pairs.T
        biases, spreads = self.shifts - severity, SIGMA * self.spreads + np.zeros(self.jurors)
        notes = self.level + quality[of_dossier] + biases[of_juror]
        notes = notes + spreads[of_juror] * noise(bits, len(pairs), self.degrees)
        if self.random_juror:
            any_note = [dice.uniform(LOWEST, HIGHEST) for _ in pairs]
            notes = np.where(of_juror == seed % self.jurors, any_note, notes)
        notes = np.clip(notes, LOWEST, HIGHEST) if self.scaled else notes
        numbers, jurors = _names("P", DOSSIERS), _names("jure", self.jurors)
        rows = [(numbers[one], jurors[juror], note) for (one, juror), note in zip(pairs, notes, strict=True)]
        votes = pd.DataFrame(rows, columns=["numero", "jure", "note"])
        panels = dict(zip(jurors, self.panels, strict=False))
        return Trial(numbers, quality, dict(zip(jurors, -biases, strict=True)), votes, panels)


def _names(kind: str, count: int) -> tuple[str, ...]:
    return tuple(f"{kind}{place:02}" for place in range(count))


def noise(bits: np.random.PCG64, count: int, degrees: int | None) -> Floats:
    """Standard normals, or Student's variables of so many degrees of freedom, of variance 1 too."""
    normals = standard_normals(bits, count)
    if degrees is None:
        return normals
    chi_squared = (standard_normals(bits, count * degrees).reshape(degrees, count) ** 2).sum(axis=0)
    student: Floats = normals * np.sqrt((degrees - 2) / chi_squared)
    return student


def _anybody(reads: int = READS) -> Assignment:
    return lambda dice, *_: [dice.sample(range(JURORS), reads) for _ in range(DOSSIERS)]


def by_sides(sides: Sequence[Sequence[int]], bridges: Mapping[int, tuple[int, int]]) -> Assignment:
    """Each side reads an equal share of the dossiers; each dossier of `bridges` is read by two sides, by halves."""

    def assigned(dice: random.Random, *_: Floats) -> Readers:
        return [
            [*chain(*(dice.sample(sides[side], READS // 2) for side in bridges[one]))]
            if one in bridges
            else dice.sample(sides[one * len(sides) // DOSSIERS], READS)
            for one in range(DOSSIERS)
        ]

    return assigned


def _severe_for_the_best(dice: random.Random, quality: Floats, severity: Floats) -> Readers:
    """Each dossier is read by four of the eight jurors who are about as severe as it is good, by their places."""
    by_severity, read_by = np.argsort(severity).tolist(), {}
    for place, one in enumerate(np.argsort(quality).tolist()):
        start = round(place / (DOSSIERS - 1) * (JURORS - 2 * READS))
        read_by[one] = dice.sample(by_severity[start : start + 2 * READS], READS)
    return [read_by[one] for one in range(DOSSIERS)]


def _one_juror(*_: object) -> Readers:
    return [[0]] * DOSSIERS


def _a_juror_for_each_third(*_: object) -> Readers:
    """One dossier links the first and the second of three jurors, another the second and the third."""
    return [[0, 1], *[[0]] * 9, *[[1]] * 10, [1, 2], *[[2]] * 9]


def _sides(sizes: Sequence[int]) -> list[list[int]]:
    """Jurors in their order, so many on each side."""
    return [[*range(start, end)] for start, end in pairwise(np.cumsum([0, *sizes]).tolist())]


def _shifts(sides: Sequence[Sequence[int]]) -> Floats:
    """From SHIFT taken off on the first side to SHIFT added on the last."""
    return np.repeat(np.linspace(-SHIFT, SHIFT, len(sides)), [*map(len, sides)])


HALVES, THIRDS = _sides((11, 11)), _sides((8, 7, 7))
TWO_ON_BOTH = [[*range(12)], [*range(10, 22)]]
ONE, TWO, CHAIN = {0: (0, 1)}, {0: (0, 1), 15: (0, 1)}, {0: (0, 1), 10: (1, 2)}
APART, GROUPS = _shifts(HALVES), (*["Nord"] * 11, *["Sud"] * 11)
CASES = (
    Case("honest", _anybody()),
    Case("honest, 3 reads", _anybody(3)),
    Case("honest, 8 reads", _anybody(8)),
    Case("a quarter of the notes at the top", _anybody(), level=CEILING, scaled=True),
    Case("heavy tails (Student, 3 degrees)", _anybody(), degrees=3),
    Case("jurors’ spreads from 0.8 to 3.2", _anybody(), spreads=np.resize([0.5, 1.0, 2.0], JURORS)),
    Case("better dossiers to severer jurors", _severe_for_the_best),
    Case("one juror of 22 at random", _anybody(), random_juror=True),
    Case("halves ±2, one shared dossier", by_sides(HALVES, ONE), shifts=APART),
    Case("halves ±2, two shared dossiers", by_sides(HALVES, TWO), shifts=APART),
    Case("three parts −2, 0, +2, two bridges", by_sides(THIRDS, CHAIN), shifts=_shifts(THIRDS)),
    Case("halves ±2, two jurors on both sides", by_sides(TWO_ON_BOTH, {}), shifts=APART, came_true=0.12),
    Case("halves ±0, one shared dossier", by_sides(HALVES, ONE)),
    Case("halves ±2, one shared dossier, Groupe filled", by_sides(HALVES, ONE), shifts=APART, panels=GROUPS),
    Case("halves ±2, no shared dossier, Groupe filled", by_sides(HALVES, {}), shifts=APART, panels=GROUPS),
    Case("one vote a dossier, one juror", _one_juror, jurors=1),
    Case("one vote a dossier but for two of 30, three jurors", _a_juror_for_each_third, jurors=3),
)
