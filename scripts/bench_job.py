"""The job that every contender of a benchmark does: read people's tabs, compute, write the robot's.

Computing is by this package's own rules, e-mails included; what differs is how cells come and go.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from eig_sheets.call.results import compute
from eig_sheets.campaign.phases import is_open
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.outbox import outbox_status, previous_state_of
from eig_sheets.emails.outbox.archive import SENDINGS
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.sheet import cells_of
from eig_sheets.run.chart_numbers import NUMBERS, chart_numbers
from eig_sheets.run.sheets import result_sheets
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.fields import TabSchema

_OURS_ALONE = {"modifications", "reglages"}
"""Tabs that say what the robot remembers and applies: no result of the call."""

Frames = dict[str, pd.DataFrame]
Emails = list[list[Any]]


class PeerBook(Protocol):
    """A spreadsheet as a peer opened it, whose tabs come and go as DataFrames under their headers."""

    capabilities: Capabilities

    def frame(self, tab: TabSchema) -> pd.DataFrame:
        """What people filled a tab with."""

    def write(self, name: str, frame: pd.DataFrame) -> None:
        """Make a robot's tab hold this, and nothing else."""

    def append(self, tab: TabSchema, rows: Emails) -> None:
        """Add rows under those of a people's tab."""

    def close(self) -> None:
        """Close the connections."""


def sync(book: PeerBook, session: Session) -> float:
    """The whole job done by a peer; the seconds of it that were computing."""
    schema = schema_of(session.campaign)
    today = session.clock.today
    frames = {tab.name: book.frame(tab) for tab in schema.tabs if is_open(tab.id, session.campaign, today)}
    start = time.perf_counter()
    written, emails = computed(frames, session, book.capabilities)
    seconds = time.perf_counter() - start
    for name, frame in written.items():
        book.write(name, frame)
    if emails:
        book.append(schema.tab("emails"), emails)
    book.close()
    return seconds


def computed(frames: Mapping[str, pd.DataFrame], session: Session, capabilities: Capabilities) -> tuple[Frames, Emails]:
    """What the robot's tabs should hold, and the rows to add to the outbox: by the rules of this package."""
    campaign = session.campaign
    tabs = tuple(TabSnapshot(name, _rows(frame)) for name, frame in frames.items())
    reading = read(Snapshot(tabs, capabilities=capabilities), campaign)
    results = compute(reading)
    previous = previous_state_of(rows_of(reading), records_of(reading), {})
    status = outbox_status(reading, results, session.templates, session.clock.today, previous, {})
    sheets = result_sheets(
        reading, results.having(SENDINGS, status.lines).having(NUMBERS, chart_numbers(reading, results))
    )
    ours_alone = {*_OURS_ALONE, *reading.schema.optional_robot_tabs}  # which peers would have to make
    others = [sheet for tab, sheet in sheets.items() if tab not in ours_alone]
    fields = [field.id for field in reading.schema.tab("emails").fields]
    rows = [cells_of(draft, draft.outcome) for draft in status.added if isinstance(draft.outcome, Message)]
    emails = [[row.get(field, "") for field in fields] for row in rows]
    return {sheet.name: _frame(sheet) for sheet in others}, emails


def _rows(frame: pd.DataFrame) -> Sequence[list[Any]]:
    whole = frame.astype(object)
    cells = whole.where(whole.notna() & (whole != ""), None)
    return [frame.columns.tolist(), *cells.values.tolist()]


def _frame(sheet: Sheet) -> pd.DataFrame:
    rows = [
        ["" if cell is None else cell.text if isinstance(cell, Link) else cell for cell in row] for row in sheet.rows
    ]
    return pd.DataFrame(rows, columns=[column.header for column in sheet.columns], dtype=object)
