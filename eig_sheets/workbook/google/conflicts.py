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
