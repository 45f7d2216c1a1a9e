"""Which pairs of what is noted and a juror have a note, and which recusals hold against it. Pure."""

from __future__ import annotations

import pandas as pd

from eig_sheets.campaign.noted import Noted
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recusals import RecusalSource, of_source
from eig_sheets.domain.frames import is_yes
from eig_sheets.domain.pairs import Pair


def says_something(reading: Reading, noted: Noted, rows: pd.DataFrame) -> pd.Series:
    """Whether each evaluation says something, even what cannot be read: a note, NSP, an opinion."""
    criteria = [*noted.criteria(reading)]
    abstained = [f"{criterion}_nsp" for criterion in criteria]
    said: pd.Series = rows[criteria].notna().any(axis=1) | rows[abstained].any(axis=1)
    said |= rows["unreadable"].map(lambda fields: not fields.isdisjoint(criteria)).astype(bool)
    for field in noted.opinions:
        said |= rows[field].notna()
    for field in noted.marks:
        said |= is_yes(rows[field])
    return said


def evaluations_of(reading: Reading, noted: Noted) -> list[pd.DataFrame]:
    """The rows of each tab of evaluations that name what is noted and a juror."""
    return [table.frame.dropna(subset=[noted.key, "jure"]) for table in reading.tables_of(noted.reviews)]


def pairs_in(rows: pd.DataFrame, noted: Noted) -> frozenset[Pair]:
    """The (number, juror) of some evaluations."""
    return frozenset(zip(rows[noted.key], rows["jure"], strict=True))


def noted_pairs(reading: Reading, noted: Noted) -> frozenset[Pair]:
    """The pairs of which an evaluation says something."""
    return frozenset[Pair]().union(
        *(pairs_in(rows[says_something(reading, noted, rows)], noted) for rows in evaluations_of(reading, noted))
    )


def recused_pairs(reading: Reading, noted: Noted) -> frozenset[Pair]:
    """The pairs that must not be; a recusal that is doubtful does not hold against what was noted already."""
    recusals = noted.recusals(reading)
    doubtful = of_source(recusals, RecusalSource.DOUBTFUL)
    noted_already = noted_pairs(reading, noted) if doubtful else frozenset[Pair]()
    return frozenset(pair for pair in recusals if not (pair in doubtful and pair in noted_already))
