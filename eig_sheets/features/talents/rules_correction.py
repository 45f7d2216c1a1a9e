"""Notes of candidates corrected for the severity of their jurors, where there are enough votes to do it honestly.

The model is that of dossiers (`domain.calibration`). A jury of candidates hears them by project, a few times each: most
often nothing tells a note's part of the candidate from that of the jurors, and the raw note stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.domain.calibration import Uncorrected, corrected_notes
from eig_sheets.domain.scoring import OUT_OF, EvaluationStatus
from eig_sheets.features.talents.settings import TalentRules

FEW_VOTES: Final = "peu_de_votes"
"""Why nothing is corrected: jurors gave too few evaluations, on average, for their severity to be told."""

_COLUMNS: Final = ("corrected", "corrected_error")


@dataclass(frozen=True, slots=True)
class Correction:
    """`notes`, by number of the candidate: `corrected`, the note that an average juror would give, `corrected_error`.

    With a `reason`, FEW_VOTES or an Uncorrected, there are none.
    """

    notes: pd.DataFrame
    reason: str | None = None


def correct(evaluated: pd.DataFrame, rules: TalentRules, group_of: Mapping[str, str]) -> Correction:
    """The corrected notes of all candidates that have one; `evaluated` is that of `TalentScores`.

    The notes of one juror for several projects are one vote, their mean.

    `group_of` names the panel of a juror, where there are panels.
    """
    votes = evaluated.loc[evaluated["status"] == EvaluationStatus.INCLUDED, ["candidature", "jure", "note"]]
    one_each = votes.groupby(["candidature", "jure"], sort=False)["note"].mean().reset_index()
    votes = one_each.rename(columns={"candidature": "numero"})
    if reason := _too_few(votes, rules):
        return Correction(_no_notes(), reason)
    notes = corrected_notes(votes, OUT_OF * (rules.max - rules.min) / rules.max, group_of)
    if isinstance(notes, Uncorrected):
        return Correction(_no_notes(), notes)
    in_range = notes["corrected"].clip(OUT_OF * rules.min / rules.max, OUT_OF)
    return Correction(notes.assign(corrected=in_range).rename_axis("candidature"))


def _too_few(votes: pd.DataFrame, rules: TalentRules) -> str | None:
    if votes.empty:
        return Uncorrected.WITHOUT_EVALUATION
    return FEW_VOTES if len(votes) < rules.min_votes * votes["jure"].nunique() else None


def _no_notes() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=float) for name in _COLUMNS}).rename_axis("candidature")
