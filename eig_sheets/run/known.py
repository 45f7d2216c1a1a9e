"""What a run knows when it begins: the moment, what this machine stored, what earlier runs left. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from eig_sheets.call.applications.received_changes import KnownImports, known_imports
from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept
from eig_sheets.campaign import since_last_run
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.emails import outbox
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.emails.mail.templates import Template
from eig_sheets.emails.outbox.archive import archived_drafts
from eig_sheets.emails.outbox.news import with_news
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.run.history.run_record import History
from eig_sheets.run.other_workbook import NO_OTHER_WORKBOOK, OtherWorkbook, moved_deliveries, moved_records
from eig_sheets.storage.last_run import LastRun, TypedOver
from eig_sheets.workbook import archives


@dataclass(frozen=True, slots=True)
class Clock:
    """The present moment, naive, in the campaign's zone; and the day by which e-mails are due."""

    now: datetime
    today: date

    @property
    def told(self) -> datetime:
        """The present hour, on the day of the run: today, unless `--today` says another."""
        return datetime.combine(self.today, self.now.time())


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known besides the cells of a workbook, by its source.

    `last_run`: what the run before it stored. `texts`: the templates of e-mails. `deliveries`: those of this machine's
    ledger. `allowed`: addresses that e-mails may go to, besides those of the configuration. `pages`: those of jurors
    that this machine read. `remembered`: what it remembers for features. `linked`: the other workbook. `history`: the
    runs that were recorded, None where they cannot be read.
    """

    last_run: LastRun
    texts: Mapping[str, Template]
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)
    allowed: Sequence[str] = ()
    pages: Kept = NOTHING_KEPT
    remembered: Mapping[Remembered[Any], Any] = field(default_factory=dict)
    linked: OtherWorkbook = NO_OTHER_WORKBOOK
    history: History | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs left in a workbook.

    `emails`: the state of its e-mails; `archived`: the lines of the archive; `imports`: what imports brought.
    `typed_over`: what people typed since in robot's cells.
    """

    emails: PreviousState
    archived: tuple[Mapping[str, Any], ...]
    imports: KnownImports
    typed_over: tuple[TypedOver, ...]


def earlier_of(reading: Reading, last_run: LastRun, known: Known, clock: Clock) -> Earlier:
    """What earlier runs left, and people changed of it since, by the workbook and by what this machine stored."""
    records = records_of(reading, since_last_run.output_of("envois", reading, last_run))
    archived = (*since_last_run.recorded_lines("archives", archives.TABLE, reading, last_run),)
    deliveries = {**moved_deliveries(known.linked, reading.configured), **known.deliveries}
    records = {**moved_records(reading), **records}
    emails = outbox.previous_state_of(rows_of(reading), records, deliveries, archived_drafts(archived, reading))
    emails = with_news(emails, reading, known.remembered)
    typed_over = since_last_run.typed_over(reading, last_run, clock.now.date())
    return Earlier(emails, archived, known_imports(reading, last_run), typed_over)
