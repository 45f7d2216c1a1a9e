"""The tab `Affectations talents`: which juror notes which candidate, by `--talents jury assign`."""

from __future__ import annotations

from typing import Final

import pandas as pd

from eig_sheets.campaign.reviews.affectations import table_of

TAB: Final = "affectations_talents"
NAME: Final = "Affectations talents"
TABLE: Final = table_of("N° de candidature", "Candidat", "candidat", "Évaluations talents")


def names(candidates: pd.DataFrame) -> dict[str, str | None]:
    """The first and last name of each candidate, by number."""
    if candidates.empty:
        return {}
    rows = zip(candidates["candidature"], candidates["prenom"], candidates["nom"], strict=True)
    return {number: " ".join(filter(None, (first, last))) or None for number, first, last in rows}
