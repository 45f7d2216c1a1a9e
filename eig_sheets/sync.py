"""The nightly job: what one run would change (pure), proved, then applied in one write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from eig_sheets import memory as memories
from eig_sheets import outbox
from eig_sheets.config import Campaign
from eig_sheets.deliveries import Delivery
from eig_sheets.french import listed, plural
from eig_sheets.game import play
from eig_sheets.mail.templates import Template
from eig_sheets.memory import Memory, TypedOver
from eig_sheets.outbox.records import records_of
from eig_sheets.outbox.rows import rows_of
from eig_sheets.outbox.sheet import astray
from eig_sheets.outbox.standing import Standing
from eig_sheets.outbox.versions import Known
from eig_sheets.overrides import told
from eig_sheets.reading import Reading, read
from eig_sheets.recorded import recorded
from eig_sheets.results import Results, compute, in_order
from eig_sheets.show import Pulse, banner_of, dashboard_sheet, journal_sheet
from eig_sheets.wanted import Wanted, proved, tab_of, wanted_of
from eig_sheets.workbook import diff
from eig_sheets.workbook.anomalies import Anomaly, Severity
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.plan import AppendRows, Operation, Plan
from eig_sheets.workbook.read_back import records
from eig_sheets.workbook.render import journal, tableau
from eig_sheets.workbook.render.regles import Rule
from eig_sheets.workbook.sheet import Sheet
from eig_sheets.workbook.snapshot import Snapshot

BEAT = timedelta(hours=12)
"""When nothing changes, the heartbeat is written again after so long: less than the 26 hours of the banner."""


SKEW = timedelta(minutes=10)
"""A heartbeat may be so far ahead: the clocks of two machines differ."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The present moment, naive, in the campaign's zone; and the day by which e-mails are due."""

    now: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found and would write; `results` is None when a structural problem stops it.

    `emails` tells where every e-mail stands, `known` what was known of them before. `memory` is what to remember once
    the plan is applied, None when the run failed.
    """

    reading: Reading
    plan: Plan
    problems: tuple[Anomaly, ...] = ()
    results: Results | None = None
    known: Known | None = None
    emails: Standing | None = None
    memory: Memory | None = None


def plan_sync(
    snapshot: Snapshot,
    campaign: Campaign,
    texts: Mapping[str, Template],
    memory: Memory,
    clock: Clock,
    deliveries: Mapping[str, Delivery],
    *,
    allowed: Sequence[str] = (),
    force: bool = False,
) -> Run:
    """What a sync of that snapshot would change. Pure.

    `deliveries`: what this machine's ledger says; `allowed`: addresses that e-mails may go to, besides those of the
    configuration. `force` accepts that a people's tab lost many rows (guarantee G8).
    """
    reading = read(snapshot, campaign)
    problems = (*reading.problems, *(() if force else memories.vanished(reading, memory)))
    if problems:
        return _failed(reading, memory, problems, clock.now)
    return _succeeded(reading, texts, memory, clock, deliveries, allowed)


def _failed(reading: Reading, memory: Memory, problems: Sequence[Anomaly], now: datetime) -> Run:
    """Nothing but the failure line, once a day for the same cause."""
    what = " ".join(problem.message for problem in problems)
    remedy = " ".join(dict.fromkeys(problem.remedy for problem in problems))
    return Run(reading, _failure_line(reading, memory, now, what, remedy), tuple(problems))


def plan_failure(snapshot: Snapshot, campaign: Campaign, memory: Memory, now: datetime, what: str, remedy: str) -> Plan:
    """The plan that only tells, in the Journal, of a run that failed for a cause outside the workbook. Pure."""
    return _failure_line(read(snapshot, campaign), memory, now, what, remedy)


def _failure_line(reading: Reading, memory: Memory, now: datetime, what: str, remedy: str) -> Plan:
    line, old = journal.line(now, journal.FAILED, what, remedy), memories.journal_lines(reading, memory)
    said = bool(old) and old[0][1:] == line[1:] and isinstance(old[0][0], datetime) and old[0][0].date() == now.date()
    own_name = reading.schema.robot_tabs["journal"]
    taken = any(one.code == "nom_pris" and squeezed(one.tab) == squeezed(own_name) for one in reading.problems)
    operation = None if said or taken else _journal(reading, [line, *old])
    return proved(reading, [operation] if operation else [])


def _journal(reading: Reading, lines: Sequence[journal.Line]) -> Operation | None:
    return diff.robot_tab(journal_sheet(reading, lines), reading.layout, reading.snapshot)


def _succeeded(
    reading: Reading,
    texts: Mapping[str, Template],
    memory: Memory,
    clock: Clock,
    deliveries: Mapping[str, Delivery],
    allowed: Sequence[str],
) -> Run:
    typed = memories.typed_over(reading, memory, clock.now.date())
    records = records_of(reading, memories.output_of("envois", reading, memory))
    known = outbox.known_of(rows_of(reading), records, deliveries)
    results = compute(reading, (*memories.report(typed), *astray(reading, known)))
    before = recorded(reading, memories.output_of("regles", reading, memory), memory.outputs.get("regles", ()))
    results = _played(reading, results, before, clock)
    emails = outbox.stand(reading, results, texts, clock.today, known, memory.texts, allowed)
    wanted = wanted_of(reading, results, emails)
    wanted = _pulsed(wanted, memories.journal_lines(reading, memory), clock.now)
    return Run(reading, proved(reading, wanted.operations), (), results, known, emails, _remember(wanted, typed))


def _played(reading: Reading, results: Results, before: Sequence[Rule], clock: Clock) -> Results:
    """The results, with the rules of the game and what changed in them."""
    game = play(reading, results, before, clock.now, clock.today)
    anomalies = in_order(reading, (*results.anomalies, *game.anomalies)) if game.anomalies else results.anomalies
    return replace(results, rules=game.rules, anomalies=anomalies)


def _pulsed(wanted: Wanted, lines: Sequence[journal.Line], now: datetime) -> Wanted:
    """With the dashboard, and a line of the Journal when something changed; a quiet run only beats."""
    reading, now = wanted.reading, now.replace(second=0, microsecond=0)
    before = _heartbeat(reading)
    same, old = _dashboard(wanted, Pulse(before or now, now)), journal_sheet(reading, lines)
    differs = any(_operation(reading, sheet) for sheet in (same, old))
    changed = bool(wanted.operations) or before is None or differs or not lines
    if not changed and before is not None and -SKEW <= now - before < BEAT:
        return replace(wanted, sheets={**wanted.sheets, same.id: same, old.id: old})
    board, new = _dashboard(wanted, Pulse(now, now)), old
    if changed:
        line = journal.line(now, journal.DONE, _summary(wanted))
        new = journal_sheet(reading, [line, *lines])
    operations = (*wanted.operations, _operation(reading, board), _operation(reading, new))
    sheets = {**wanted.sheets, board.id: board, new.id: new}
    return replace(wanted, sheets=sheets, operations=tuple(one for one in operations if one))


def _dashboard(wanted: Wanted, pulse: Pulse) -> Sheet:
    return dashboard_sheet(wanted.reading, wanted.results, wanted.emails.lines, pulse)


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


def _summary(wanted: Wanted) -> str:
    results = wanted.results
    blocking = sum(one.severity is Severity.BLOCKING for one in results.anomalies)
    anomalies = plural(len(results.anomalies), "anomalie") + (
        f" dont {plural(blocking, 'bloquante')}" if blocking else ""
    )
    counts = (plural(len(results.dossiers), "dossier"), plural(len(results.evaluations), "évaluation"), anomalies)
    changed = dict.fromkeys(tab_of(one) for one in wanted.operations)
    added = sum(len(one.rows) for one in wanted.operations if isinstance(one, AppendRows))
    emails = f" {plural(added, 'e-mail ajouté', 'e-mails ajoutés')}." if added else ""
    settings = told(wanted.reading.overrides.origins)
    return (
        f"{listed(counts)}. Mis à jour : {listed(changed) or 'Tableau de bord'}.{emails}{settings and ' ' + settings}"
    )


def _remember(wanted: Wanted, typed: tuple[TypedOver, ...]) -> Memory:
    columns = memories.columns_of(wanted.reading, wanted.sheets)
    outputs = memories.outputs_of(wanted.sheets)
    banner = memories.remembered(banner_of(wanted.reading.campaign))
    return Memory(wanted.reading.row_counts(), outputs, columns, typed, banner, wanted.emails.texts)
