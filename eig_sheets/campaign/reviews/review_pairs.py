"""Which pairs of what is noted and a juror have a note, and which recusals hold against it. Pure."""

from __future__ import annotations

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.recusals import RecusalSource, of_source
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.campaign.reviews.versions import Pair
from eig_sheets.domain.frames import is_yes


def says_something(reading: Reading, subject: ReviewSubject, rows: pd.DataFrame) -> pd.Series:
    """Whether each evaluation says something, even what cannot be read: a note, NSP, an opinion."""
    criteria = [*subject.criteria(reading)]
    abstained = [f"{criterion}_nsp" for criterion in criteria]
    said: pd.Series = rows[criteria].notna().any(axis=1) | rows[abstained].any(axis=1)
    said |= rows["unreadable"].map(lambda fields: not fields.isdisjoint(criteria)).astype(bool)
    for field in subject.opinions:
        said |= rows[field].notna()
    for field in subject.marks:
        said |= is_yes(rows[field])
    return said


def evaluations_of(reading: Reading, subject: ReviewSubject) -> list[pd.DataFrame]:
    """The rows of each tab of evaluations that name what is noted and a juror."""
    return [table.frame.dropna(subset=[subject.key, "jure"]) for table in reading.tables_of(subject.reviews)]


def pairs_in(rows: pd.DataFrame, subject: ReviewSubject) -> frozenset[Pair]:
    """The (number, juror) of some evaluations."""
    return frozenset(zip(rows[subject.key], rows["jure"], strict=True))


def reviewed_pairs(reading: Reading, subject: ReviewSubject) -> frozenset[Pair]:
    """The pairs of which an evaluation says something."""
    return frozenset[Pair]().union(
        *(pairs_in(rows[says_something(reading, subject, rows)], subject) for rows in evaluations_of(reading, subject))
    )


def recused_pairs(reading: Reading, subject: ReviewSubject) -> frozenset[Pair]:
    """The pairs that must not be; a recusal that is doubtful does not hold against what was noted already."""
    recusals = subject.recusals(reading)
    doubtful = of_source(recusals, RecusalSource.DOUBTFUL)
    reviewed_already = reviewed_pairs(reading, subject) if doubtful else frozenset[Pair]()
    return frozenset(pair for pair in recusals if not (pair in doubtful and pair in reviewed_already))
