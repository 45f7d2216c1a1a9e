"""The update of `Accueil` after a command other than `sync`, which keeps the date of the last sync. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.plans import checked_plan, remembering
from eig_sheets.campaign.robot_sheets import journal_sheet
from eig_sheets.run.chart_numbers import NUMBERS
from eig_sheets.run.donnees_graphiques import TAB_ID as DATA
from eig_sheets.run.home import home_lines
from eig_sheets.run.known import Clock
from eig_sheets.run.nightly import Run
from eig_sheets.run.report import heartbeat_of, operation_of
from eig_sheets.run.sheets import Heartbeat, home_sheet
from eig_sheets.run.target import TargetState, target_state_of
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import journal


@dataclass(frozen=True, slots=True)
class HomeUpdate:
    """A plan that changes `Accueil` and the numbers of its charts alone, and what to remember once it is applied."""

    plan: Plan
    last_run: LastRun


def refreshed_home(target: TargetState, lines: Sequence[journal.Line], clock: Clock) -> list[Sheet]:
    """`Accueil` and the numbers of its charts as they should be now; none before the first sync.

    `lines`: those of the Journal, newest first.
    """
    last_success = heartbeat_of(target.reading)
    if last_success is None:
        return []
    pending, data = home_lines(target, lines, clock.now, clock.today), target.sheets.get(DATA)
    heartbeat = Heartbeat(last_success, clock.now.replace(second=0, microsecond=0))
    log = journal_sheet(target.reading, lines)
    home = home_sheet(target.reading, pending, heartbeat, log, data, target.results.of(NUMBERS))
    return [home] if data is None else [data, home]


def plan_home(run: Run, last_run: LastRun, clock: Clock) -> HomeUpdate:
    """The plan that brings `Accueil` up to date. Raises ValueError when the run could not read the workbook."""
    if run.results is None or run.emails is None:
        raise ValueError("a run that could not read the workbook has no results")
    reading = run.reading
    target = target_state_of(reading, run.results, run.emails.limited_to(()))
    sheets = refreshed_home(target, since_last_run.journal_lines(reading, last_run), clock)
    operations = [operation for sheet in sheets if (operation := operation_of(reading, sheet))]
    return HomeUpdate(checked_plan(reading, operations), remembering(reading, last_run, sheets))
