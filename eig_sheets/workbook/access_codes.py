"""Anomalies of who may see and change what, in a workbook that knows people by their addresses."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_BLOCKING, _WARNING = Severity.BLOCKING, Severity.WARNING

ACCESS_CODES: Final[dict[str, Code]] = {
    "auteurs_alteres": Code(
        _BLOCKING,
        "« {header} », où Grist écrit qui a saisi « {what} », n’est plus comme « eig-sheets init » l’a faite : on ne "
        "sait plus qui a décidé, et rien de ce qui s’y décide ne compte.",
        "Relisez chaque « {what} », puis lancez « eig-sheets init » : il refait cette colonne et reprend les valeurs "
        "présentes.",
    ),
    "compte_inconnu": Code(
        _WARNING,
        "Le document est partagé avec {value}, qui n’est ni responsable, ni de l’équipe, ni dans « {tab} » sous cette "
        "adresse : ce compte n’y lit rien.",
        "Retirez-lui l’accès (« Partager > Gérer les utilisateurs ») ; ou ajoutez-le à « {tab} », ou à [workbook] "
        "officers ou team.",
    ),
    "acces_public": Code(
        _WARNING,
        "Le document est ouvert à toute personne qui en a le lien. Les règles d’accès n’y laissent rien lire, mais "
        "rien ne demande cette ouverture.",
        "« Partager > Gérer les utilisateurs » : retirez l’accès public.",
    ),
    "ligne_non_vue": Code(
        _WARNING,
        "L’adresse de cette ligne n’est pas écrite exactement comme celle du juré, {value} : il ne voit pas la ligne.",
        "Effacez la cellule et tapez l’adresse seule, sans espace.",
    ),
}
