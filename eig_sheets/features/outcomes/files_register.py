"""The register's entry for the ledger of outcomes, and its kind of records, which is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eig_sheets.personal_data import Fate, Holding, Place
from eig_sheets.storage.records import KeptRecord

if TYPE_CHECKING:
    from eig_sheets.features.outcomes.files_ledger import OutcomeLedger


def _ledger() -> type[OutcomeLedger]:
    from eig_sheets.features.outcomes.files_ledger import OutcomeLedger  # noqa: PLC0415 (when it is asked for)

    return OutcomeLedger


KEPT: Final = KeptRecord(_ledger)
HOLDING: Final = Holding(
    "decisions",
    Place.STATE,
    "décisions rendues, dans registres.sqlite3",
    ("decisions.sqlite3*",),  # of an older version
    "numéro du dossier, acte rendu dans Démarche Numérique, date",
    "personne",
    "ne jamais rendre deux fois la même décision",
    Fate.KEPT,
    why_kept="Des numéros de dossier, sans nom ni adresse ; sans eux, une décision pourrait être rendue deux fois.",
    writers=("eig_sheets.storage.records",),
)
