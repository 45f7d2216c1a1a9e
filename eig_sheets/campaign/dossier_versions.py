"""The version of a dossier: a fingerprint of what a juror reads of it, which changes when its description does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from eig_sheets.workbook.read_back import digest

DESCRIBED_BY: Final = ("projet", "administration", "resume", "fiche", "presentation", "simulation")
"""The fields of `Candidatures` that describe a dossier to its jurors.

Not the questions of the preselection: they are the officers', who may type them while jurors score.
"""


def version_of(dossier: Mapping[str, Any]) -> str:
    """The version of one dossier, from its values by field id; spaces and a missing column make no difference."""
    return digest(_text(dossier.get(field)) for field in DESCRIBED_BY)


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if pd.notna(value) else ""


def versions_of(dossiers: pd.DataFrame) -> dict[str, str]:
    """The version of each dossier of `Candidatures` as parsed, by number."""
    columns = (_texts(dossiers[field]) if field in dossiers else [""] * len(dossiers) for field in DESCRIBED_BY)
    return dict(zip(dossiers["numero"], map(digest, zip(*columns, strict=True)), strict=True))


def _texts(column: pd.Series) -> list[str]:
    """`_text` of each value of a column."""
    values = zip(column.tolist(), column.isna().tolist(), strict=True)
    return ["" if blank else " ".join(str(value).split()) for value, blank in values]
