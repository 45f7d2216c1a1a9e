"""The nightly synchronisation: the plan of one run, checked before it is applied in one write. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from eig_sheets.call.applications import withdrawn
from eig_sheets.call.applications.modifications import RECEIVED_CHANGES
from eig_sheets.call.applications.received_changes import KnownImports, changes_of, known_imports, with_known_imports
from eig_sheets.call.jury.assignments import recorded_of
from eig_sheets.call.jury.collecting import Collection, collection_of, edited_lines
from eig_sheets.call.jury.grilles import PAGE_LINKS
from eig_sheets.call.jury.page_links import recorded_page_links
from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept
from eig_sheets.call.jury.scored_versions import scored_versions
from eig_sheets.call.results import compute
from eig_sheets.call.rules.recorded_rules import recorded
from eig_sheets.call.rules.regles import RECORDED_RULES, RecordedRule
from eig_sheets.call.rules.rule_changes import compare_rules
from eig_sheets.campaign import since_last_run, vanished_rows
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.checks import of_day
from eig_sheets.campaign.dependencies import decisive_columns
from eig_sheets.campaign.last_known import last_known_of
from eig_sheets.campaign.plans import checked_plan
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.notes_recues import COLLECTED
from eig_sheets.campaign.reviews.versions import Record
from eig_sheets.campaign.robot_sheets import banner_of
from eig_sheets.config import Campaign
from eig_sheets.emails import outbox
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.emails.mail.templates import Template
from eig_sheets.emails.outbox.archive import ARCHIVED, SENDINGS, archive_rows, archived_drafts
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.sheet import misplaced_rows, unknown_rows
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.run.appended_rows import Appended, appended_rows
from eig_sheets.run.chart_numbers import NUMBERS, chart_numbers
from eig_sheets.run.failures import failure_line
from eig_sheets.run.history.run_record import History, RunRecord
from eig_sheets.run.init import made, of_the_day
from eig_sheets.run.other_workbook import (
    NO_OTHER_WORKBOOK,
    OtherWorkbook,
    moved_deliveries,
    moved_records,
    with_restored_records,
)
from eig_sheets.run.refusals import refused_additions, without_refused
from eig_sheets.run.report import HOME, is_refused, with_home_and_journal
from eig_sheets.run.sheets import taken_name_anomalies, with_kept_rows
from eig_sheets.run.target import TargetState, target_state_of
from eig_sheets.spreadsheet.model.plan import Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastRun, TypedOver
from eig_sheets.workbook import archives
from eig_sheets.workbook.anomalies import Anomaly

NOTHING_REMEMBERED: Final[Mapping[Remembered[Any], Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Clock:
    """The present moment, naive, in the campaign's zone; and the day by which e-mails are due."""

    now: datetime
    today: date

    @property
    def told(self) -> datetime:
        """The present hour, on the day of the run: today, unless `--today` says another."""
        return datetime.combine(self.today, self.now.time())


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


def reading_for(snapshot: Snapshot, campaign: Campaign, last_run: LastRun, *, force: bool = False) -> Reading:
    """The reading of a snapshot for a sync; `force` accepts that columns are gone and that keys changed."""
    known = replace(last_run.known, columns={}, accepted=force) if force else last_run.known
    return read(snapshot, campaign, known=known)


def plan_sync(
    snapshot: Snapshot,
    campaign: Campaign,
    texts: Mapping[str, Template],
    last_run: LastRun,
    clock: Clock,
    deliveries: Mapping[str, Delivery],
    *,
    force: bool = False,
    **known: Any,
) -> Run:
    """The run of a sync on a snapshot: `plan_on` its reading. Pure."""
    reading = reading_for(snapshot, campaign, last_run, force=force)
    return plan_on(reading, texts, last_run, clock, deliveries, force=force, **known)


def plan_on(  # noqa: PLR0913 (one parameter a source of what is known)
    reading: Reading,
    texts: Mapping[str, Template],
    last_run: LastRun,
    clock: Clock,
    deliveries: Mapping[str, Delivery],
    *,
    allowed: Sequence[str] = (),
    force: bool = False,
    despite_losses: bool = False,
    pages: Kept = NOTHING_KEPT,
    remembered: Mapping[Remembered[Any], Any] = NOTHING_REMEMBERED,
    linked: OtherWorkbook = NO_OTHER_WORKBOOK,
    history: History | None = None,
) -> Run:
    """The run of a sync on a reading (`reading_for`). Pure.

    `deliveries`: those of this machine's ledger; `allowed`: addresses that e-mails may go to, besides those of the
    configuration. `force` accepts that a people's tab lost many rows (guarantee G8), as does
    `despite_losses`. `pages`: those of jurors that this machine read. `remembered`: what it remembers
    for features. `linked`: the other workbook. `history`: the runs that were recorded.
    """
    reading = reading.with_linked(linked.reading)
    if problems := problems_of(reading, last_run, force=force or despite_losses):
        return _failed(reading, last_run, problems, clock.now)
    added = appended_rows(reading, last_run, clock.today)
    collection = collection_of(added.reading, pages)
    deliveries = {**moved_deliveries(linked, reading.configured), **deliveries}
    run = _succeeded(reading, added, collection, texts, clock, deliveries, allowed, remembered, history=history)
    put_back = edited_lines(reading, collection.reading)
    return replace(run, collected=collection.records, collected_candidates=collection.candidates, put_back=put_back)


def problems_of(reading: Reading, last_run: LastRun, *, force: bool = False) -> tuple[Anomaly, ...]:
    """What keeps a run from changing the workbook; `force` accepts that a people's tab lost many rows."""
    lost = () if force else vanished_rows.vanished(reading, last_run)
    return (*reading.unmarked, *reading.problems, *lost)


def _failed(reading: Reading, last_run: LastRun, problems: Sequence[Anomaly], now: datetime) -> Run:
    """The run whose plan writes only a failure line in the Journal, once a day for the same cause."""
    what = " ".join(problem.message for problem in problems)
    remedy = " ".join(dict.fromkeys(problem.remedy for problem in problems))
    return Run(reading, failure_line(reading, last_run, now, what, remedy), tuple(problems))


def _succeeded(  # noqa: PLR0913 (as plan_sync)
    cells: Reading,
    added: Appended,
    collection: Collection,
    texts: Mapping[str, Template],
    clock: Clock,
    deliveries: Mapping[str, Delivery],
    allowed: Sequence[str],
    remembered: Mapping[Remembered[Any], Any],
    *,
    history: History | None,
) -> Run:
    """The run on a workbook without problems, as if what features add to `cells` were there already."""
    reading, last_run = added.reading, added.last_run
    overwritten = since_last_run.typed_over(reading, last_run, clock.now.date())
    records = records_of(reading, since_last_run.output_of("envois", reading, last_run))
    archived = [*since_last_run.recorded_lines("archives", archives.TABLE, reading, last_run)]
    records = {**moved_records(reading), **records}
    previous = outbox.previous_state_of(rows_of(reading), records, deliveries, archived_drafts(archived, reading))
    told = (
        *since_last_run.report(reading, overwritten),
        *withdrawn.known_anomalies(reading, last_run),
        *collection.anomalies,
    )
    reading = with_restored_records(collection.reading, last_run)
    assigned = recorded_of(reading, last_run)
    results = compute(reading, (*told, *misplaced_rows(reading, previous)), assigned, last_run.scored)
    results = results.having(COLLECTED, collection.rows).having(PAGE_LINKS, recorded_page_links(reading, last_run))
    results = replace(results, remembered=remembered)
    before = recorded(
        reading, since_last_run.output_of("regles", reading, last_run), last_run.outputs.get("regles", ())
    )
    if reading.owns("candidatures"):
        results = _with_rule_changes(reading, results, before, clock, last_run)
    results = with_kept_rows(reading, results, last_run, previous, clock.today)
    received = known_imports(reading, last_run)
    results = results.having(RECEIVED_CHANGES, changes_of(received, reading))
    emails = outbox.outbox_status(reading, results, texts, clock.today, previous, last_run.texts, allowed)
    results = _with(reading, results, [*unknown_rows(reading, previous, emails)])
    refusals = (*added.refusals, *refused_additions(reading, emails))
    if refusals:
        results = _with(reading, results, refusals)
        emails = without_refused(reading, emails)
    results = results.having(ARCHIVED, archive_rows(reading, emails.lines, archived, clock.now))
    results = results.having(SENDINGS, emails.lines).having(NUMBERS, chart_numbers(reading, results))
    results = _with(reading, results, taken_name_anomalies(reading, results))
    target = target_state_of(reading, results, emails)
    target = replace(
        target, operations=tuple(operation for operation in target.operations if not is_refused(reading, operation))
    )
    target = of_the_day(target, last_run, clock.today)
    target = replace(target, operations=added.around(target.operations))
    record = None if history is None else RunRecord(history, reading, results, clock.now)
    lines = since_last_run.journal_lines(reading, last_run)
    target = with_home_and_journal(target, lines, clock.now, clock.today, record.since if record else str)
    plan = checked_plan(cells, target.operations)
    kept = replace(
        _last_run_of(target, overwritten, last_run, received),
        known=last_known_of(reading.typed, reading.known, clock.now.date(), decisive_columns(reading.configured)),
    )
    return Run(
        replace(reading, snapshot=cells.snapshot, layout=cells.layout) if added.operations else reading,
        plan,
        (),
        results,
        previous,
        emails,
        vanished_rows.with_rows_left(kept, cells, plan),
        refusals,
        record=record,
        sheets=target.sheets,
    )


def _with(reading: Reading, results: Results, more: Sequence[Anomaly]) -> Results:
    """The results with more anomalies."""
    return replace(results, anomalies=in_order(reading, (*results.anomalies, *more))) if more else results


def _with_rule_changes(
    reading: Reading, results: Results, before: Sequence[RecordedRule], clock: Clock, last_run: LastRun
) -> Results:
    """The results with the rules, the anomalies of their changes and those of the day."""
    rule_changes = compare_rules(reading, results, before, clock.told, clock.today)
    anomalies = (*rule_changes.anomalies, *of_day(reading, last_run, clock.today))
    return _with(reading, results, anomalies).having(RECORDED_RULES, rule_changes.rules)


def _last_run_of(
    target: TargetState, overwritten: tuple[TypedOver, ...], last_run: LastRun, received: KnownImports
) -> LastRun:
    columns = since_last_run.columns_of(target.reading, target.sheets)
    refused = target.reading.snapshot.refused
    written = {tab_id: sheet for tab_id, sheet in target.sheets.items() if sheet.name not in refused}
    outputs = {**last_run.outputs, **since_last_run.outputs_of(written)}
    lines = [line for sheet in target.sheets.values() for line in sheet.banner if isinstance(line, str)]
    banner = since_last_run.stored_row([*dict.fromkeys((*banner_of(target.reading), *lines))])
    run = replace(
        last_run,
        outputs=outputs,
        columns=columns,
        typed_over=overwritten,
        banner=banner,
        texts=target.emails.texts,
        scored=scored_versions(target.reading, last_run.scored),
        made=made(target, last_run),
    )
    return vanished_rows.with_still_undone(with_known_imports(received, target.reading, run), target.reading, last_run)
