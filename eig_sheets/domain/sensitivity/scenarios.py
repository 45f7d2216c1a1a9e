"""Who enters and who leaves the places when a criterion weighs otherwise, or a juror is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from eig_sheets.domain.sensitivity.ballots import Ballots, Ranks


class Change(StrEnum):
    """What is changed, one thing at a time.

    A criterion that counts for nothing and one that counts double are the two ends of what a jury argues about: what
    moves under neither does not hang on that weight.
    """

    WITHOUT_CRITERION = "sans_critere"
    DOUBLE_CRITERION = "critere_double"
    WITHOUT_JUROR = "sans_jure"


@dataclass(frozen=True, slots=True)
class Scenario:
    """The ranking by the raw notes with one change; `subject` is the criterion's id or the juror's address.

    `enters` and `leaves` are the dossiers that the change brings within the places or takes out, sorted by number: a
    dossier is within when its rank is at most the number of places. `ranks` holds those that keep a note.
    """

    change: Change
    subject: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    ranks: Ranks


def scenarios(ballots: Ballots, places: int) -> tuple[Scenario, ...]:
    """Every change: each criterion without, then double, in the order of the grid; each juror, by address.

    The evaluations are those that count officially, whatever the change. A change that changes nothing by nature is
    left out: with one criterion alone, none is dropped nor doubled; with one juror alone, none is left out.
    """
    before = _within(ballots.ranks(ballots.weights, ballots.everything), places)
    found = []
    for change, subject, ranks in (*_of_criteria(ballots), *_of_jurors(ballots)):
        after = _within(ranks, places)
        found.append(Scenario(change, subject, tuple(sorted(after - before)), tuple(sorted(before - after)), ranks))
    return tuple(found)


def _of_criteria(ballots: Ballots) -> Iterator[tuple[Change, str, Ranks]]:
    if len(ballots.criteria) == 1:
        return
    for place, name in enumerate(ballots.criteria):
        for change, factor in ((Change.WITHOUT_CRITERION, 0.0), (Change.DOUBLE_CRITERION, 2.0)):
            weights = ballots.weights.copy()
            weights[place] *= factor
            yield change, name, ballots.ranks(weights, ballots.everything)


def _of_jurors(ballots: Ballots) -> Iterator[tuple[Change, str, Ranks]]:
    jurors = np.unique(ballots.jurors)
    if len(jurors) == 1:
        return
    for juror in jurors:
        yield Change.WITHOUT_JUROR, juror, ballots.ranks(ballots.weights, ballots.jurors != juror)


def _within(ranks: Ranks, places: int) -> set[str]:
    return {numero for numero, rank in ranks.items() if rank <= places}
