"""The anomaly of an evaluation whose dossier changed after it was scored."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

VERSION_CODES: Final[dict[str, Code]] = {
    "version_anterieure": Code(
        Severity.WARNING,
        "{value} a noté ce dossier sur une version antérieure : sa description a changé depuis. La note compte.",
        "Demandez-lui de relire le dossier et de confirmer ou corriger ses notes, puis de mettre la date du jour dans "
        "« Évalué le » ; avec sa page, de l’enregistrer de nouveau.",
    ),
}
