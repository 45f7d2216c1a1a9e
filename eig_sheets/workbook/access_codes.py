"""Anomalies of who may see and change what, in a workbook that knows people by their addresses."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

ACCESS_CODES: Final[dict[str, Code]] = {
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
