"""What is said when the spreadsheet moved under a run, in French and with what to do."""

from __future__ import annotations

from eig_sheets.french import typographic
from eig_sheets.workbook.base import MovedError, WorkbookError


def stale() -> MovedError:
    """The plan was made of another reading."""
    return _moved("Le classeur a été relu ou écrit depuis ce calcul : rien n’a été écrit. Relancez la commande.")


def overtaken() -> MovedError:
    """Another run wrote in between (guarantee G10)."""
    return _moved(
        "Une autre exécution d’eig-sheets a écrit dans ce classeur pendant celle-ci : rien n’a été écrit. "
        "Attendez sa fin, puis relancez la commande."
    )


def restless() -> WorkbookError:
    """Two readings contradict each other, several times over."""
    return WorkbookError(
        typographic(
            "Le classeur change sans cesse : deux lectures de suite se contredisent. Rien n’a été écrit ; relancez "
            "la commande dans une minute."
        )
    )


def impossible(detail: str) -> MovedError:
    """The plan has no place in the spreadsheet as it was read."""
    return _moved(
        f"Ce qui devait être écrit n’a pas sa place dans le classeur ({detail}) : rien n’a été écrit. "
        "Relancez la commande ; si cela se répète, prévenez la personne qui maintient eig-sheets."
    )


def partial() -> WorkbookError:
    """A batch was refused, and some of it was done."""
    return unexpected("un lot qu’il a refusé est pourtant en partie écrit")


def unexpected(what: str) -> WorkbookError:
    """Google did otherwise than everything here relies on: what was written is there, and may be wrong."""
    return WorkbookError(
        typographic(
            f"L’écriture a eu lieu, mais Google n’a pas fait ce que le robot attend de lui : {what}. Vérifiez dans le "
            "classeur les dernières lignes et colonnes ajoutées, n’envoyez aucun e-mail, et prévenez la personne qui "
            "maintient eig-sheets (scripts/live_check.py dit ce qui a changé)."
        )
    )


def misplaced_header(tab: str, header: str, cell: str) -> WorkbookError:
    """A column was added while somebody moved the headers of its tab."""
    return WorkbookError(
        typographic(
            f"Quelqu’un a déplacé les en-têtes de « {tab} » pendant l’écriture : l’en-tête « {header} » d’une colonne "
            f"neuve n’est pas en {cell}. Mettez-le dans cette cellule, puis relancez la commande."
        )
    )


def unsettled(tab: str) -> MovedError:
    """The cells of a robot's column that was about to be mended are not as they were read."""
    return _moved(
        f"Quelqu’un change les en-têtes de « {tab} », ou une colonne du robot, en ce moment même : le robot n’y touche "
        "pas. Relancez la commande."
    )


def misplaced() -> WorkbookError:
    """Rows were added while somebody moved a column of their tab, and Google did not hold the batch back."""
    return WorkbookError(
        typographic(
            "Quelqu’un a déplacé une colonne pendant l’écriture : les dernières lignes ajoutées (e-mails ou dossiers) "
            "ont leurs valeurs sous d’autres en-têtes. Remettez chaque valeur sous le sien, puis relancez la commande."
        )
    )


def _moved(text: str) -> MovedError:
    return MovedError(typographic(text))
