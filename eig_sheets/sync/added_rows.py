"""The plan that appends rows to a people's tab and says so in the Journal, in one write. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.vanished_rows import with_rows_added
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.importing import journal_with, remembering, written
from eig_sheets.sync.target import checked_plan
from eig_sheets.workbook import diff
from eig_sheets.workbook.model.cells import WrittenValue
from eig_sheets.workbook.model.plan import Plan
from eig_sheets.workbook.render import journal

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
