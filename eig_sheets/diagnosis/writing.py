"""Findings about a write trial: what the robot wrote, read again and took back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.text.french import listed_first
from eig_sheets.workbook.model.diagnosis import Finding, attention, error, of_exception, ok

TRIAL: Final = "Essai d’écriture"
_TRY_AGAIN: Final = (
    "Relancez « eig-sheets doctor --canary » ; si cela dure, transmettez ce message à la personne qui maintient "
    "l’outil."
)


def of_success(tab: str, *, had_left_over: bool) -> Finding:
    """The finding of a trial that went to its end; `had_left_over`: after one that had not."""
    before = " Une ligne d’un essai interrompu y restait : elle est effacée aussi." if had_left_over else ""
    return ok(TRIAL, f"Une ligne écrite dans « {tab} » a été relue à l’identique, puis effacée.{before}")


def of_difference(tab: str, cells: Sequence[str], *, taken_back: bool) -> Finding:
    """The finding of cells that are not read as they were written, or that stay once they were taken back."""
    what = (
        "n’est pas effacé alors que l’écriture a été acceptée"
        if taken_back
        else "n’est pas ce qui vient d’y être écrit"
    )
    return error(TRIAL, f"Ce que le robot relit dans « {tab} », en {listed_first(cells)}, {what}.", _TRY_AGAIN)


def of_taken_name(tab: str) -> Finding:
    """The finding of a tab of people's under the name of the trial's."""
    return error(
        TRIAL,
        f"Un onglet « {tab} » qui n’est pas du robot est dans le classeur : l’essai n’y écrit rien.",
        "Renommez cet onglet, puis relancez la commande.",
    )


def of_refusal(tab: str, reason: str) -> Finding:
    """The finding of a tab that the spreadsheet program does not let the robot write."""
    return error(
        TRIAL,
        f"Le tableur refuse que le robot écrive dans « {tab} » ({reason}).",
        "Retirez la protection que quelqu’un y a posée, ou supprimez cet onglet : l’essai suivant le refait.",
    )


def of_busy(failure: Exception) -> Finding:
    """The finding of a workbook that somebody holds: nothing was tried, which is not the robot's failure."""
    finding = of_exception(TRIAL, failure)
    return attention(TRIAL, f"L’essai n’a pas eu lieu. {finding.message}", finding.remedy)


def of_another() -> Finding:
    """The finding of a trial that another machine's kept replacing."""
    return attention(
        TRIAL,
        "L’essai n’a pas eu lieu. Une autre machine fait le sien dans le même classeur, à l’instant.",
        "Relancez dans une minute ; si une tâche le fait sur chacune, donnez-leur des minutes différentes.",
    )
