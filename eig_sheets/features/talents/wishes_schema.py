"""The export of the choices that candidates send, as a tab."""

from __future__ import annotations

from typing import Final

from eig_sheets.features.talents.settings import WISHES
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.workbook.fields import Field, Kind, TabSchema, email, text

CHOICES: Final = WISHES
"""The fields of the choices of an answer, under the ids of those of a candidate."""

WISHES_SCHEMA: Final = TabSchema(
    "voeux_recus",
    "Vœux reçus",
    Owner.ROBOT,
    "numero",
    (
        Field("numero", "N° de la réponse", required=True),
        text("candidature", "N° de candidature", 15),
        email("email", "E-mail"),
        *(text(choice, f"Vœu {place}") for place, choice in enumerate(CHOICES, 1)),
        Field("date_depot", "Date de dépôt", Kind.DATETIME),
        Field("modifie_le", "Réponse modifiée le", Kind.DATETIME),
    ),
)
"""`modifie_le`: when the person last changed the answer, where the export says it of the form alone."""
