"""The nightly synchronisation: the plan of one run, checked before it is applied in one write. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from eig_sheets.call.jury.collecting import collection_of, edited_lines
from eig_sheets.campaign import vanished_rows
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.plans import checked_plan
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.versions import Record
from eig_sheets.config import Campaign
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.run import night_steps as steps
from eig_sheets.run.appended_rows import appended_rows
from eig_sheets.run.failures import failure_line
from eig_sheets.run.history.run_record import RunRecord
from eig_sheets.run.known import Clock, Known, earlier_of
from eig_sheets.run.other_workbook import with_restored_records
from eig_sheets.run.report import HOME
from eig_sheets.spreadsheet.model.plan import Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.anomalies import Anomaly


@dataclass(frozen=True, slots=True)
class Run:
    """The reading, plan and results of one run; `results` is None when a problem prevents reading the workbook.

    `emails`: the status of every e-mail; `previous`: their previous state. `last_run` is what to remember once
    the plan is applied, None when the run failed; `collected`, `collected_candidates`: what it says of jurors' pages.
    `refusals`: what the spreadsheet program does not let be added. `record`: what the history is to keep of it, where
    there is one; `sheets`: the robot's tabs as the plan leaves them, by id. `put_back`: lines of received notes that
    people edited, which the plan writes as they were.
    """

    reading: Reading
    plan: Plan
    problems: tuple[Anomaly, ...] = ()
    results: Results | None = None
    previous: PreviousState | None = None
    emails: OutboxStatus | None = None
    last_run: LastRun | None = None
    refusals: tuple[Anomaly, ...] = ()
    collected: tuple[Record, ...] = ()
    collected_candidates: tuple[Record, ...] = ()
    record: RunRecord | None = None
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    put_back: tuple[Anomaly, ...] = ()

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """Everything that is wrong, in order: what `Anomalies` would list, or what prevents reading the workbook."""
        if self.results is not None:
            return self.results.anomalies
        return in_order(self.reading, (*self.problems, *self.reading.anomalies))

    @property
    def changes_results(self) -> bool:
        """Whether the plan changes more than the heartbeat."""
        return any(
            not (isinstance(operation, ReplaceTab) and operation.sheet.id == HOME) for operation in self.plan.operations
        )


def plan_sync(cells: Reading, known: Known, clock: Clock, *, force: bool = False, despite_losses: bool = False) -> Run:
    """The run of a sync on what was read (`reading_for`). Pure.

    `force` accepts that a people's tab lost many rows (guarantee G8), as does `despite_losses`.
    """
    cells = cells.with_linked(known.linked.reading)
    if problems := problems_of(cells, known.last_run, force=force or despite_losses):
        return _failed(cells, known.last_run, problems, clock.now)
    added = appended_rows(cells, known.last_run, clock.today)
    collection = collection_of(added.reading, known.pages)
    earlier = earlier_of(added.reading, added.last_run, known, clock)
    reading = with_restored_records(collection.reading, added.last_run)
    results = steps.results_of(added, collection, reading, earlier, known, clock)
    outgoing = steps.outgoing_of(reading, results, added, earlier, known, clock)
    record = None if known.history is None else RunRecord(known.history, reading, outgoing.results, clock.now)
    target = steps.target_of(reading, outgoing, added, record, clock)
    plan = checked_plan(cells, target.operations)
    return Run(
        replace(reading, snapshot=cells.snapshot, layout=cells.layout) if added.operations else reading,
        plan,
        results=outgoing.results,
        previous=earlier.emails,
        emails=outgoing.status,
        last_run=steps.last_run_of(cells, target, plan, added.last_run, earlier, clock),
        refusals=outgoing.refusals,
        collected=collection.records,
        collected_candidates=collection.candidates,
        record=record,
        sheets=target.sheets,
        put_back=edited_lines(cells, collection.reading),
    )


def reading_for(snapshot: Snapshot, campaign: Campaign, last_run: LastRun, *, force: bool = False) -> Reading:
    """The reading of a snapshot for a sync; `force` accepts that columns are gone and that keys changed."""
    known = replace(last_run.known, columns={}, accepted=force) if force else last_run.known
    return read(snapshot, campaign, known=known)


def problems_of(reading: Reading, last_run: LastRun, *, force: bool = False) -> tuple[Anomaly, ...]:
    """What keeps a run from changing the workbook; `force` accepts that a people's tab lost many rows."""
    lost = () if force else vanished_rows.vanished(reading, last_run)
    return (*reading.unmarked, *reading.problems, *lost)


def _failed(reading: Reading, last_run: LastRun, problems: Sequence[Anomaly], now: datetime) -> Run:
    """The run whose plan writes only a failure line in the Journal, once a day for the same cause."""
    what = " ".join(problem.message for problem in problems)
    remedy = " ".join(dict.fromkeys(problem.remedy for problem in problems))
    return Run(reading, failure_line(reading, last_run, now, what, remedy), tuple(problems))
