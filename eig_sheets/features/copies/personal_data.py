"""The register's entry for copies: what is in the files, and what becomes of them."""

from __future__ import annotations

from typing import Final

from eig_sheets.personal_data.holdings import Fate, Holding, Place

COPY: Final = Holding(
    "copie_du_classeur",
    Place.PRODUCED,
    "le fichier de « pull --to », et celui des textes longs",
    ("campagne*.xlsx", "copie*.xlsx", "copie*.txt"),
    "tout le classeur",
    "porteurs, mentors, jurés, candidats",
    "travailler hors ligne, archiver",
    Fate.BY_PEOPLE,
    "dossiers",
    why_kept="Une copie que quelqu’un a voulue, où il l’a voulue ; celle qui a des candidats a leur échéance.",
    writers=("eig_sheets.features.copies.files",),
)
