"""The register's entry for what a write trial that failed leaves in the state folder."""

from __future__ import annotations

from typing import Final

from eig_sheets.features.doctor.write_trial import VERSIONS_FOLDER
from eig_sheets.personal_data import Fate, Holding, Place, Start

VERSIONS: Final = Holding(
    "versions_essai",
    Place.STATE,
    f"{VERSIONS_FOLDER}/",
    (f"{VERSIONS_FOLDER}/*",),
    "les versions du classeur d’avant un essai d’écriture (« doctor --canary ») qui a échoué",
    "porteurs, mentors, jurés, candidats",
    "revenir en arrière",
    Fate.PURGED,
    "copies",
    Start.MADE,
    writers=("eig_sheets.storage.file_replacement",),
)
