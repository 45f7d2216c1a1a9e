"""The anomalies of what Démarche Numérique tells of a dossier that is in the workbook."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

DEMARCHE_CODES: Final[dict[str, Code]] = {
    "dossier_supprime": Code(
        Severity.WARNING,
        "Dossier supprimé sur Démarche Numérique le {day}, {reason}.",
        "Si son porteur se retire, saisissez « Désisté » en « {header} » ; la ligne reste.",
    ),
    "candidature_supprimee": Code(
        Severity.WARNING,
        "Candidature supprimée sur Démarche Numérique le {day}, {reason}.",
        "Si la personne se retire, saisissez « Désisté » en « {header} » ; la ligne reste.",
    ),
}
