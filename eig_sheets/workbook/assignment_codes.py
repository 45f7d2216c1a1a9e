"""The anomalies of who is to read which dossier, and to note which candidate."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

ASSIGNMENT_CODES: Final[dict[str, Code]] = {
    "affectation_caduque": Code(
        Severity.WARNING,
        "{value} devait lire ce dossier, mais {reason} : l’affectation ne compte plus.",
        "Lancez « eig-sheets jury assign --adjust » : le moins possible d’affectations changent.",
    ),
    "affectation_talent_caduque": Code(
        Severity.WARNING,
        "{value} devait noter ce candidat, mais {reason} : l’affectation ne compte plus.",
        "Lancez « eig-sheets --talents jury assign --adjust » : le moins possible d’affectations changent.",
    ),
}
