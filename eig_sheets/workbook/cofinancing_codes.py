"""The anomalies of what co-financing is computed from, or paid to."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

COFINANCING_CODES: Final[dict[str, Code]] = {
    "simulation_a_verifier": Code(
        _WARNING,
        "Coût de {value} pour un EIG, alors que l’estimation est de {limit} : total d’équipe ? coût mensuel ?",
        "Demandez au porteur le coût total employeur d’un seul EIG, sur toute la durée du contrat.",
    ),
    "siret_douteux": Code(
        _WARNING,
        "« {header} » : « {value} » {reason}.",
        "Vérifiez-le avec le contact gestion, ou videz la cellule : les annexes diront qu’il est à compléter.",
    ),
}
