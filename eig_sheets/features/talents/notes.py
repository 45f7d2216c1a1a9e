"""The tab `Notes reçues talents`: of each juror and candidate, the version of the juror's own page that counts."""

from __future__ import annotations

from typing import Final

from eig_sheets.campaign.reviews.notes_recues import ANSWERS, NotesForm
from eig_sheets.spreadsheet.model.sheet import Column

TAB: Final = "notes_recues_talents"
NAME: Final = "Notes reçues talents"
OF_CANDIDATES: Final = NotesForm(
    "N° de candidature",
    {
        "numero": Column("N° de dossier", width=14, note="Le projet pour lequel le juré a entendu la personne."),
        "deport": ANSWERS["deport"],
        "commentaire": ANSWERS["commentaire"],
    },
)
