"""The anomalies of the teams that are proposed."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_ADJUST: Final = "Lancez « eig-sheets teams propose --adjust » : le moins possible de talents changent d’équipe."

TEAM_CODES: Final[dict[str, Code]] = {
    "equipe_caduque": Code(
        Severity.WARNING,
        "La candidature {value} était proposée dans l’équipe de ce projet, mais {reason} : l’équipe ne tient plus.",
        _ADJUST,
    ),
    "decide_hors_equipe": Code(
        Severity.WARNING,
        "La candidature {value} est décidée pour ce projet, mais l’équipe proposée est sans elle.",
        _ADJUST,
    ),
}
