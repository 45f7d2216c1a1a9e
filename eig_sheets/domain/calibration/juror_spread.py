"""How widely each juror's notes spread, beside the others' on the same dossiers, and those that the scale cuts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eig_sheets.domain.calibration.sampling import NOTE_DECIMALS, stable_round
from eig_sheets.domain.scoring import EQUAL_DECIMALS, OUT_OF

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
