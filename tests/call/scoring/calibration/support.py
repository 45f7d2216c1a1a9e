"""Evaluations in the shapes that juries make."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from eig_sheets.call.scoring.calibration import calibrate

NOTE_RANGE = 15.0  # a scale from 1 to 4
NOTES = st.integers(20, 80).map(lambda quarter: quarter / 4)

EXAMPLE = (  # ERforResearch's, 15 proposals × 5 assessors, 1 the best grade and 6 the worst
    "1 1 1 2 5 | 1 1 2 2 6 | 1 2 1 3 5 | 1 3 2 1 5 | 1 2 2 3 5 | 1 3 1 4 5 | 1 2 3 4 5 | 1 5 2 2 5 | 1 3 4 3 5 | "
    "1 4 2 5 5 | 2 3 4 4 5 | 2 4 3 5 5 | 2 5 4 4 6 | 2 3 4 6 6 | 2 5 5 4 6"
)


def frame(votes) -> pd.DataFrame:
    return pd.DataFrame(list(votes), columns=["numero", "jure", "note"])


def table(rows) -> pd.DataFrame:
    """Everybody scored everything: one row a dossier, one column a juror, None where there is no evaluation."""
    return frame(
        (str(place), f"jure{column}", float(note))
        for place, row in enumerate(rows, 1)
        for column, note in enumerate(row)
        if note is not None
    )


def example() -> pd.DataFrame:
    return table([7 - int(grade) for grade in row.split()] for row in EXAMPLE.split("|"))


def run(votes, places=2, note_range=NOTE_RANGE, group_of=None, **settings):
    return calibrate(votes, set(votes["numero"]), places, note_range, group_of, **settings)


@st.composite
def connected(draw, most_dossiers=6, most_jurors=4):
    """A table with missing notes, whose graph is connected: the first juror scored everything, so did another."""
    jurors = draw(st.integers(2, most_jurors))
    dossiers = draw(st.integers(3, most_dossiers))
    return table(
        [draw(NOTES), draw(NOTES), *(draw(st.none() | NOTES) for _ in range(jurors - 2))] for _ in range(dossiers)
    )


@st.composite
def complete(draw):
    jurors = draw(st.integers(2, 4))
    return table([draw(NOTES) for _ in range(jurors)] for _ in range(draw(st.integers(3, 6))))
