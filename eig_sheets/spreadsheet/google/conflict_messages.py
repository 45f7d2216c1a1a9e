"""Errors for a spreadsheet that changed during a run: what happened, in French, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eig_sheets.spreadsheet.google.error_messages import quoted
from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError
from eig_sheets.text.french import listed, listed_first, typographic


def outdated_plan() -> MovedError:
    """The error for a plan that was made from another reading."""
    return _moved_error("Le classeur a été relu ou écrit depuis ce calcul : rien n’a été écrit. Relancez la commande.")


def concurrent_run() -> MovedError:
    """The error for another run that wrote after this one read (guarantee G10)."""
    return _moved_error(
        "Une autre exécution d’eig-sheets a écrit dans ce classeur pendant celle-ci : rien n’a été écrit. "
        "Attendez sa fin, puis relancez la commande."
    )


def inconsistent_reads() -> WorkbookError:
    """The error for a reading whose calls contradict each other at each attempt."""
    return WorkbookError(
        typographic(
            "Le classeur change sans cesse : deux lectures de suite se contredisent. Rien n’a été écrit ; relancez "
            "la commande dans une minute."
        )
    )


def inapplicable_plan(detail: str) -> MovedError:
    """The error for a plan that cannot be applied to the spreadsheet as it was read."""
    return _moved_error(
        f"Ce qui devait être écrit n’a pas sa place dans le classeur ({detail}) : rien n’a été écrit. "
        "Relancez la commande ; si cela se répète, prévenez la personne qui maintient eig-sheets."
    )


def partially_applied() -> WorkbookError:
    """The error for a batch that Google refused but did in part."""
    return unexpected_behaviour("un lot qu’il a refusé est pourtant en partie écrit")


def unexpected_behaviour(what: str) -> WorkbookError:
    """The error for a behaviour of Google that breaks what we rely on: what was written may be wrong."""
    return WorkbookError(
        typographic(
            f"L’écriture a eu lieu, mais Google n’a pas fait ce que le robot attend de lui : {what}. Vérifiez dans le "
            "classeur les dernières lignes et colonnes ajoutées, n’envoyez aucun e-mail, et prévenez la personne qui "
            "maintient eig-sheets (scripts/live_check.py dit ce qui a changé)."
        )
    )


def refused_additions(tabs: Mapping[str, str]) -> str:
    """The message for what Google does not let us add to people's tabs; `tabs` maps each name to Google's words."""
    named, words = listed(f"« {tab} »" for tab in tabs), quoted(next(iter(tabs.values()), ""))
    text = (
        f"Google refuse ce que le robot ajoute à {named}, ou quelqu’un change cet onglet en ce moment même : rien n’y "
        "a été écrit. S’il contient un tableau (« Convertir en tableau »), convertissez-le en plage (flèche à droite "
        "de son nom) ; s’il est protégé, ajoutez le robot aux personnes autorisées dans « Données > Protéger des "
        f"feuilles et des plages ». Puis relancez la commande. Réponse de Google : {words}"
    )
    return typographic(text)


def misplaced_header(tab: str, header: str, cell: str) -> WorkbookError:
    """The error for headers that somebody moved while a column was added to their tab."""
    return WorkbookError(
        typographic(
            f"Quelqu’un a déplacé les en-têtes de « {tab} » pendant l’écriture : l’en-tête « {header} » d’une colonne "
            f"neuve n’est pas en {cell}. Mettez-le dans cette cellule, puis relancez la commande."
        )
    )


def concurrent_edit(tab: str) -> MovedError:
    """The error for cells that somebody changed in a robot's column that was about to be repaired."""
    return _moved_error(
        f"Quelqu’un change les en-têtes de « {tab} », ou une colonne du robot, en ce moment même : le robot n’y touche "
        "pas. Relancez la commande."
    )


class MisplacedRowsError(WorkbookError):
    """A column moved while rows were added to its tab, which the preconditions did not stop."""


def misplaced_rows() -> MisplacedRowsError:
    """The error for it."""
    return MisplacedRowsError(
        typographic(
            "Quelqu’un a déplacé une colonne pendant l’écriture : les dernières lignes ajoutées (e-mails ou dossiers) "
            "ont leurs valeurs sous d’autres en-têtes. Remettez chaque valeur sous le sien, puis relancez la commande."
        )
    )


def overwritten_rows(tab: str, row: int) -> WorkbookError:
    """The error for a row that was beside added rows, and is not there any more."""
    return WorkbookError(
        typographic(
            f"La ligne {row} de « {tab} » n’est plus là, juste après que des lignes y ont été ajoutées : quelqu’un l’a "
            "effacée à cet instant, ou Google a écrit dessus. Regardez l’historique des versions, rétablissez-la, puis "
            "relancez la commande."
        )
    )


def not_as_written(tab: str, cells: Sequence[str]) -> str:
    """The warning about cells of a robot's tab that do not hold what was just written there."""
    return typographic(
        f"« {tab} » : ce que le robot relit en {listed_first(cells)} n’est pas ce qu’il vient d’y écrire. Quelqu’un "
        "l’a changé à cet instant, ou Google ne le garde pas : l’exécution suivante le dira."
    )


def _moved_error(text: str) -> MovedError:
    return MovedError(typographic(text))
