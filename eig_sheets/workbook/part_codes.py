"""Anomalies of two workbooks: projects in one, candidates in the other."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

PART_CODES: Final[dict[str, Code]] = {
    "onglet_ailleurs": Code(
        Severity.WARNING,
        "L’onglet « {tab} » est d’un autre classeur, le {where} : rien n’en est lu ici.",
        "Recopiez ses lignes dans le {where}, vérifiez-les, puis supprimez cet onglet : le robot n’y touche pas.",
    ),
}
