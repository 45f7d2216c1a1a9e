"""Anomalies of the rules that say who may see and change what."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_BLOCKING, _WARNING = Severity.BLOCKING, Severity.WARNING

ACCESS_CODES: Final[dict[str, Code]] = {
    "regle_contraire": Code(
        _WARNING,
        "La règle d’accès « {value} », écrite par l’équipe, passe avant celle du robot : d’autres que lui peuvent "
        "changer la table « {tab} », qu’il tient.",
        "Dans « Droits d’accès », supprimez cette règle ou retirez-lui ce droit : ce qui est saisi dans cette table "
        "est écrasé à la synchronisation suivante.",
    ),
    "colonne_ouverte": Code(
        _WARNING,
        "La règle d’accès « {value} », écrite par l’équipe, passe avant celle qui réserve « {header} » aux "
        "responsables, ou en tient lieu.",
        "Dans « Droits d’accès », retirez « {header} » de cette règle, puis lancez « eig-sheets init » ; ou gardez-la "
        "si les personnes qu’elle vise peuvent décider.",
    ),
    "auteurs_alteres": Code(
        _BLOCKING,
        "« {header} », où Grist écrit qui a saisi « {what} », n’est plus comme « eig-sheets init » l’a faite : on ne "
        "sait plus qui a décidé, et rien de ce qui s’y décide ne compte.",
        "Relisez chaque « {what} », puis lancez « eig-sheets init » : il refait cette colonne et reprend les valeurs "
        "présentes.",
    ),
    "regle_montre_aux_jures": Code(
        _WARNING,
        "La règle d’accès « {value} », écrite par l’équipe, passe avant celles du robot : elle peut montrer aux jurés "
        "plus que leurs propres lignes.",
        "Dans « Droits d’accès », nommez dans sa condition les personnes qu’elle vise (user.Email), ou supprimez-la.",
    ),
}
