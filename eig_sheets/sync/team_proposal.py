"""The plan of `teams propose`: the tab `Équipes proposées` and a line of the Journal, in one write. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recorded_teams import TAB, recorded_teams, shown_teams
from eig_sheets.campaign.team_proposal import Teaming, teaming
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.importing import journal_with, remembering, written
from eig_sheets.sync.sheets import blank_sheet
from eig_sheets.sync.target import checked_plan
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook.model.plan import Plan
from eig_sheets.workbook.render import equipes, journal


@dataclass(frozen=True, slots=True)
class TeamsRun:
    """What `teams propose` does to a workbook, and what to remember once its plan is applied.

    The plan is empty when demands have to be relaxed.
    """

    reading: Reading
    outcome: Teaming
    plan: Plan
    last_run: LastRun


def plan_teams(reading: Reading, last_run: LastRun, now: datetime, *, adjust: bool = False) -> TeamsRun:
    """The plan of the best teams; `adjust`: as few as possible of the talents that are recorded move."""
    outcome = teaming(reading, recorded_teams(reading, last_run), adjust=adjust)
    if outcome.proposal.relaxed:
        return TeamsRun(reading, outcome, checked_plan(reading, []), last_run)
    sheets = []
    if outcome.rows or TAB in reading.layout.robot_tabs:
        sheets.append(
            replace(blank_sheet(TAB, reading), rows=equipes.rows(shown_teams(reading, outcome.call, outcome.rows)))
        )
    operations = [operation for sheet in sheets for operation in written(reading, sheet)]
    if operations:
        sheets.append(journal_with(reading, last_run, journal.line(now, journal.DONE, _sentence(outcome))))
        operations += written(reading, sheets[-1])
    return TeamsRun(reading, outcome, checked_plan(reading, operations), remembering(reading, last_run, sheets))


def _sentence(outcome: Teaming) -> str:
    placed, before = {*outcome.proposal.placed}, {*dict(outcome.before)}
    parts = [
        plural(outcome.proposal.worth.served, "projet servi", "projets servis"),
        plural(len(placed - before), "talent ajouté", "talents ajoutés"),
    ]
    parts += [plural(len(before - placed), "retiré")] if before - placed else []
    return f"Équipes proposées : {listed(parts)}."
