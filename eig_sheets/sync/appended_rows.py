"""What features add to people's tabs in a run: rows, and tabs whose phase opens, read as if they were there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from eig_sheets.campaign.reading import Reading
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.model.plan import AppendRows, CreateTab, Operation


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
