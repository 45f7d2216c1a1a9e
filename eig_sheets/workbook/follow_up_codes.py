"""The anomalies of the ten months: dates that no longer follow their rule, what a project opened and nobody told."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

FOLLOW_UP_CODES: Final[dict[str, Code]] = {
    "jalons_decales": Code(
        _WARNING,
        "« {value} » est au {now}, la règle donne aujourd’hui le {expected} ; échéances de ce projet dans ce cas : "
        "{count}.",
        "Corrigez les échéances (« eig-sheets follow-up status » donne celles de la règle), ou laissez-les : le robot "
        "ne les change jamais.",
    ),
    "jalon_ressemblant": Code(
        _WARNING,
        "« {value} » en « {header} » ressemble à « {expected} », prévu pour ce projet et qu’aucune ligne ne nomme.",
        "Rendez-lui ce nom si c’est lui : « follow-up generate » l’ajouterait de nouveau ; sinon, rien à faire.",
    ),
    "bilan_absent": Code(
        _WARNING,
        "L’expérimentation est terminée et rien ne dit dans « {where} » ce que ce projet a ouvert.",
        "Ajoutez dans « {where} » une ligne par livrable, même non ouvert, ou une seule, « Autre », qui dise pourquoi.",
    ),
    "lien_illisible": Code(
        _WARNING,
        "« {value} » en « {header} » n’est pas l’adresse d’une page.",
        "Collez l’adresse complète, telle que le navigateur la montre.",
    ),
    "licence_absente": Code(
        _WARNING,
        "Ce livrable est ouvert et « {header} » est vide.",
        "Choisissez sa licence : sans elle, personne n’a le droit de le réutiliser.",
    ),
}
