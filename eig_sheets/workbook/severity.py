"""Severity of anomalies, and the codes of those that stop a run: nothing is then written but the failure line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """`BLOCKING`: a result or an act rests on the cell, and takes the careful side; `WARNING` is only reported."""

    BLOCKING = "bloquant"
    WARNING = "avertissement"


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the catalogue of anomalies.

    `severity` is None where it depends on the column: blocking in those that something of the call rests on.
    """

    severity: Severity | None
    message: str
    remedy: str


_BLOCKING = Severity.BLOCKING

WORKBOOK_CODES: Final[dict[str, Code]] = {
    "classeur_sans_marque": Code(
        _BLOCKING,
        "Rien dans ce classeur ne porte la marque d’eig-sheets : rien n’y est écrit.",
        "Vérifiez que c’est bien le classeur de la campagne ; si oui, lancez d’abord « eig-sheets init ».",
    ),
    "onglet_absent": Code(
        _BLOCKING,
        "L’onglet « {tab} » est introuvable.{hint}",
        "S’il a été renommé, rendez-lui ce nom ou ajoutez le nouveau dans [workbook.tabs] de la configuration ; "
        "s’il n’a jamais existé, lancez « eig-sheets init ».",
    ),
    "onglet_ambigu": Code(
        _BLOCKING,
        "Plusieurs onglets peuvent être « {tab} » : {names}.",
        "Ne gardez ce nom que pour celui qui sert à la campagne.",
    ),
    "onglet_sans_en_tetes": Code(
        _BLOCKING,
        "L’onglet « {tab} » est vide ou n’a pas de ligne d’en-têtes dans ses dix premières lignes.{hint}",
        "Remettez la ligne d’en-têtes ; si l’onglet est tout à fait vide, « eig-sheets init » l’écrit.",
    ),
    "colonne_obligatoire_absente": Code(
        _BLOCKING,
        "La colonne obligatoire « {header} » manque dans l’onglet « {tab} ».{hint}",
        "Rétablissez cet en-tête, ou ajoutez le nom que vous lui donnez dans [workbook.headers] de la configuration.",
    ),
    "colonne_obligatoire_en_double": Code(
        _BLOCKING,
        "Plusieurs colonnes de l’onglet « {tab} » ont l’en-tête « {header} » : {cells}.",
        "Renommez celle qui est de trop.",
    ),
    "limite_sans_colonne": Code(
        _BLOCKING,
        "La limite n° {position} de la sélection porte sur « {value} », qui n’est pas une colonne de « {tab} ».{hint}",
        "Rétablissez cette colonne, ou corrigez [[selection.limits]] dans la configuration : une limite que rien ne "
        "vérifie ne serait pas respectée.",
    ),
    "nom_pris": Code(
        _BLOCKING,
        "L’onglet « {tab} » porte le nom d’un onglet du robot mais contient autre chose : il n’est pas touché.",
        "Renommez votre onglet ; le robot créera le sien.",
    ),
    "onglet_demesure": Code(
        _BLOCKING,
        "L’onglet « {tab} » a {value} lignes remplies ; le robot en lit {limit} au plus.",
        "Effacez celles qui sont de trop : souvent un collage, ou une colonne remplie jusqu’en bas de la feuille.",
    ),
    "onglet_trop_large": Code(
        _BLOCKING,
        "L’onglet « {tab} » a {value} cellules, jusqu’à la {column} ; le robot en lit {limit} au plus.",
        "Supprimez les lignes et les colonnes de trop : souvent un collage, ou un remplissage jusqu’au bord.",
    ),
    "onglets_demesures": Code(
        _BLOCKING,
        "Les onglets ont ensemble plus de lignes que le robot n’en lit : {value} dans « {tab} », {count} dans "
        "« {other} ».",
        "Effacez celles qui sont de trop : souvent un collage, ou une colonne remplie jusqu’en bas de la feuille.",
    ),
    "onglet_ampute": Code(
        _BLOCKING,
        "L’onglet « {tab} » avait {before} lignes remplies à la dernière exécution ; il en reste {now}.",
        "Rétablissez les lignes (historique des versions) ; si c’est voulu, lancez « eig-sheets sync --force ».",
    ),
}
"""Problems of the whole workbook: nothing is written but the failure line, which goes where a mark of ours is."""
