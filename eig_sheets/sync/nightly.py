"""The nightly synchronisation: the plan of one run, checked before it is applied in one write. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from eig_sheets.campaign import since_last_run, withdrawn
from eig_sheets.campaign.overrides import settings_sentence
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.recorded_rules import recorded
from eig_sheets.campaign.results import Results, compute, in_order
from eig_sheets.campaign.rule_changes import compare_rules
from eig_sheets.config import Campaign
from eig_sheets.domain.emails.deliveries import Delivery
from eig_sheets.emails import outbox
from eig_sheets.emails.mail.templates import Template
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.sheet import misplaced_rows
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.storage.last_run import LastRun, TypedOver
from eig_sheets.storage.received import Received
from eig_sheets.sync.received import changes_of, kept, known_of
from eig_sheets.sync.refusals import REFUSED, refused_additions, without_refused
from eig_sheets.sync.sheets import Heartbeat, banner_of, dashboard_sheet, journal_sheet
from eig_sheets.sync.target import TargetState, checked_plan, tab_of, target_state_of
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import diff
from eig_sheets.workbook.anomalies import Anomaly, Severity
from eig_sheets.workbook.anomaly_limits import count
from eig_sheets.workbook.model.plan import AppendRows, Operation, Plan, ReplaceTab
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.read_back import records
from eig_sheets.workbook.render import journal, tableau
from eig_sheets.workbook.render.regles import Rule

HEARTBEAT_INTERVAL = timedelta(hours=12)
"""When nothing changes, the heartbeat is written at this interval, shorter than the 26 hours of the banner."""


CLOCK_SKEW = timedelta(minutes=10)
"""How far in the future a heartbeat may be: the clocks of two machines differ."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The present moment, naive, in the campaign's zone; and the day by which e-mails are due."""

    now: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Run:
    """The reading, plan and results of one run; `results` is None when a problem prevents reading the workbook.

    `emails`: the status of every e-mail; `previous`: their previous state. `last_run` is what to remember once
    the plan is applied, None when the run failed. `refusals`: what the spreadsheet program does not let be added.
    """

    reading: Reading
    plan: Plan
    problems: tuple[Anomaly, ...] = ()
    results: Results | None = None
    previous: PreviousState | None = None
    emails: OutboxStatus | None = None
    last_run: LastRun | None = None
    refusals: tuple[Anomaly, ...] = ()


def plan_sync(
    snapshot: Snapshot,
    campaign: Campaign,
    texts: Mapping[str, Template],
    last_run: LastRun,
    clock: Clock,
    deliveries: Mapping[str, Delivery],
    *,
    allowed: Sequence[str] = (),
    force: bool = False,
) -> Run:
    """The run of a sync on that snapshot. Pure.

    `deliveries`: those of this machine's ledger; `allowed`: addresses that e-mails may go to, besides those of the
    configuration. `force` accepts that a people's tab lost many rows (guarantee G8).
    """
    reading = read(snapshot, campaign)
    problems = (*reading.problems, *(() if force else since_last_run.vanished(reading, last_run)))
    if problems:
        return _failed(reading, last_run, problems, clock.now)
    return _succeeded(reading, texts, last_run, clock, deliveries, allowed)


def _failed(reading: Reading, last_run: LastRun, problems: Sequence[Anomaly], now: datetime) -> Run:
    """The run whose plan writes only a failure line in the Journal, once a day for the same cause."""
    what = " ".join(problem.message for problem in problems)
    remedy = " ".join(dict.fromkeys(problem.remedy for problem in problems))
    return Run(reading, _failure_line(reading, last_run, now, what, remedy), tuple(problems))


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

    Once a day for the same cause: not when one of the newest lines, as many as `among`, says so.
    """
    return _failure_line(read(snapshot, campaign), last_run, now, what, remedy, among)


def _failure_line(reading: Reading, last_run: LastRun, now: datetime, what: str, remedy: str, among: int = 1) -> Plan:
    line, old = journal.line(now, journal.FAILED, what, remedy), since_last_run.journal_lines(reading, last_run)
    is_repeated = any(
        one[1:] == line[1:] and isinstance(one[0], datetime) and one[0].date() == now.date() for one in old[:among]
    )
    own_name = reading.schema.robot_tabs["journal"]
    name_is_taken = any(
        problem.code == "nom_pris" and squeezed(problem.tab) == squeezed(own_name) for problem in reading.problems
    )
    operation = None if is_repeated or name_is_taken else _journal(reading, [line, *old])
    return checked_plan(reading, [operation] if operation else [])


def _journal(reading: Reading, lines: Sequence[journal.Line]) -> Operation | None:
    return _operation(reading, journal_sheet(reading, lines))


def _succeeded(
    reading: Reading,
    texts: Mapping[str, Template],
    last_run: LastRun,
    clock: Clock,
    deliveries: Mapping[str, Delivery],
    allowed: Sequence[str],
) -> Run:
    overwritten = since_last_run.typed_over(reading, last_run, clock.now.date())
    records = records_of(reading, since_last_run.output_of("envois", reading, last_run))
    previous = outbox.previous_state_of(rows_of(reading), records, deliveries)
    told = (*since_last_run.report(overwritten), *withdrawn.anomalies(reading, last_run.withdrawn))
    results = compute(reading, (*told, *misplaced_rows(reading, previous)))
    before = recorded(
        reading, since_last_run.output_of("regles", reading, last_run), last_run.outputs.get("regles", ())
    )
    results = _with_rule_changes(reading, results, before, clock)
    received = known_of(reading, last_run)
    results = replace(results, changes=changes_of(received, reading))
    emails = outbox.outbox_status(reading, results, texts, clock.today, previous, last_run.texts, allowed)
    refusals = refused_additions(reading, emails)
    if refusals:
        results = replace(results, anomalies=in_order(reading, (*results.anomalies, *refusals)))
        emails = without_refused(reading, emails)
    target = target_state_of(reading, results, emails)
    target = replace(target, operations=tuple(one for one in target.operations if not _is_refused(reading, one)))
    target = _with_dashboard_and_journal(target, since_last_run.journal_lines(reading, last_run), clock.now)
    return Run(
        reading,
        checked_plan(reading, target.operations),
        (),
        results,
        previous,
        emails,
        _last_run_of(target, overwritten, last_run, received),
        refusals,
    )


def _with_rule_changes(reading: Reading, results: Results, before: Sequence[Rule], clock: Clock) -> Results:
    """The results with the rules and the anomalies of their changes."""
    rule_changes = compare_rules(reading, results, before, clock.now, clock.today)
    anomalies = (
        in_order(reading, (*results.anomalies, *rule_changes.anomalies))
        if rule_changes.anomalies
        else results.anomalies
    )
    return replace(results, rules=rule_changes.rules, anomalies=anomalies)


def _with_dashboard_and_journal(target: TargetState, lines: Sequence[journal.Line], now: datetime) -> TargetState:
    """Add the dashboard, and a line of the Journal when something changed; otherwise only the heartbeat, when due."""
    reading, now = target.reading, now.replace(second=0, microsecond=0)
    before = _heartbeat(reading)
    same, old = _dashboard(target, Heartbeat(before or now, now)), journal_sheet(reading, lines)
    differs = any(_operation(reading, sheet) for sheet in (same, old))
    changed = bool(target.operations) or before is None or differs or not lines
    if not changed and before is not None and -CLOCK_SKEW <= now - before < HEARTBEAT_INTERVAL:
        return replace(target, sheets={**target.sheets, same.id: same, old.id: old})
    board, new = _dashboard(target, Heartbeat(now, now)), old
    if changed:
        left = [one for one in target.results.anomalies if one.code in REFUSED]
        remedy = " ".join(dict.fromkeys(one.remedy for one in left))
        what = " ".join([_summary(target), *(f"{one.tab} : {one.message}" for one in left)])
        line = journal.line(now, journal.FAILED if left else journal.DONE, what, remedy)
        new = journal_sheet(reading, [line, *lines])
    operations = (*target.operations, _operation(reading, board), _operation(reading, new))
    sheets = {**target.sheets, board.id: board, new.id: new}
    return replace(target, sheets=sheets, operations=tuple(operation for operation in operations if operation))


def _dashboard(target: TargetState, heartbeat: Heartbeat) -> Sheet:
    return dashboard_sheet(target.reading, target.results, target.emails.lines, heartbeat)


def _operation(reading: Reading, sheet: Sheet) -> Operation | None:
    operation = diff.robot_tab(sheet, reading.layout, reading.snapshot)
    return None if operation is None or _is_refused(reading, operation) else operation


def _is_refused(reading: Reading, operation: Operation) -> bool:
    """Whether the operation would write a robot's tab that the spreadsheet program does not let us write."""
    return isinstance(operation, ReplaceTab) and operation.name in reading.snapshot.refused


def _heartbeat(reading: Reading) -> datetime | None:
    name = reading.layout.robot_tabs.get("tableau_de_bord")
    headers = [column.header for column in tableau.COLUMNS]
    for row in records(reading.snapshot.tab(name) if name else None, headers):
        moment = row.get("Date")
        if row.get("Indicateur") == tableau.HEARTBEAT and isinstance(moment, datetime):
            return moment
    return None


def _summary(target: TargetState) -> str:
    results = target.results
    blocking = count(one for one in results.anomalies if one.severity is Severity.BLOCKING)
    anomalies = plural(count(results.anomalies), "anomalie") + (
        f", dont {plural(blocking, 'bloquante')}" if blocking else ""
    )
    counts = (plural(len(results.dossiers), "dossier"), plural(len(results.evaluations), "évaluation"), anomalies)
    changed = dict.fromkeys(tab_of(operation) for operation in target.operations)
    added = sum(len(operation.rows) for operation in target.operations if isinstance(operation, AppendRows))
    emails = f" {plural(added, 'e-mail ajouté', 'e-mails ajoutés')}." if added else ""
    settings = settings_sentence(target.reading.overrides.origins)
    return (
        f"{listed(counts)}. Mis à jour : {listed(changed) or 'Tableau de bord'}.{emails}{settings and ' ' + settings}"
    )


def _last_run_of(
    target: TargetState, overwritten: tuple[TypedOver, ...], last_run: LastRun, received: Received
) -> LastRun:
    columns = since_last_run.columns_of(target.reading, target.sheets)
    refused = target.reading.snapshot.refused
    written = {tab_id: sheet for tab_id, sheet in target.sheets.items() if sheet.name not in refused}
    outputs = {**last_run.outputs, **since_last_run.outputs_of(written)}
    lines = [line for sheet in target.sheets.values() for line in sheet.banner if isinstance(line, str)]
    banner = since_last_run.stored_row([*dict.fromkeys((*banner_of(target.reading), *lines))])
    return LastRun(
        counts=target.reading.row_counts(),
        outputs=outputs,
        columns=columns,
        typed_over=overwritten,
        banner=banner,
        texts=target.emails.texts,
        withdrawn=last_run.withdrawn,
        received=kept(received, target.reading, last_run, target.results.changes),
        undone=since_last_run.still_undone(target.reading, last_run),
    )
