"""The plan of a run that failed: one line in the Journal, once a day for the same cause. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.plans import checked_plan
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.robot_sheets import journal_sheet
from eig_sheets.config import Campaign
from eig_sheets.run.report import operation_of
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import journal
from eig_sheets.workbook.locate import NAME_TAKEN
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.quoting import for_officers


def plan_failure(
    snapshot: Snapshot,
    campaign: Campaign,
    last_run: LastRun,
    now: datetime,
    what: str,
    remedy: str,
    *,
    among: int = 1,
) -> Plan:
    """The plan that only writes, in the Journal, that a run failed for a cause outside the workbook. Pure.

    Once a day for the same cause: not when one of the newest lines, as many as `among`, says so; once an hour, where
    something succeeded in between.
    """
    return failure_line(read(snapshot, campaign), last_run, now, what, remedy, among)


def failure_line(reading: Reading, last_run: LastRun, now: datetime, what: str, remedy: str, among: int = 1) -> Plan:
    """As `plan_failure`, of a reading; an empty plan when the newest lines say it, or when it cannot be written."""
    line = journal.line(now, journal.FAILED, what, for_officers(remedy))
    old = since_last_run.journal_lines(reading, last_run)
    own_name = reading.schema.robot_tabs["journal"]
    name_is_taken = any(
        problem.kind is NAME_TAKEN and squeezed(problem.tab) == squeezed(own_name) for problem in reading.problems
    )
    if _is_said(line, old[:among]) or name_is_taken or reading.unmarked:
        return checked_plan(reading, [])
    operation = operation_of(reading, journal_sheet(reading, [line, *old]))
    return checked_plan(reading, [operation] if operation else [])


def _is_said(line: journal.Line, newest: Sequence[journal.Line]) -> bool:
    """Whether one of the newest lines says the same on the same day; one that a success hides counts for an hour."""
    moment, hidden = line.moment, False
    for former in newest:
        if former[1:] == line[1:]:
            is_recent = moment - former.moment < _HIDDEN if hidden else former.moment.date() == moment.date()
            return is_recent and former.moment <= moment
        hidden = hidden or former.result == journal.DONE
    return False


_HIDDEN: Final = timedelta(hours=1)
"""`Accueil` repeats the newest line alone: a failure that is not over is said again, but not at each run."""
