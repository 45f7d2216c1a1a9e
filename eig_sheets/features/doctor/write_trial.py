"""A write trial: the plan of one row in a tab of its own, then of none, and the findings that it makes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.campaign.plans import checked_plan
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.robot_sheets import blank_sheet, is_taken
from eig_sheets.config import Campaign
from eig_sheets.features.doctor.tab import TAB, WriteTrial, rows
from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, of_exception, ok
from eig_sheets.spreadsheet.model.plan import Change, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import listed_first
from eig_sheets.workbook import diff

TRIAL: Final = "Essai d’écriture"
VERSIONS_FOLDER: Final = "versions-essai"
"""In the state folder: the versions of a local workbook before a trial."""
_TRY_AGAIN: Final = (
    "Relancez « eig-sheets doctor --canary » ; si cela dure, transmettez ce message à la personne qui maintient "
    "l’outil."
)


@dataclass(frozen=True, slots=True)
class TrialPlan:
    """What a trial has to write; an empty plan when the tab holds what it should, which is how a write is verified.

    `tab`: its name in the workbook. `differences`: the cells that are not as they should be. `token`: the text of the
    row that is there, '' without. `name_taken`: a tab of people's has that name. `refused`: why the spreadsheet program
    does not let us write it.
    """

    tab: str
    plan: Plan
    differences: tuple[Change, ...] = ()
    token: str = ""
    name_taken: bool = False
    refused: str = ""

    @property
    def is_left_over(self) -> bool:
        """Whether there is a row."""
        return bool(self.token)


def plan_trial(snapshot: Snapshot, campaign: Campaign, trial: WriteTrial | None) -> TrialPlan:
    """The plan that makes the tab hold this trial alone; None: nothing but its headers."""
    reading = read(snapshot, campaign)
    sheet = replace(blank_sheet(TAB, reading), rows=rows(trial))
    is_ours = TAB in reading.layout.robot_tabs
    nothing = Plan(snapshot.version)
    if not is_ours and is_taken(sheet.name, reading):
        return TrialPlan(sheet.name, nothing, name_taken=True)
    if sheet.name in snapshot.refused:
        return TrialPlan(sheet.name, nothing, refused=snapshot.refused[sheet.name])
    operation = diff.robot_tab(sheet, reading.layout, snapshot)
    tab = snapshot.tab(sheet.name)
    return TrialPlan(
        sheet.name,
        checked_plan(reading, [operation] if operation else []),
        tuple(Plan("", (ReplaceTab(sheet.name, sheet),)).changes(snapshot)) if is_ours else (),
        str(tab.value(sheet.header_row + 1, 0) or " ") if is_ours and tab and len(tab.rows) > sheet.header_row else "",
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
