"""The register's entry of the decider's sheet."""

from typing import Final

from eig_sheets.personal_data import Fate, Holding, Place

HOLDING: Final = Holding(
    "fiche_decision",
    Place.PRODUCED,
    "fiche-decision….docx (« decision-sheet »)",
    ("fiche-decision*.docx",),
    "projets lauréats et de la liste d’attente, montants, motifs",
    "personne, sauf ce que dit un motif",
    "faire signer la liste des lauréats",
    Fate.KEPT,
    why_kept="Signée, elle est la décision : à verser au service d’archives, avec le procès-verbal.",
    writers=("eig_sheets.documents.files",),
)
