"""The steps of a night, as `plan_sync` takes them: results, e-mails, target state, what is kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eig_sheets.call.applications import withdrawn
from eig_sheets.call.applications.modifications import RECEIVED_CHANGES
from eig_sheets.call.applications.received_changes import changes_of, with_known_imports
from eig_sheets.call.jury.assignments import recorded_of
from eig_sheets.call.jury.collecting import Collection
from eig_sheets.call.jury.grilles import PAGE_LINKS
from eig_sheets.call.jury.page_links import recorded_page_links
from eig_sheets.call.jury.scored_versions import scored_versions
from eig_sheets.call.results import compute
from eig_sheets.call.rules.recorded_rules import recorded
from eig_sheets.call.rules.regles import RECORDED_RULES
from eig_sheets.call.rules.rule_changes import compare_rules
from eig_sheets.campaign import since_last_run, vanished_rows
from eig_sheets.campaign.anomaly_order import in_order
from eig_sheets.campaign.checks import of_day
from eig_sheets.campaign.dependencies import decisive_columns
from eig_sheets.campaign.last_known import last_known_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.notes_recues import COLLECTED
from eig_sheets.campaign.robot_sheets import banner_of
from eig_sheets.emails import outbox
from eig_sheets.emails.outbox.archive import ARCHIVED, SENDINGS, archive_rows
from eig_sheets.emails.outbox.sheet import misplaced_rows, unknown_rows
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.run.appended_rows import Appended
from eig_sheets.run.chart_numbers import NUMBERS, chart_numbers
from eig_sheets.run.history.run_record import RunRecord
from eig_sheets.run.init import made, of_the_day
from eig_sheets.run.known import Clock, Earlier, Known
from eig_sheets.run.refusals import refused_additions, without_refused
from eig_sheets.run.report import is_refused, with_home_and_journal
from eig_sheets.run.sheets import taken_name_anomalies, with_kept_rows
from eig_sheets.run.target import TargetState, target_state_of
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.anomalies import Anomaly


def results_of(
    added: Appended, collection: Collection, reading: Reading, earlier: Earlier, known: Known, clock: Clock
) -> Results:
    """The results of a reading, with what is recorded of jurors' pages, rules, features and imports.

    `reading`: what features `added` and jurors' pages say (`collection`), as if it stood there already.
    """
    last_run = added.last_run
    told = (
        *since_last_run.report(added.reading, earlier.typed_over),
        *withdrawn.known_anomalies(added.reading, last_run),
        *collection.anomalies,
        *misplaced_rows(reading, earlier.emails),
    )
    results = compute(reading, told, recorded_of(reading, last_run), last_run.scored)
    results = results.having(COLLECTED, collection.rows).having(PAGE_LINKS, recorded_page_links(reading, last_run))
    results = replace(results, remembered=known.remembered)
    results = _with(reading, results, (*of_day(reading, last_run, clock.today),))
    if reading.owns("candidatures"):
        results = _with_rules(reading, results, last_run, clock)
    results = with_kept_rows(reading, results, last_run, earlier.emails, clock.today)
    return results.having(RECEIVED_CHANGES, changes_of(earlier.imports, reading))


def _with_rules(reading: Reading, results: Results, last_run: LastRun, clock: Clock) -> Results:
    """The results with the rules in force, and the anomalies of what changed in them."""
    last = since_last_run.output_of("regles", reading, last_run), last_run.outputs.get("regles", ())
    rule_changes = compare_rules(reading, results, recorded(reading, *last), clock.told, clock.today)
    return _with(reading, results, rule_changes.anomalies).having(RECORDED_RULES, rule_changes.rules)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The e-mails of a run, and its results with them; `refusals`: what the program of the workbook lets nobody add."""

    results: Results
    status: OutboxStatus
    refusals: tuple[Anomaly, ...]


def outgoing_of(
    reading: Reading, results: Results, added: Appended, earlier: Earlier, known: Known, clock: Clock
) -> Outgoing:
    """The state of every e-mail, due or known; their lines, the archive and the charts' numbers join the results."""
    before = earlier.emails
    status = outbox.outbox_status(
        reading, results, known.texts, clock.today, before, added.last_run.texts, known.allowed
    )
    results = _with(reading, results, [*unknown_rows(reading, before, status)])
    refusals = (*added.refusals, *refused_additions(reading, status))
    if refusals:
        results, status = _with(reading, results, refusals), without_refused(reading, status)
    results = results.having(ARCHIVED, archive_rows(reading, status.lines, earlier.archived, clock.now))
    results = results.having(SENDINGS, status.lines).having(NUMBERS, chart_numbers(reading, results))
    return Outgoing(_with(reading, results, taken_name_anomalies(reading, results)), status, refusals)


def target_of(
    reading: Reading, outgoing: Outgoing, added: Appended, record: RunRecord | None, clock: Clock
) -> TargetState:
    """The workbook as it should be: robot's tabs, rows of features and of e-mails, then `Accueil` and the Journal."""
    target = target_state_of(reading, outgoing.results, outgoing.status)
    possible = tuple(operation for operation in target.operations if not is_refused(reading, operation))
    target = of_the_day(replace(target, operations=possible), added.last_run, clock.today)
    target = replace(target, operations=added.around(target.operations))
    lines = since_last_run.journal_lines(reading, added.last_run)
    return with_home_and_journal(target, lines, clock.now, clock.today, record.since if record else str)


def last_run_of(
    cells: Reading, target: TargetState, plan: Plan, last_run: LastRun, earlier: Earlier, clock: Clock
) -> LastRun:
    """What to remember once the plan is applied to these cells: what was written, and read, for the next run."""
    reading = target.reading
    refused = reading.snapshot.refused
    written = {tab_id: sheet for tab_id, sheet in target.sheets.items() if sheet.name not in refused}
    lines = [line for sheet in target.sheets.values() for line in sheet.banner if isinstance(line, str)]
    run = replace(
        last_run,
        outputs={**last_run.outputs, **since_last_run.outputs_of(written)},
        columns=since_last_run.columns_of(reading, target.sheets),
        typed_over=earlier.typed_over,
        banner=since_last_run.stored_row([*dict.fromkeys((*banner_of(reading), *lines))]),
        texts=target.emails.texts,
        scored=scored_versions(reading, last_run.scored),
        made=made(target, last_run),
    )
    run = with_known_imports(earlier.imports, reading, run)
    run = vanished_rows.with_still_undone(run, reading, last_run)
    typed = last_known_of(reading.typed, reading.known, clock.now.date(), decisive_columns(reading.configured))
    return vanished_rows.with_rows_left(replace(run, known=typed), cells, plan)


def _with(reading: Reading, results: Results, more: Sequence[Anomaly]) -> Results:
    """The results with more anomalies."""
    return replace(results, anomalies=in_order(reading, (*results.anomalies, *more))) if more else results
