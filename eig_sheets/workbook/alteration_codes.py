"""Anomalies of what others made of the access and the definitions on which sending rests: they stop every message."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_STOPPED: Final = "Aucun message ne part."

STOPPING: Final[dict[str, Code]] = {
    "acces_ouvert": Code(
        Severity.BLOCKING,
        "Ce document n’est pas encore fermé : toute personne avec qui il est partagé, et que les règles d’accès ne "
        f"nomment pas, y lit tout. {_STOPPED}",
        "Lancez « eig-sheets init », qui ferme le document à qui n’est ni responsable, ni de l’équipe "
        "([workbook] officers et team), ni juré.",
    ),
    "acces_altere": Code(
        Severity.BLOCKING,
        f"Les règles d’accès ne sont plus celles que le robot a écrites : {{value}}. {_STOPPED}",
        "Un propriétaire du document regarde dans l’historique qui les a changées, et ce qui a été lu ou saisi "
        "depuis ; puis « eig-sheets sync » les remet.",
    ),
    "envois_incomplets": Code(
        Severity.BLOCKING,
        f"« {{tab}} » ne dit plus ce qui est parti, que la table de service du robot garde : {{value}}. {_STOPPED}",
        "Lancez « eig-sheets sync », de préférence sur la machine qui envoie d’habitude : « {tab} » est rétabli, et "
        "rien ne repart. L’historique du document dit qui l’a changé.",
    ),
    "table_alteree": Code(
        Severity.BLOCKING,
        "« {header} », de la table « {tab} » que tient le robot, calcule ses valeurs ou a changé de type : ce qu’elle "
        f"montre n’est plus ce qu’il a écrit. {_STOPPED}",
        "Lancez « eig-sheets sync », qui la rétablit. L’historique du document dit qui l’a changée.",
    ),
    "colonne_en_formule": Code(
        Severity.BLOCKING,
        f"« {{header}} », que seuls les responsables saisissent, a une formule qui la remplit. {_STOPPED}",
        "À faire par un propriétaire du document ou un responsable : « Convertir la colonne en données », videz sa "
        "formule, puis vérifiez chacune de ses valeurs. L’historique du document dit qui l’a mise.",
    ),
    "auteurs_alteres": Code(
        Severity.BLOCKING,
        "« {header} », où Grist écrit qui a saisi « {value} », n’est plus comme « eig-sheets init » l’a faite : on ne "
        f"sait plus qui a décidé, et rien de ce qui s’y décide ne compte. {_STOPPED}",
        "Relisez chaque « {value} », puis lancez « eig-sheets init » : il refait cette colonne et reprend les valeurs "
        "présentes. L’historique du document dit qui l’a changée.",
    ),
    "formulaire_publie": Code(
        Severity.BLOCKING,
        "Un formulaire publié ajoute des lignes à « {tab} » quelles que soient les règles d’accès : qui a son lien "
        f"peut y décider ou y valider. {_STOPPED}",
        "À faire par un propriétaire du document : dans ce formulaire, « Dépublier », puis vérifiez les lignes qu’il a "
        "ajoutées.",
    ),
}
"""While one of them stands, nothing is sent."""

ALTERATION_CODES: Final[dict[str, Code]] = {
    **STOPPING,
    "formulaire_ouvert": Code(
        Severity.WARNING,
        "Un formulaire publié ajoute des lignes à « {tab} » quelles que soient les règles d’accès.",
        "S’il n’est pas voulu, un propriétaire du document y clique sur « Dépublier ».",
    ),
}
