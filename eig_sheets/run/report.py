"""`Accueil` with its heartbeat, and the line of a run in the Journal. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.plans import tab_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import journal_sheet
from eig_sheets.run import accueil
from eig_sheets.run.chart_numbers import NUMBERS
from eig_sheets.run.dashboard import apart
from eig_sheets.run.donnees_graphiques import TAB_ID as DATA
from eig_sheets.run.home import home_lines
from eig_sheets.run.refusals import REFUSED
from eig_sheets.run.settings_in_force import settings_sentence
from eig_sheets.run.sheets import Heartbeat, home_sheet
from eig_sheets.run.target import TargetState
from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, Operation, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import diff, journal
from eig_sheets.workbook.anomalies import Anomaly, Severity, count

HOME = "accueil"
"""The id of the tab that has the heartbeat."""

HEARTBEAT_INTERVAL = timedelta(hours=12)
"""When nothing changes, the heartbeat is written at this interval, shorter than the 26 hours of the banner."""

CLOCK_SKEW = timedelta(minutes=10)
"""How far in the future a heartbeat may be: the clocks of two machines differ."""


def with_home_and_journal(
    target: TargetState,
    lines: Sequence[journal.Line],
    now: datetime,
    today: date,
    since: Callable[[], str] = str,
) -> TargetState:
    """Add `Accueil`, and a line of the Journal when something changed; otherwise only the heartbeat, when due.

    `since`: what changed since the run before. `Accueil` comes last, so that its links and charts lead to tabs that are
    there.
    """
    reading, now = target.reading, now.replace(second=0, microsecond=0)
    pending, before = home_lines(target, lines, now, today), heartbeat_of(reading)
    data, numbers = target.sheets.get(DATA), target.results.of(NUMBERS)
    old = journal_sheet(reading, lines)
    same = home_sheet(reading, pending, Heartbeat(before or now, now), old, data, numbers)
    differs = any(operation_of(reading, sheet) for sheet in (same, old))
    left = [anomaly for anomaly in target.results.anomalies if anomaly.kind in REFUSED]
    recovered = journal.has_failed(lines) and not left
    changed = bool(target.operations) or before is None or differs or recovered or not lines
    if not changed and before is not None and -CLOCK_SKEW <= now - before < HEARTBEAT_INTERVAL:
        return replace(target, sheets={**target.sheets, same.id: same, old.id: old})
    new = journal_sheet(reading, [_line(target, left, now, since()), *lines]) if changed else old
    home = home_sheet(reading, pending, Heartbeat(now, now), new, data, numbers)
    operations = (*target.operations, operation_of(reading, new), _home_operation(target, home))
    sheets = {**target.sheets, home.id: home, new.id: new}
    return replace(target, sheets=sheets, operations=tuple(operation for operation in operations if operation))


def _home_operation(target: TargetState, home: Sheet) -> Operation | None:
    """The operation that brings `Accueil` up to date: also when what its links or charts lead to is made again."""
    reading = target.reading
    name, operation = reading.layout.robot_tabs.get(home.id), operation_of(reading, home)
    renewed = any(isinstance(change, CreateTab) or _is_of_charts(change) for change in target.operations)
    if operation is None and renewed and name is not None and name not in reading.snapshot.refused:
        return ReplaceTab(name, home)
    return operation


def _line(target: TargetState, left: Sequence[Anomaly], now: datetime, since: str) -> journal.Line:
    """The line of a run that changed something; `left`: what the spreadsheet program did not let it write."""
    remedy = " ".join(dict.fromkeys(refused.remedy for refused in left))
    what = " ".join(
        filter(None, (_summary(target), since, *(f"{refused.tab} : {refused.message}" for refused in left)))
    )
    return journal.line(now, journal.FAILED if left else journal.DONE, what, remedy)


def operation_of(reading: Reading, sheet: Sheet) -> Operation | None:
    """The operation that brings a robot's tab up to date; None when it is, or when it cannot be written."""
    operation = diff.robot_tab(sheet, reading.layout, reading.snapshot)
    return None if operation is None or is_refused(reading, operation) else operation


def is_refused(reading: Reading, operation: Operation) -> bool:
    """Whether the operation would write a robot's tab that the spreadsheet program does not let us write."""
    return isinstance(operation, ReplaceTab) and operation.name in reading.snapshot.refused


def heartbeat_of(reading: Reading) -> datetime | None:
    """When the last sync succeeded, as `Accueil` says; None when it says nothing that can be read."""
    name = reading.layout.robot_tabs.get(HOME)
    for row in accueil.TABLE.read(reading.snapshot.tab(name) if name else None):
        moment = row["moment"]
        if row["label"] == accueil.HEARTBEAT and isinstance(moment, datetime):
            return moment
    return None


def _is_of_charts(operation: Operation) -> bool:
    """Whether it writes the numbers of the charts, whose change `Accueil` shows."""
    return isinstance(operation, CreateTab | ReplaceTab) and operation.sheet.id == DATA


def _rows(target: TargetState) -> tuple[str, ...]:
    """How many rows the results come from."""
    reading, results = target.reading, target.results
    if reading.owns("candidatures"):
        return plural(len(results.of(APPLICATIONS).dossiers), "dossier"), plural(
            len(results.of(SCORES).evaluations), "évaluation"
        )
    return apart(reading).counts(reading)


def _summary(target: TargetState) -> str:
    results = target.results
    blocking = count(anomaly for anomaly in results.anomalies if anomaly.severity is Severity.BLOCKING)
    anomalies = plural(count(results.anomalies), "anomalie") + (
        f", dont {plural(blocking, 'bloquante')}" if blocking else ""
    )
    counts = (*_rows(target), anomalies)
    changed = dict.fromkeys(tab_of(operation) for operation in target.operations if not _is_of_charts(operation))
    added = sum(len(operation.rows) for operation in target.operations if isinstance(operation, AppendRows))
    emails = f" {plural(added, 'e-mail ajouté', 'e-mails ajoutés')}." if added else ""
    settings = settings_sentence(target.reading.overrides.origins)
    return f"{listed(counts)}. Mis à jour : {listed(changed) or 'Accueil'}.{emails}{settings and ' ' + settings}"
