"""The place of one dossier by the raw notes: contributions of criteria, gaps to neighbours and to the last place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS, OUT_OF
from eig_sheets.call.scoring.sensitivity.scenarios import Ballots, Floats, Ranks


@dataclass(frozen=True, slots=True)
class Contribution:
    """The points out of 20 that a criterion adds to the note of a dossier, relative to the mean of the ranked dossiers.

    `mean` and `average` are the dossier's mean and that of all dossiers' means, on the scale; None when nobody scored.
    """

    criterion: str
    points: float
    mean: float | None
    average: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap between a dossier and one ahead of it: what it lacks to be level; anything more passes it.

    `points` on the note, that is `points_per_evaluation` on the note of one of its `reviews` evaluations, the others
    unchanged; `reachable`, whether an evaluation has that room up to 20. Level already, both are 0: the tie-break put
    the other ahead.
    """

    numero: str
    ahead: str
    rank: int
    points: float
    points_per_evaluation: float
    reviews: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class RankAnalysis:
    """The place of one dossier in the ranking by the raw notes.

    `contributions`, the largest first, are exact: their sum is the note minus the one that the dossier would have with
    average scores. `tied` share its rank. `above` is what it lacks to reach the next one above, `below` what the next
    one below lacks to reach it, `line` what separates it from the other side of the places, whichever it is on; None
    at an end, or when everyone is within.
    """

    numero: str
    rank: int
    note: float
    contributions: tuple[Contribution, ...]
    tied: tuple[str, ...]
    above: Gap | None
    below: Gap | None
    line: Gap | None


def analyse_rank(numero: str, ballots: Ballots, places: int) -> RankAnalysis:
    """The analysis of a ranked dossier for so many `places`. Raises KeyError when it has no note."""
    ranks = ballots.ranks(ballots.weights, ballots.everything)
    notes = _rounded(ballots.means(ballots.notes(ballots.weights), ballots.everything))
    rank = ranks[numero]
    better = [other for other in ranks if ranks[other] < rank]
    worse = [other for other in ranks if ranks[other] > rank]
    inside = [other for other in ranks if ranks[other] <= places]
    outside = [other for other in ranks if ranks[other] > places]

    def gap(numero: str | None, ahead: str | None) -> Gap | None:
        return None if numero is None or ahead is None else _gap(numero, ahead, ballots, notes, ranks)

    within = rank <= places
    line = gap(_first(outside), numero) if within else gap(numero, _last(inside))
    return RankAnalysis(
        numero=numero,
        rank=rank,
        note=float(notes[_place(ballots, numero)]),
        contributions=_contributions(numero, ballots),
        tied=tuple(sorted(other for other in ranks if ranks[other] == rank and other != numero)),
        above=gap(numero, _last(better)),
        below=gap(_first(worse), numero),
        line=line,
    )


def _first(ranked: list[str]) -> str | None:
    """The first of dossiers sorted from the best."""
    return ranked[0] if ranked else None


def _last(ranked: list[str]) -> str | None:
    return ranked[-1] if ranked else None


def _place(ballots: Ballots, numero: str) -> int:
    return int(np.searchsorted(ballots.numbers, numero))


def _gap(numero: str, ahead: str, ballots: Ballots, notes: Floats, ranks: Ranks) -> Gap:
    own = ballots.notes(ballots.weights)[ballots.dossiers == _place(ballots, numero)]
    own = own[~np.isnan(own)]
    points = notes[_place(ballots, ahead)] - notes[_place(ballots, numero)]
    lacks, points_per_evaluation = _rounded(np.array([points, points * len(own)])).tolist()
    room = OUT_OF - float(own.min())
    return Gap(numero, ahead, ranks[ahead], lacks, points_per_evaluation, len(own), points_per_evaluation < room)


def _contributions(numero: str, ballots: Ballots) -> tuple[Contribution, ...]:
    """The contributions, by 20 × weight × score / (maximum × Σ weight) in each evaluation."""
    means = np.column_stack([ballots.means(column, ballots.everything) for column in ballots.scores.T])
    scored = ~np.isnan(means)
    average = np.nansum(means, axis=0) / np.where(scored.any(axis=0), scored.sum(axis=0), np.nan)
    own = ballots.scores[ballots.dossiers == _place(ballots, numero)]
    counted = np.where(np.isnan(own), 0.0, ballots.weights)
    shares = OUT_OF * counted / (ballots.maximum * counted.sum(axis=1, keepdims=True))
    points = _rounded((shares * np.nan_to_num(own - average)).mean(axis=0))
    row = means[_place(ballots, numero)]
    contributions = [
        Contribution(name, float(point), _number(mean), _number(common))
        for name, point, mean, common in zip(ballots.criteria, points, row, average, strict=True)
    ]
    return tuple(
        sorted(
            contributions,
            key=lambda contribution: (-abs(contribution.points), ballots.criteria.index(contribution.criterion)),
        )
    )


def _rounded(values: Floats) -> Floats:
    rounded: Floats = np.round(values, EQUAL_DECIMALS) + 0.0
    return rounded


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(np.round(value, EQUAL_DECIMALS))
