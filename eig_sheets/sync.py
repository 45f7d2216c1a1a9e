"""The nightly job: what one run would change (pure), proved, then applied in one write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from eig_sheets import memory as memories
from eig_sheets import outbox
from eig_sheets.config import Campaign
from eig_sheets.drafts import Draft, drafts
from eig_sheets.french import listed, plural
from eig_sheets.mail.templates import Template
from eig_sheets.memory import Memory, TypedOver
from eig_sheets.reading import Reading, read
from eig_sheets.results import Results, compute
from eig_sheets.show import Pulse, banner_of, dashboard_sheet, journal_sheet, result_sheets
from eig_sheets.workbook import diff
from eig_sheets.workbook.anomalies import Anomaly, Severity
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.plan import AppendRows, CreateTab, Operation, Plan, ReplaceTab
from eig_sheets.workbook.prove import prove
from eig_sheets.workbook.render import journal, people, tableau
from eig_sheets.workbook.render.envois import REMOVED, TO_APPROVE, Sending
from eig_sheets.workbook.robot import records
from eig_sheets.workbook.sheet import Sheet
from eig_sheets.workbook.snapshot import Snapshot

BEAT = timedelta(hours=12)
"""When nothing changes, the heartbeat is written again after so long: less than the 26 hours of the banner."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The present moment, naive, in the campaign's zone; and the day by which e-mails are due."""

    now: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found and would write; `results` is None when a structural problem stops it.

    `kept` are the e-mails proposed before, whatever became of them; `drafts` the other ones that are due. `memory` is
    what to remember once the plan is applied, None when the run failed.
    """

    reading: Reading
    plan: Plan
    problems: tuple[Anomaly, ...] = ()
    results: Results | None = None
    kept: tuple[Sending, ...] = ()
    drafts: tuple[Draft, ...] = ()
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the workbook should show, and the operations that lead there."""

    reading: Reading
    campaign: Campaign
    results: Results
    sendings: tuple[Sending, ...]
    sheets: Mapping[str, Sheet]
    operations: tuple[Operation, ...] = field(default=())


def plan_sync(
    snapshot: Snapshot,
    campaign: Campaign,
    texts: Mapping[str, Template],
    memory: Memory,
    clock: Clock,
    *,
    force: bool = False,
) -> Run:
    """What a sync of that snapshot would change. Pure.

    `force` accepts that a people's tab lost many rows (guarantee G8).
    """
    reading = read(snapshot, campaign)
    problems = (*reading.problems, *(() if force else memories.vanished(reading, memory)))
    if problems:
        return _failed(reading, campaign, memory, problems, clock.now)
    return _succeeded(reading, campaign, texts, memory, clock)


def _failed(reading: Reading, campaign: Campaign, memory: Memory, problems: Sequence[Anomaly], now: datetime) -> Run:
    """Nothing but the failure line, once a day for the same cause."""
    what = " ".join(problem.message for problem in problems)
    remedy = " ".join(dict.fromkeys(problem.remedy for problem in problems))
    return Run(reading, _failure_line(reading, campaign, memory, now, what, remedy), tuple(problems))


def plan_failure(snapshot: Snapshot, campaign: Campaign, memory: Memory, now: datetime, what: str, remedy: str) -> Plan:
    """The plan that only tells, in the Journal, of a run that failed for a cause outside the workbook. Pure."""
    return _failure_line(read(snapshot, campaign), campaign, memory, now, what, remedy)


def _failure_line(reading: Reading, campaign: Campaign, memory: Memory, now: datetime, what: str, remedy: str) -> Plan:
    line, old = journal.line(now, journal.FAILED, what, remedy), memories.journal_lines(reading, memory)
    said = bool(old) and old[0][1:] == line[1:] and isinstance(old[0][0], datetime) and old[0][0].date() == now.date()
    own_name = reading.schema.robot_tabs["journal"]
    taken = any(one.code == "nom_pris" and squeezed(one.tab) == squeezed(own_name) for one in reading.problems)
    operation = None if said or taken else _journal(reading, campaign, [line, *old])
    return _proved(reading, [operation] if operation else [])


def _journal(reading: Reading, campaign: Campaign, lines: Sequence[journal.Line]) -> Operation | None:
    return diff.robot_tab(journal_sheet(reading, campaign, lines), reading.layout, reading.snapshot)


def _succeeded(
    reading: Reading, campaign: Campaign, texts: Mapping[str, Template], memory: Memory, clock: Clock
) -> Run:
    typed = memories.typed_over(reading, memory, clock.now.date())
    held = outbox.held(reading)
    gone = outbox.removed(reading, held, memories.sendings_of(reading, memory))
    results = compute(reading, campaign, (*memories.report(typed), *outbox.astray(reading, gone)))
    kept = (*held, *gone)
    due = drafts(reading, results, campaign, texts, clock.today, {one.id for one in kept})
    wanted = _pulsed(_wanted(reading, campaign, results, kept, due), memories.journal_lines(reading, memory), clock.now)
    plan = _proved(reading, wanted.operations)
    return Run(reading, plan, (), results, kept, tuple(due), _remember(wanted, typed))


def plan_drafts(run: Run, campaign: Campaign, chosen: Sequence[Draft]) -> Plan:
    """The plan that only adds the chosen drafts to the outbox and says so in `Envois`."""
    if run.results is None:
        raise ValueError("a run with structural problems has no drafts")
    wanted = _wanted(run.reading, campaign, run.results, run.kept, chosen)
    emails = run.reading.layout.tabs.get("emails")
    touched = {wanted.sheets["envois"].name, emails.name if emails else run.reading.schema.tab("emails").name}
    return _proved(run.reading, [one for one in wanted.operations if _tab_of(one) in touched])


def _tab_of(operation: Operation) -> str:
    match operation:
        case CreateTab(sheet=sheet) | ReplaceTab(sheet=sheet):
            return sheet.name
        case _:
            return operation.tab


def _wanted(
    reading: Reading, campaign: Campaign, results: Results, kept: Sequence[Sending], due: Sequence[Draft]
) -> _Wanted:
    here = [one for one in kept if one.state != REMOVED]
    sendings = (*here, *outbox.new(due), *(one for one in kept if one.state == REMOVED))
    sheets = result_sheets(reading, results, campaign, sendings)
    tabs = (diff.robot_tab(sheet, reading.layout, reading.snapshot) for sheet in sheets.values())
    operations = (*_outbox_and_columns(reading, campaign, sheets, due), *(one for one in tabs if one))
    return _Wanted(reading, campaign, results, sendings, sheets, operations)


def _outbox_and_columns(
    reading: Reading, campaign: Campaign, sheets: Mapping[str, Sheet], due: Sequence[Draft]
) -> Iterator[Operation]:
    rows = outbox.added(due)
    appended: list[tuple[int, str]] = []
    emails = reading.layout.tabs.get("emails")
    if emails is None:
        ready = [{**row, "etat": TO_APPROVE} for row in rows]
        yield CreateTab(people.sheet(reading.schema.tab("emails"), banner_of(campaign), sheets, ready))
    elif rows:
        operation = diff.append(emails, rows)
        appended = [(operation.first_row + place, str(row["id"])) for place, row in enumerate(rows)]
        yield operation
    for tab_id, tab in reading.layout.tabs.items():
        if reading.snapshot.live:
            yield from diff.robot_formulas(tab, sheets)
        else:
            yield from diff.robot_columns(tab, sheets, appended if tab_id == "emails" else ())


def _pulsed(wanted: _Wanted, lines: Sequence[journal.Line], now: datetime) -> _Wanted:
    """With the dashboard, and a line of the Journal when something changed; a quiet run only beats."""
    reading, now = wanted.reading, now.replace(second=0, microsecond=0)
    before = _heartbeat(reading)
    same, old = _dashboard(wanted, Pulse(before or now, now)), journal_sheet(reading, wanted.campaign, lines)
    differs = any(_operation(reading, sheet) for sheet in (same, old))
    changed = bool(wanted.operations) or before is None or differs or not lines
    if not changed and before is not None and timedelta(0) <= now - before < BEAT:
        return replace(wanted, sheets={**wanted.sheets, same.id: same, old.id: old})
    board, new = _dashboard(wanted, Pulse(now, now)), old
    if changed:
        line = journal.line(now, journal.DONE, _summary(wanted))
        new = journal_sheet(reading, wanted.campaign, [line, *lines])
    operations = (*wanted.operations, _operation(reading, board), _operation(reading, new))
    sheets = {**wanted.sheets, board.id: board, new.id: new}
    return replace(wanted, sheets=sheets, operations=tuple(one for one in operations if one))


def _dashboard(wanted: _Wanted, pulse: Pulse) -> Sheet:
    return dashboard_sheet(wanted.reading, wanted.results, wanted.campaign, wanted.sendings, pulse)


def _operation(reading: Reading, sheet: Sheet) -> Operation | None:
    return diff.robot_tab(sheet, reading.layout, reading.snapshot)


def _heartbeat(reading: Reading) -> datetime | None:
    name = reading.layout.robot_tabs.get("tableau_de_bord")
    headers = [column.header for column in tableau.COLUMNS]
    for row in records(reading.snapshot.tab(name) if name else None, headers):
        moment = row.get("Date")
        if row.get("Indicateur") == tableau.HEARTBEAT and isinstance(moment, datetime):
            return moment
    return None


def _summary(wanted: _Wanted) -> str:
    results = wanted.results
    blocking = sum(one.severity is Severity.BLOCKING for one in results.anomalies)
    anomalies = plural(len(results.anomalies), "anomalie") + (
        f" dont {plural(blocking, 'bloquante')}" if blocking else ""
    )
    counts = (plural(len(results.dossiers), "dossier"), plural(len(results.evaluations), "évaluation"), anomalies)
    changed = dict.fromkeys(_tab_of(one) for one in wanted.operations)
    added = sum(len(one.rows) for one in wanted.operations if isinstance(one, AppendRows))
    emails = f" {plural(added, 'e-mail ajouté', 'e-mails ajoutés')}." if added else ""
    return f"{listed(counts)}. Mis à jour : {listed(changed) or 'Tableau de bord'}.{emails}"


def _proved(reading: Reading, operations: Sequence[Operation]) -> Plan:
    plan = Plan(reading.snapshot.version, tuple(operations))
    prove(plan, reading.snapshot, reading.layout, reading.schema)
    return plan


def _remember(wanted: _Wanted, typed: tuple[TypedOver, ...]) -> Memory:
    columns = memories.columns_of(wanted.reading, wanted.sheets)
    outputs = memories.outputs_of(wanted.sheets)
    banner = memories.remembered(banner_of(wanted.campaign))
    return Memory(wanted.reading.row_counts(), outputs, columns, typed, banner)
