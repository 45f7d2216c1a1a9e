"""What to compare a juror with: votes at random, honest ones, and the spread of the others' notes.

The statistic is twice the log likelihood ratio of votes that are unrelated to the expected ones (Student's, their
spread unknown) to votes that follow them, with residuals cut at `_CUT`: one odd vote accuses nobody. Its distribution
is drawn, always from the same bits, with noise that is normal or has heavy tails (Student's).

Honest jurors are not all alike: each has a noise and a use of the scale of their own, by a factor whose logarithm has
the standard deviation `unlikeness`. Where the scale cuts notes, it makes them unlike: who is severe is cut the least.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import lgamma

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration.design import Floats
from eig_sheets.call.scoring.calibration.juror_prediction import Prediction, centred
from eig_sheets.call.scoring.calibration.sampling import NOTE_DECIMALS, stable_round, standard_normals
from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS, OUT_OF

_CUT = 2.5
_PRIOR_VOTES = 4.0  # degrees of freedom of the spread of unrelated votes, around σ
_TAILS = (np.inf, 5.0, 3.0)  # degrees of freedom of the noise
_TAIL_PRIOR = np.array([0.1, 0.3, 0.6])  # heavy unless the votes say otherwise: few votes hardly show their tails
_NEGLIGIBLE = 1e-3  # weight of a tail
_DRAWS, _FEWEST_DRAWS, _MOST_DRAWN = 4000, 400, 200_000
_EVEN_DRAWS = 200
_SEED = 20210504
_TAIL_SHARE = 0.02  # of the draws, beyond which the tail is taken for exponential, as that of a sum of squares
_UNIT = 2.0**-64


def tail_weights(residuals: Floats) -> Floats:
    """The posterior weights of `_TAILS` given residuals (votes,), the variance of each being that of the residuals."""
    square = residuals**2 / max(float((residuals**2).mean()), 1e-9) if len(residuals) else residuals
    logs = np.array([_log_density(square, tail).sum() for tail in _TAILS])
    weights: Floats = _TAIL_PRIOR * np.exp(logs - logs.max())
    weights /= weights.sum()
    return weights


def _log_density(square: Floats, tail: float) -> Floats:
    """The log density of noise of variance 1 at values of these squares."""
    if np.isinf(tail):
        normal: Floats = -(square + np.log(2 * np.pi)) / 2
        return normal
    constant = lgamma((tail + 1) / 2) - lgamma(tail / 2) - np.log(np.pi * (tail - 2)) / 2
    heavy: Floats = constant - (tail + 1) / 2 * np.log1p(square / (tail - 2))
    return heavy


def _statistic(residuals: Floats, expected: Floats) -> Floats:
    """The statistic of residuals (…, votes), up to a constant (…,)."""
    cut = np.clip(residuals, -_CUT, _CUT)
    spread = (centred(cut + expected) ** 2).sum(axis=-1)
    ratio: Floats = (cut**2).sum(axis=-1) - (residuals.shape[-1] - 1) * np.log(spread + _PRIOR_VOTES)
    return ratio


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Numbers that are drawn for jurors of so many votes at most, always the same.

    `normals` (draws, votes); `heavy`, the factors (draws, votes) that give them the tails of each of `_TAILS` but the
    first; `unlike` (draws,), normals too; `even` (`_EVEN_DRAWS`, votes), between 0 and 1.
    """

    normals: Floats
    heavy: tuple[Floats, ...]
    unlike: Floats
    even: Floats


@lru_cache(maxsize=4)  # the jury of a call is compared again without who is flagged, and at each sync of a process
def _drawn(votes: int) -> _Drawn:
    draws, bits = int(np.clip(_MOST_DRAWN // max(1, votes), _FEWEST_DRAWS, _DRAWS)), np.random.PCG64(_SEED)
    shape = (1 + int(_TAILS[1]), draws, votes)
    normals = standard_normals(bits, int(np.prod(shape))).reshape(shape)
    squares = np.cumsum(normals[1:] ** 2, axis=0)
    heavy = tuple(np.sqrt((tail - 2) / squares[int(tail) - 1]) for tail in _TAILS[1:])
    unlike = standard_normals(bits, draws)
    even = (bits.random_raw(_EVEN_DRAWS * votes).astype(float) * _UNIT).reshape(_EVEN_DRAWS, votes)
    return _Drawn(normals[0].copy(), heavy, unlike, even)


class Reference:
    """Drawn noise of variance 1 (draws, votes) for each of `_TAILS`, and even draws between 0 and 1."""

    def __init__(self, votes: int, unlikeness: float) -> None:
        """Draw for jurors of `votes` votes at most."""
        drawn = _drawn(votes)
        own = drawn.normals * np.exp(unlikeness * drawn.unlike)[:, None]
        self._noise = [own, *(own * factor for factor in drawn.heavy)]
        self._unlikeness = unlikeness
        self._even = drawn.even

    def compare(self, prediction: Prediction, weights: Floats, level: float, note_range: float) -> tuple[float, float]:
        """The p-value of a juror's votes, and how likely votes at random are to have one under `level`.

        Votes at random are even over the `note_range`; `weights` are those of `_TAILS`.
        """
        votes, expected = len(prediction.residuals), prediction.expected
        honest = _Mixture(
            (weight, _UpperTail(_statistic(centred(noise[:, :votes]), expected)))
            for noise, weight in zip(self._noise, weights.tolist(), strict=True)
            if weight > _NEGLIGIBLE
        )
        even: Floats = note_range * self._even[:, :votes]
        at_random = centred(even) / prediction.scale - expected
        power = (honest.probability(self._observed(at_random, expected)) < level).mean()
        return float(honest.probability(self._observed(prediction.residuals, expected))), float(power)

    def _observed(self, residuals: Floats, expected: Floats) -> Floats:
        """The statistic, once residuals that follow `expected` are shrunk by what a use of the scale may explain."""
        squares = float((expected**2).sum())
        if not squares:
            return _statistic(residuals, expected)
        explained = 1 - 1 / np.sqrt(1 + self._unlikeness**2 * squares)
        along = (residuals @ expected)[..., None] * expected / squares
        return _statistic(residuals - explained * along, expected)


class _UpperTail:
    """The upper tail of a drawn statistic: its draws, then an exponential."""

    def __init__(self, drawn: Floats) -> None:
        self._drawn = np.sort(drawn)
        beyond = self._drawn[-max(2, int(_TAIL_SHARE * len(drawn))) :]
        self._start, self._excess = beyond[0], max(float((beyond - beyond[0]).mean()), 1e-9)
        self._share = len(beyond) / len(drawn)

    def probability(self, statistic: Floats) -> Floats:
        """P(drawn ≥ statistic)."""
        counted = 1 - np.searchsorted(self._drawn, statistic) / len(self._drawn)
        far = self._share * np.exp(-np.maximum(statistic - self._start, 0) / self._excess)
        probability: Floats = np.where(statistic > self._start, far, counted)
        return probability


class _Mixture:
    """Upper tails with their weights."""

    def __init__(self, parts: Iterable[tuple[float, _UpperTail]]) -> None:
        self._parts = list(parts)

    def probability(self, statistic: Floats) -> Floats:
        """P(drawn ≥ statistic)."""
        parts = [weight * tail.probability(statistic) for weight, tail in self._parts]
        probability: Floats = np.sum(parts, axis=0) / sum(weight for weight, _ in self._parts)
        return probability


CUT_SHARE = 0.3
"""From this share of notes at an end of the scale, the interval of a severity is too short.

In simulated campaigns whose notes the scale cuts, the one at 95 % holds 90 % of severities from there, 85 % from one
half, 77 % from 70 %.
"""


def juror_spread(votes: pd.DataFrame, severity: pd.Series, note_range: float) -> pd.DataFrame:
    """The spread of each juror's `votes` (numero, jure, note), by address; null where there are too few notes.

    `spread`: the standard deviation of their notes. `spread_others`: that of the others' notes for the same dossiers,
    each raised by its juror's `severity`, without which several jurors would differ more than one. `at_ceiling`: the
    share of their notes at the top or at the bottom of the scale.
    """
    table = votes.assign(corrected=votes["note"] + votes["jure"].map(severity).astype(float))
    own = table.groupby("jure")
    columns = {
        "spread": own["note"].std(),
        "spread_others": _spread_of_others(table),
        "at_ceiling": own["note"].agg(cut_share, note_range),
    }
    return pd.DataFrame(
        {name: stable_round(column.to_numpy(dtype=float), NOTE_DECIMALS) for name, column in columns.items()},
        index=columns["spread"].index,
    )


def cut_share(notes: pd.Series, note_range: float) -> float:
    """The share (0 to 1) of notes at the top or at the bottom of the scale."""
    ends = np.array([OUT_OF, OUT_OF - note_range])
    at_end = np.isclose(notes.to_numpy(dtype=float)[:, None], ends, rtol=0, atol=10.0**-EQUAL_DECIMALS)
    return float(at_end.any(axis=1).mean())


def _spread_of_others(table: pd.DataFrame) -> pd.Series:
    """The standard deviation of the corrected notes of the others for the dossiers of each juror."""
    corrected = table["corrected"] - table["corrected"].mean()
    powers = pd.DataFrame({"count": 1.0, "sum": corrected, "square": corrected**2})
    of_dossiers = powers.groupby(table["numero"]).sum()
    of_pairs = powers.groupby([table["jure"], table["numero"]]).sum()
    others = of_dossiers.loc[of_pairs.index.get_level_values(1)].to_numpy() - of_pairs.to_numpy()
    summed = pd.DataFrame(others, of_pairs.index).groupby(level=0).sum()
    count, total, squares = summed.to_numpy().T
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = np.where(count > 1, (squares - total**2 / count) / (count - 1), np.nan)
    return pd.Series(np.sqrt(np.maximum(variance, 0)), summed.index)
