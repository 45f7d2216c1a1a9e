"""Scenarios of sensitivity: who enters and who leaves the places when a criterion weighs otherwise, or a juror is out.

The included evaluations are arrays, to rank again and again under other rules: by the note, or by the expected rank
where that one is official.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS, OUT_OF, EvaluationStatus
from eig_sheets.domain.frames import Mask
from eig_sheets.domain.rules import Criterion, ScoringRules

Floats = npt.NDArray[np.float64]
Ranks = dict[str, int]
ExpectedRanks = Callable[[pd.DataFrame], "Mapping[str, float] | None"]
"""The expected rank of each dossier from its evaluations (numero, jure, note); None when nothing can be corrected."""


@dataclass(frozen=True, slots=True)
class Ballots:
    """The included evaluations of the ranked dossiers.

    `numbers` (dossiers,) sorted; `dossiers` (evaluations,) places in it; `jurors` (evaluations,) addresses; `scores`
    (evaluations × criteria), NaN where a juror says nothing; `weights` (criteria,); `maximum` of the scale.
    `expected`: what the official ranking goes by, when it does not go by the note.
    """

    numbers: npt.NDArray[np.object_]
    criteria: tuple[str, ...]
    dossiers: npt.NDArray[np.intp]
    jurors: npt.NDArray[np.object_]
    scores: Floats
    weights: Floats
    maximum: float
    tie_break: tuple[str, ...]
    expected: ExpectedRanks | None = None

    @property
    def everything(self) -> Mask:
        """The mask of all evaluations."""
        return np.ones(len(self.dossiers), dtype=bool)

    def notes(self, weights: Floats) -> Floats:
        """The note out of 20 of each evaluation under some weights; NaN where no criterion that counts was scored."""
        counted = np.where(np.isnan(self.scores), 0.0, weights)
        total = counted.sum(axis=1)
        over = (counted * np.nan_to_num(self.scores)).sum(axis=1)
        notes: Floats = OUT_OF * over / np.where(total > 0, self.maximum * total, np.nan)
        return notes

    def means(self, values: Floats, kept: Mask) -> Floats:
        """The mean of each dossier (dossiers,) over the kept evaluations that have a value; NaN without any."""
        kept = kept & ~np.isnan(values)
        counts = np.bincount(self.dossiers[kept], minlength=len(self.numbers))
        sums = np.bincount(self.dossiers[kept], weights=values[kept], minlength=len(self.numbers))
        means: Floats = sums / np.where(counts > 0, counts, np.nan)
        return means

    def keys(self, weights: Floats, kept: Mask) -> Floats:
        """The sort keys of the official ranking (dossiers × keys), then the means of the tie-breaks that count.

        The first is the note, or the expected rank turned over. -inf where it is missing, as in the official ranking.
        """
        places = [self.criteria.index(name) for name in self.tie_break]
        means = [self.means(self.scores[:, place], kept) for place in places if weights[place] > 0]
        keys = np.round(np.column_stack([self._first_key(self.notes(weights), kept), *means]), EQUAL_DECIMALS)
        return np.where(np.isnan(keys), -np.inf, keys)

    def _first_key(self, notes: Floats, kept: Mask) -> Floats:
        """What the ranking goes by first (dossiers,): more is better."""
        kept = kept & ~np.isnan(notes)
        votes = pd.DataFrame(
            {"numero": self.numbers[self.dossiers[kept]], "jure": self.jurors[kept], "note": notes[kept]}
        )
        expected = self.expected(votes) if self.expected is not None else None
        if expected is None:
            return self.means(notes, kept)
        return np.array([-expected.get(numero, np.nan) for numero in self.numbers])

    def ranks(self, weights: Floats, kept: Mask) -> Ranks:
        """The official rank (1, 2, 2, 4) of each dossier that has a note, by its number."""
        keys = self.keys(weights, kept)
        order = np.lexsort(-keys.T[::-1])
        ordered = keys[order]
        new = np.append([True], (ordered[1:] != ordered[:-1]).any(axis=1))[: len(order)]
        ranks = np.maximum.accumulate(np.where(new, np.arange(1, len(order) + 1), 0))
        noted = ordered[:, 0] > -np.inf
        return dict(zip(self.numbers[order[noted]].tolist(), ranks[noted].tolist(), strict=True))


def ballots(
    ranked: Sequence[str],
    evaluated: pd.DataFrame,
    evaluations: pd.DataFrame,
    criteria: Sequence[Criterion],
    scoring: ScoringRules,
    tie_break: Sequence[str],
    expected: ExpectedRanks | None = None,
) -> Ballots:
    """The included evaluations of the dossiers `ranked`; `evaluated` is what `scoring.evaluate` says of them all."""
    numbers = np.array(sorted(ranked), dtype=object)
    included = (evaluated["status"] == EvaluationStatus.INCLUDED) & evaluated["numero"].isin(numbers)
    names = tuple(criterion.id for criterion in criteria)
    return Ballots(
        numbers=numbers,
        criteria=names,
        dossiers=np.searchsorted(numbers, evaluated.loc[included, "numero"].to_numpy(dtype=object)),
        jurors=evaluated.loc[included, "jure"].to_numpy(dtype=object),
        scores=evaluations.loc[included, list(names)].to_numpy(dtype=float),
        weights=np.array([criterion.weight for criterion in criteria], dtype=float),
        maximum=scoring.max,
        tie_break=tuple(tie_break),
        expected=expected,
    )


class Change(StrEnum):
    """The kind of change of a scenario, one at a time.

    A criterion that counts for nothing and one that counts double are the two ends of what a jury argues about: what
    moves under neither does not depend on that weight.
    """

    WITHOUT_CRITERION = "sans_critere"
    DOUBLE_CRITERION = "critere_double"
    WITHOUT_JUROR = "sans_jure"


@dataclass(frozen=True, slots=True)
class Scenario:
    """The official ranking with one change; `subject` is the criterion's id or the juror's address.

    `enters` and `leaves` are the dossiers that the change brings within the places or takes out, sorted by number: a
    dossier is within when its rank is at most the number of places. `ranks` holds those that keep a note.
    """

    change: Change
    subject: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    ranks: Ranks


def scenarios(ballots: Ballots, places: int) -> tuple[Scenario, ...]:
    """Every scenario: each criterion left out, then double, in the order of the grid; each juror left out, by address.

    The evaluations are those that count officially, whatever the change. A change that changes nothing by nature is
    left out: with one criterion alone, none is dropped nor doubled; with one juror alone, none is left out.
    """
    before = _within(ballots.ranks(ballots.weights, ballots.everything), places)
    results = []
    for change, subject, ranks in (*_of_criteria(ballots), *_of_jurors(ballots)):
        after = _within(ranks, places)
        results.append(Scenario(change, subject, tuple(sorted(after - before)), tuple(sorted(before - after)), ranks))
    return tuple(results)


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
