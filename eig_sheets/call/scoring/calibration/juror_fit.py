"""Whether each juror's votes follow what the others and the model expect: a predictive check, the juror left out.

A juror is flagged at 4 % for the whole jury (Šidák): less than one honest jury in twenty has a flag. Who is not
flagged is said to follow only where a juror who draws every note evenly on the scale would be flagged four times in
five: else there are too few votes to tell. docs/classement.fr.md has the power and the false alarms by simulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration.design import Design, build_design
from eig_sheets.call.scoring.calibration.grid import Grid, build_grid
from eig_sheets.call.scoring.calibration.juror_prediction import predictions
from eig_sheets.call.scoring.calibration.juror_reference import Reference, cut_share, tail_weights
from eig_sheets.call.scoring.calibration.sampling import NOTE_DECIMALS, PROBABILITY_DECIMALS, stable_round
from eig_sheets.domain.frames import objects

FAMILY_LEVEL: Final = 0.04
"""Probability that an honest jury has any flag, in the model; at most 5 % in simulated juries out of it."""
POWER: Final = 0.8
"""Least probability of a flag for a juror who votes at random; under it, « too few votes »."""

_UNLIKENESS: Final = 0.8
"""Standard deviation of the logarithm of a juror's own noise and use of the scale, were all notes at its ends."""

_ROUNDS: Final = 3
"""Most times that the jurors who are left are compared again."""


class Fit(StrEnum):
    """Whether a juror's votes follow what the others and the model expect."""

    FAR = "ecart"
    FOLLOWS = "accord"
    TOO_FEW = "trop_peu"


def juror_fit(
    design: Design,
    grid: Grid,
    votes: pd.DataFrame,
    note_range: float,
    group_of: Mapping[str, str],
    part_of: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Each juror's fit, by address, from the `votes` (numero, jure, note) of the design.

    `fit`: the root mean square of the residuals over what is expected, 1 when as expected; `fit_p`: the probability
    that an honest jury has any juror so far; `fit_flag`, a Fit. The first two are null where nothing can be computed.
    The others are compared again without the votes of flagged jurors, which would hide them: this adds no flag to an
    honest jury, since it takes a first flag.
    """
    table = _fit(design, grid, votes, note_range)
    for _ in range(_ROUNDS):
        others = votes[votes["jure"].map(table["fit_flag"]) != Fit.FAR]
        if others.empty or others["jure"].nunique() == len(design.jurors):
            break
        design = build_design(others, group_of, part_of)
        table.loc[list(design.jurors)] = _fit(design, build_grid(design, note_range), others, note_range)
    return table


def _fit(design: Design, grid: Grid, votes: pd.DataFrame, note_range: float) -> pd.DataFrame:
    node = grid.nodes[int(np.argmax(grid.marginal))]
    predicted = dict(predictions(design, node, votes, note_range))
    table = np.full((len(design.jurors), 2), np.nan)
    flags = [Fit.TOO_FEW] * len(design.jurors)
    level = 1 - (1 - FAMILY_LEVEL) ** (1 / max(1, len(predicted)))
    most = max((len(prediction.residuals) for prediction in predicted.values()), default=0)
    reference = Reference(most, _UNLIKENESS * cut_share(votes["note"], note_range))
    for place, prediction in predicted.items():
        others = [prediction.unit_residuals for other, prediction in predicted.items() if other != place]
        weights = tail_weights(np.concatenate([np.zeros(0), *others]))
        p, power = reference.compare(prediction, weights, level, note_range)
        table[place] = prediction.root_mean_square, 1 - (1 - p) ** len(predicted)
        flags[place] = Fit.FAR if p < level else Fit.FOLLOWS if power >= POWER else Fit.TOO_FEW
    index: pd.Index = pd.Index(objects(design.jurors))
    columns = {
        "fit": stable_round(table[:, 0], NOTE_DECIMALS),
        "fit_p": stable_round(table[:, 1], PROBABILITY_DECIMALS),
        "fit_flag": objects(flags, index),
    }
    return pd.DataFrame(columns, index=index)
