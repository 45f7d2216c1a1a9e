"""Plans of a call: proved to stay inside what the robot owns, with the readers that the workbook should have. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import is_taken, journal_sheet
from eig_sheets.spreadsheet.model.access import CloseAccess
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.plan import CreateTab, Operation, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import diff, journal
from eig_sheets.workbook.ownership_check import check_ownership
from eig_sheets.workbook.readers import access_change, access_of, readers_of
from eig_sheets.workbook.requested_changes import NOTHING, Requested


def reader_changes(reading: Reading) -> Iterator[CloseAccess]:
    """The change of readers and access rules, in a workbook whose access `init` has restricted."""
    if reading.snapshot.access.access is not None:
        yield from access_changes(reading)


def access_changes(reading: Reading) -> Iterator[CloseAccess]:
    """The change to the readers and access rules that the campaign asks for, where the workbook differs."""
    settings = reading.campaign.workbook
    readers = readers_of(settings.officers, settings.team, reading.tables)
    if change := access_change(reading.snapshot, access_of(reading.schema, settings.officers), readers):
        yield change


def tab_of(operation: Operation) -> str:
    """The tab that an operation changes."""
    match operation:
        case CreateTab(sheet=sheet) | ReplaceTab(sheet=sheet):
            return sheet.name
        case _:
            return operation.tab


def checked_plan(reading: Reading, operations: Sequence[Operation], requested: Requested = NOTHING) -> Plan:
    """The plan of these operations, which touch nothing but what is the robot's, or was asked for (guarantee G1).

    Raises WorkbookError where nothing is the robot's: only `init` writes there (guarantee G16).
    """
    for problem in reading.unmarked if operations else ():
        raise WorkbookError(f"{problem.message} {problem.remedy}")
    plan = Plan(reading.snapshot.version, tuple(operations))
    check_ownership(plan, reading.snapshot, reading.layout, reading.schema, requested)
    return plan


def journal_with(reading: Reading, last_run: LastRun, line: journal.Line) -> Sheet:
    """The Journal with one more line."""
    return journal_sheet(reading, [line, *since_last_run.journal_lines(reading, last_run)])


def written(reading: Reading, sheet: Sheet) -> list[Operation]:
    """The operation that brings a robot's tab up to date, if any; none when its name is people's, or it is refused."""
    name = reading.layout.robot_tabs.get(sheet.id)
    taken = name is None and is_taken(sheet.name, reading)
    operation = None if taken else diff.robot_tab(sheet, reading.layout, reading.snapshot)
    return [] if operation is None or name in reading.snapshot.refused else [operation]


def remembering(reading: Reading, last_run: LastRun, sheets: Sequence[Sheet]) -> LastRun:
    """The last run with these tabs as they are written; as it was when another machine wrote since."""
    if not since_last_run.is_of_the_last_run(reading, last_run):
        return last_run
    now_there = {sheet.id: sheet for sheet in sheets if sheet.name not in reading.snapshot.refused}
    return replace(last_run, outputs={**last_run.outputs, **since_last_run.outputs_of(now_there)})
