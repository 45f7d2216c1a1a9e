"""How far each milestone is on a day: late, to come, postponed, done, pointless. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from eig_sheets.domain.decisions import DONE, POINTLESS, POSTPONED


class MilestoneProgress(StrEnum):
    """How far a milestone is. What is postponed to a day that passes too is late again."""

    LATE = "en_retard"
    TO_COME = "a_venir"
    POSTPONED = "reporte"
    UNDATED = "sans_echeance"
    DONE = "fait"
    POINTLESS = "sans_objet"


IN_ORDER = (*MilestoneProgress,)
"""The most pressing first."""


def progress(rows: pd.DataFrame, today: date) -> pd.Series:
    """The MilestoneProgress of each row of `Suivi` (echeance, statut), on its index."""
    statut, due = rows["statut"], rows["echeance"]
    conditions = [
        statut.isin([DONE]),
        statut.isin([POINTLESS]),
        due < pd.Timestamp(today),
        statut.isin([POSTPONED]),
        due.isna(),
    ]
    states = [
        MilestoneProgress.DONE,
        MilestoneProgress.POINTLESS,
        MilestoneProgress.LATE,
        MilestoneProgress.POSTPONED,
        MilestoneProgress.UNDATED,
    ]
    return pd.Series(np.select(conditions, states, MilestoneProgress.TO_COME), index=rows.index, dtype=object)
