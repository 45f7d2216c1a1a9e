"""One dossier’s place by the raw notes: contribution of each criterion, neighbours, gap to pass them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eig_sheets.domain.scoring import EQUAL_DECIMALS, OUT_OF
from eig_sheets.domain.sensitivity.scenarios import Ballots, Floats, Ranks


@dataclass(frozen=True, slots=True)
class Pull:
    """How many points out of 20 a criterion adds to the note of a dossier beside the mean of the ranked dossiers.

    `mean` and `usual` are the dossier's mean and that of all dossiers' means, on the scale; None when nobody scored.
    """

    criterion: str
    points: float
    mean: float | None
    usual: float | None


@dataclass(frozen=True, slots=True)
class Passing:
    """The gap between a dossier and one ahead of it: what it lacks to be level; anything more passes it.

    `points` on the note, that is `on_one` on the note of one of its `reviews` evaluations, the others as they are;
    `reachable`, whether an evaluation has that room up to 20. Level already, both are 0: the tie-break put the other
    ahead.
    """

    numero: str
    ahead: str
    rank: int
    points: float
    on_one: float
    reviews: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class Contest:
    """The place of one dossier in the ranking by the raw notes.

    `pulls`, the strongest first, are exact: their sum is the note minus the one that the dossier would have with the
    usual scores. `equals` share its rank. `above` is what it lacks to reach the next one above, `below` what the next
    one below lacks to reach it, `line` what separates it from the other side of the places, whichever it is on; None
    at an end, or when everyone is within.
    """

    numero: str
    rank: int
    note: float
    pulls: tuple[Pull, ...]
    equals: tuple[str, ...]
    above: Passing | None
    below: Passing | None
    line: Passing | None


def contest(numero: str, ballots: Ballots, places: int) -> Contest:
    """The contest of a ranked dossier for so many `places`. Raises KeyError when it has no note."""
    ranks = ballots.ranks(ballots.weights, ballots.everything)
    notes = _rounded(ballots.means(ballots.notes(ballots.weights), ballots.everything))
    rank = ranks[numero]
    better = [other for other in ranks if ranks[other] < rank]
    worse = [other for other in ranks if ranks[other] > rank]
    inside = [other for other in ranks if ranks[other] <= places]
    outside = [other for other in ranks if ranks[other] > places]

    def passing(numero: str | None, ahead: str | None) -> Passing | None:
        return None if numero is None or ahead is None else _passing(numero, ahead, ballots, notes, ranks)

    within = rank <= places
    line = passing(_first(outside), numero) if within else passing(numero, _last(inside))
    return Contest(
        numero=numero,
        rank=rank,
        note=float(notes[_place(ballots, numero)]),
        pulls=_pulls(numero, ballots),
        equals=tuple(sorted(other for other in ranks if ranks[other] == rank and other != numero)),
        above=passing(numero, _last(better)),
        below=passing(_first(worse), numero),
        line=line,
    )


def _first(ranked: list[str]) -> str | None:
    """The best of dossiers that come best first."""
    return ranked[0] if ranked else None


def _last(ranked: list[str]) -> str | None:
    return ranked[-1] if ranked else None


def _place(ballots: Ballots, numero: str) -> int:
    return int(np.searchsorted(ballots.numbers, numero))


def _passing(numero: str, ahead: str, ballots: Ballots, notes: Floats, ranks: Ranks) -> Passing:
    own = ballots.notes(ballots.weights)[ballots.dossiers == _place(ballots, numero)]
    own = own[~np.isnan(own)]
    points = notes[_place(ballots, ahead)] - notes[_place(ballots, numero)]
    lacks, on_one = _rounded(np.array([points, points * len(own)])).tolist()
    room = OUT_OF - float(own.min())
    return Passing(numero, ahead, ranks[ahead], lacks, on_one, len(own), on_one < room)


def _pulls(numero: str, ballots: Ballots) -> tuple[Pull, ...]:
    """Each evaluation shares its note among the criteria that it scored: 20 × weight × score / (maximum × Σ weight)."""
    means = np.column_stack([ballots.means(column, ballots.everything) for column in ballots.scores.T])
    scored = ~np.isnan(means)
    usual = np.nansum(means, axis=0) / np.where(scored.any(axis=0), scored.sum(axis=0), np.nan)
    own = ballots.scores[ballots.dossiers == _place(ballots, numero)]
    counted = np.where(np.isnan(own), 0.0, ballots.weights)
    shares = OUT_OF * counted / (ballots.maximum * counted.sum(axis=1, keepdims=True))
    points = _rounded((shares * np.nan_to_num(own - usual)).mean(axis=0))
    row = means[_place(ballots, numero)]
    pulls = [
        Pull(name, float(point), _number(mean), _number(common))
        for name, point, mean, common in zip(ballots.criteria, points, row, usual, strict=True)
    ]
    return tuple(sorted(pulls, key=lambda pull: (-abs(pull.points), ballots.criteria.index(pull.criterion))))


def _rounded(values: Floats) -> Floats:
    rounded: Floats = np.round(values, EQUAL_DECIMALS) + 0.0
    return rounded


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(np.round(value, EQUAL_DECIMALS))
