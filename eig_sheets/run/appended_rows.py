"""Rows that are appended to people's tabs: by features in a run, by commands, with their line of Journal. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.vanished_rows import with_rows_added
from eig_sheets.spreadsheet.model.cells import CellValue, WrittenValue, as_read
from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, Operation, Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import diff, journal
from eig_sheets.workbook.anomalies import Anomaly


@dataclass(frozen=True, slots=True)
class Appended:
    """What is added to a workbook: `operations`, if any.

    `reading`: the workbook as if they were done already. `last_run`: the one before this run, with what is to be
    remembered of them once they are. `refusals`: what the spreadsheet program does not let be added.
    """

    reading: Reading
    last_run: LastRun
    operations: tuple[AppendRows | CreateTab, ...] = ()
    refusals: tuple[Anomaly, ...] = ()

    def around(self, others: Sequence[Operation]) -> tuple[Operation, ...]:
        """All operations of a run: rows are there before the robot names their project; new tabs come last."""
        appended = (operation for operation in self.operations if isinstance(operation, AppendRows))
        created = (operation for operation in self.operations if isinstance(operation, CreateTab))
        return (*appended, *others, *created)


@dataclass(frozen=True, slots=True, eq=False)
class AppendedRows:
    """What a feature adds in a run: `plan`, of a reading, what the last run left, and the day."""

    plan: Callable[[Reading, LastRun, date], Appended]


def appended_rows(reading: Reading, last_run: LastRun, today: date) -> Appended:
    """What all features add: each reads what those before it added."""
    added = Appended(reading, last_run)
    for part in reading.campaign.features.parts(AppendedRows):
        more = part.plan(added.reading, added.last_run, today)
        operations, refusals = (*added.operations, *more.operations), (*added.refusals, *more.refusals)
        added = Appended(more.reading, more.last_run, operations, refusals)
    return added


Row = Mapping[str, WrittenValue]
"""Field id → value, blanks left out."""


@dataclass(frozen=True, slots=True)
class AddedRows:
    """Rows that a command appends to a tab, its plan, and what to remember once it is applied."""

    reading: Reading
    rows: tuple[Row, ...]
    plan: Plan
    last_run: LastRun


@dataclass(frozen=True, slots=True)
class WithAddedRows:
    """Rows that a command appends, and what more it says of them."""

    added: AddedRows

    @property
    def reading(self) -> Reading:
        """The workbook as it was read."""
        return self.added.reading

    @property
    def plan(self) -> Plan:
        """What is to be written."""
        return self.added.plan

    @property
    def last_run(self) -> LastRun:
        """What the next run needs."""
        return self.added.last_run


def added_rows(
    reading: Reading, tab_id: str, rows: Sequence[Row], last_run: LastRun, now: datetime, what: str
) -> AddedRows:
    """Append these rows, and one line `what` to the Journal; nothing at all when there are none."""
    if not rows:
        return AddedRows(reading, (), checked_plan(reading, []), last_run)
    sheet = journal_with(reading, last_run, journal.line(now, journal.DONE, what))
    operations = [diff.append(reading.layout.tabs[tab_id], [*rows]), *written(reading, sheet)]
    plan = checked_plan(reading, operations)
    remembered = with_rows_added(remembering(reading, last_run, [sheet]), reading, plan)
    return AddedRows(reading, tuple(rows), plan, remembered)


def with_rows(snapshot: Snapshot, operation: AppendRows | CreateTab) -> Snapshot:
    """The snapshot after the operation; only the cells of that tab differ."""
    if isinstance(operation, CreateTab):
        return replace(snapshot, tabs=(*snapshot.tabs, _made(operation, snapshot)))
    inserts = snapshot.capabilities.inserts_rows
    tabs = (_appended(tab, operation, inserts=inserts) if tab.name == operation.tab else tab for tab in snapshot.tabs)
    return replace(snapshot, tabs=tuple(tabs))


def _made(operation: CreateTab, snapshot: Snapshot) -> TabSnapshot:
    sheet = operation.sheet
    rows = tuple(tuple(_cell(value) for value in row) for row in sheet.grid())
    mark = sheet.id if snapshot.capabilities.marks else None
    return TabSnapshot(sheet.name, rows, mark=mark, hidden=sheet.hidden)


def _appended(tab: TabSnapshot, operation: AppendRows, *, inserts: bool) -> TabSnapshot:
    """Rows below are pushed down where rows are inserted; elsewhere they hold nothing of people's, and get the values.

    A robot's column may hold something there.
    """
    above, width = operation.first_row - 1, max(operation.columns) + 1
    rows = [list(row) for row in tab.rows]
    rows += [[] for _ in range(above - len(rows))]
    there = [] if inserts else rows[above : above + len(operation.rows)]
    there += [[] for _ in range(len(operation.rows) - len(there))]
    for cells, values in zip(there, operation.rows, strict=True):
        cells.extend([None] * (width - len(cells)))
        for column, value in zip(operation.columns, values, strict=True):
            cells[column] = _cell(value)
    below = rows[above:] if inserts else rows[above + len(there) :]
    return replace(tab, rows=[*rows[:above], *there, *below])


def _cell(value: object) -> CellValue:
    read: CellValue = as_read(value)  # type: ignore[assignment]
    return read
