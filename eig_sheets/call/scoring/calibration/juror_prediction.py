"""The prediction of each juror's votes by those of the others, and the distance of the votes to it.

Only differences between a juror's votes count: whatever their own severity, it is no distance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration.design import Design, Floats, Places
from eig_sheets.call.scoring.calibration.posterior import Node, solve
from eig_sheets.domain.frames import objects

_FEWEST_VOTES = 3
_FEWEST_OTHERS = 10  # degrees of freedom of σ without the juror
_FINEST = 60  # the range of the notes over this: under it, differences are only the steps of the scale


@dataclass(frozen=True, slots=True)
class Prediction:
    """One juror's votes beside their prediction.

    `residuals` and `expected` (votes,) are centred, and over the standard deviation of the vote's prediction, which is
    `scale` in points out of 20.
    """

    residuals: Floats
    expected: Floats
    scale: Floats

    @property
    def root_mean_square(self) -> float:
        """The root mean square of the residuals: 1 when they are as expected."""
        return float(np.sqrt((self.residuals**2).sum() / (len(self.residuals) - 1)))

    @property
    def unit_residuals(self) -> Floats:
        """The residuals, of variance 1 although their mean is taken off."""
        votes = len(self.residuals)
        unit: Floats = self.residuals * np.sqrt(votes / (votes - 1))
        return unit


def predictions(design: Design, node: Node, votes: pd.DataFrame, note_range: float) -> Iterator[tuple[int, Prediction]]:
    """The place and prediction of each juror who has enough `votes` (numero, jure, note), at one node.

    A juror with two votes for one dossier has none.
    """
    fitted = _fitted(design, node, votes)
    ends = np.cumsum(np.bincount(fitted.jurors, minlength=len(design.jurors)))
    for place, own in enumerate(np.split(np.argsort(fitted.jurors, kind="stable"), ends[:-1])):
        freedom = design.count - 1 - len(own)
        once = len(np.unique(fitted.dossiers[own])) == len(own)
        if len(own) >= _FEWEST_VOTES and freedom >= _FEWEST_OTHERS and once:
            yield place, _prediction(fitted, own, freedom, note_range / _FINEST)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The votes at a node, fitted with all of them: each one's places, centred note and residual.

    The posterior covariance of the fitted votes over σ² is diag(`shrinkage`) + A M⁻¹ Aᵀ, A being the `rows` of all and
    M `precision`. `sum_of_squares` is the residual one, all effects integrated. `incidence` (jurors × effects) is that
    of the design, and `effect_sums` (dossiers × effects).
    """

    dossiers: Places
    jurors: Places
    notes: Floats
    residuals: Floats
    shrinkage: Floats
    incidence: Floats
    effect_sums: Floats
    precision: Floats
    sum_of_squares: float

    def rows(self, own: Places) -> Floats:
        """The rows of A of some votes: all of them would be votes × effects."""
        shared: Floats = self.shrinkage[own, None] * self.effect_sums[self.dossiers[own]]
        rows: Floats = self.incidence[self.jurors[own]] - shared
        return rows


def _fitted(design: Design, node: Node, votes: pd.DataFrame) -> _Fitted:
    [solution] = solve(design, [node])
    dossiers, jurors, notes = _places(design, votes)
    shrinkage = 1 / (design.reviews[dossiers] + node.dossier**-2.0)
    residuals = notes - (design.incidence @ solution.effects)[jurors] - solution.quality(design)[dossiers]
    return _Fitted(
        dossiers,
        jurors,
        notes,
        residuals=residuals,
        shrinkage=shrinkage,
        incidence=design.incidence,
        effect_sums=design.effect_sums,
        precision=solution.factor @ solution.factor.T,
        sum_of_squares=float(notes @ residuals),
    )


def _places(design: Design, votes: pd.DataFrame) -> tuple[Places, Places, Floats]:
    """The places of the dossier and of the juror of each vote, and its centred note, whatever the order of the rows."""
    dossiers = pd.Index(objects(design.numbers)).get_indexer(votes["numero"])
    jurors = pd.Index(objects(design.jurors)).get_indexer(votes["jure"])
    order = np.lexsort((dossiers, jurors))
    return dossiers[order], jurors[order], votes["note"].to_numpy(dtype=float)[order] - design.center


def _prediction(fitted: _Fitted, own: Places, freedom: int, least_noise: float) -> Prediction:
    """The prediction of the votes `own` by all the others, which have that many degrees of freedom for σ.

    With f the fitted votes and C their covariance over σ², y − V(y − f) predicts y with the covariance σ²V, where
    V = (I − C)⁻¹ = D⁻¹ + HHᵀ by Woodbury's formula, D being I less the shrinkage.
    """
    diagonal, residuals = 1 - fitted.shrinkage[own], fitted.residuals[own]
    rows = fitted.rows(own)
    scaled = rows / diagonal[:, None]
    factor = np.linalg.cholesky(fitted.precision - rows.T @ scaled)
    half = np.linalg.solve(factor, scaled.T).T
    gap = residuals / diagonal + half @ (half.T @ residuals)
    squares_of_others = max(fitted.sum_of_squares - float(residuals @ gap), 0.0)
    noise = max(np.sqrt(squares_of_others / freedom), least_noise)
    scale = noise * np.sqrt(1 / diagonal + ((half - half.mean(axis=0)) ** 2).sum(axis=1))
    return Prediction(centred(gap) / scale, centred(fitted.notes[own] - gap) / scale, scale)


def centred(values: Floats) -> Floats:
    """The values less their mean along the last axis."""
    less: Floats = values - values.mean(axis=-1, keepdims=True)
    return less
