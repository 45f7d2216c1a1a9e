"""Simulated juries: honest ones, in the model and out of it, and some with one juror who votes at random."""

from __future__ import annotations

from random import Random

from tests.call.scoring.calibration.support import frame

LEVEL = 13.5
LOW, HIGH = 5.0, 20.0


def jury(seed, dossiers=30, jurors=22, reads=4, *, noise=1.5, kind="model", random_juror=None):
    """Votes of an even assignment; dossiers of standard deviation 1.5, jurors of 1, notes in half points.

    `kind`: « model »; « ceiling », where a third of the notes are at the top; « heavy », noise of Student with 4
    degrees of freedom. `random_juror` votes evenly on the scale.
    """
    dice = Random(seed)
    severity = [dice.gauss(0, 1) for _ in range(jurors)]
    level, rows, loads = LEVEL + (5 if kind == "ceiling" else 0), [], [0] * jurors
    for place in range(dossiers):
        quality = dice.gauss(0, 1.5)
        order = sorted(range(jurors), key=lambda juror: (loads[juror], dice.random()))
        for juror in dice.sample(order[: reads + 3], reads):
            loads[juror] += 1
            note = level + quality - severity[juror] + noise * _noise(dice, kind)
            if juror == random_juror:
                note = dice.uniform(LOW, HIGH)
            rows.append((f"d{place}", f"j{juror:02d}", min(HIGH, max(LOW, round(2 * note) / 2))))
    return frame(rows)


def _noise(dice, kind):
    """Noise of variance 1."""
    if kind != "heavy":
        return dice.gauss(0, 1)
    return dice.gauss(0, 1) / (sum(dice.gauss(0, 1) ** 2 for _ in range(4)) / 2) ** 0.5
