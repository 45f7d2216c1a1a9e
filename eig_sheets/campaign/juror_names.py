"""The names of jurors, as `Jury` has them. Pure."""

from __future__ import annotations

import pandas as pd

from eig_sheets.campaign.reading import Reading


def juror_names(reading: Reading) -> dict[str, str]:
    """The name of each juror, by address."""
    jurors = reading.valid_rows("jury").dropna(subset=["email", "nom"]) if "jury" in reading.tables else pd.DataFrame()
    return {} if jurors.empty else dict(zip(jurors["email"], jurors["nom"], strict=True))
