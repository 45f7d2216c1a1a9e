"""How far each milestone is on a day, and its French words. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.features.follow_up.settings import DONE, POINTLESS, POSTPONED
from eig_sheets.text.french import number, plural


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


_WORDS: Final = {
    MilestoneProgress.LATE: "en retard",
    MilestoneProgress.TO_COME: "à venir",
    MilestoneProgress.POSTPONED: "reporté",
    MilestoneProgress.UNDATED: "sans échéance",
    MilestoneProgress.DONE: "fait",
    MilestoneProgress.POINTLESS: "sans objet",
}
_AGREEING: Final = (MilestoneProgress.POSTPONED, MilestoneProgress.DONE)


def state_text(state: MilestoneProgress, count: int | None = None, *, days: int = 0) -> str:
    """« en retard de 3 jours » for one; « 2 reportés » for a `count` of them."""
    word = _WORDS[state]
    if count is not None:
        return f"{number(count)} {word}{'s' if state in _AGREEING and count > 1 else ''}"
    return f"{word} de {plural(days, 'jour')}" if days else word
