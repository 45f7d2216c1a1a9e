"""Anomalies of the state that a dossier has on the platform."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

STATE_CODES: Final[dict[str, Code]] = {
    "dossier_modifiable": Code(
        _WARNING,
        "Le dossier était « {value} » sur la plateforme à l’import, et l’appel est clos depuis le {limit} : son "
        "porteur peut encore le modifier.",
        "Passez-le en instruction sur la plateforme, puis saisissez « En instruction » dans « {header} ».",
    ),
    "dossier_retire": Code(
        _WARNING,
        "Le dossier est « {value} » sur la plateforme, et rien ne le dit ici : il compte avec les autres.",
        "S’il est retiré, saisissez « Désisté » dans « {column} » ; sinon, corrigez « {header} ».",
    ),
    "candidature_retiree": Code(
        _WARNING,
        "La candidature est « {value} » sur la plateforme, et rien ne le dit ici : elle compte avec les autres.",
        "Si elle est retirée, saisissez « Désisté » dans « {column} » ; sinon, corrigez « {header} ».",
    ),
}
