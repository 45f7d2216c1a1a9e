"""The plan of a write trial: one row in a tab of its own, then that row taken back. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eig_sheets.campaign.reading import read
from eig_sheets.config import Campaign
from eig_sheets.sync.sheets import blank_sheet, is_taken
from eig_sheets.sync.target import checked_plan
from eig_sheets.workbook import diff
from eig_sheets.workbook.model.plan import Change, Plan, ReplaceTab
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.render.essai_ecriture import TAB, WriteTrial, rows


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
