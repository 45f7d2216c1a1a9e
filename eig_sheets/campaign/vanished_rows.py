"""The rows of people's tabs as the last write left them, and those that are gone since (guarantee G8). Pure.

What the robot adds counts as soon as it is written: e-mails drafted, dossiers imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.since_last_run import recorded_lines
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.spreadsheet.model.cells import WrittenValue, as_read
from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook import archives, envois
from eig_sheets.workbook.anomalies import Anomaly, anomaly, stopping
from eig_sheets.workbook.diff import keys
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import key_of

TAB_CUT: Final = stopping(
    "onglet_ampute",
    "L’onglet « {tab} » avait {before} lignes remplies à la dernière exécution ; il en reste {now}.",
    "Rétablissez les lignes (historique des versions) ; si c’est voulu, lancez « eig-sheets sync --force ».",
)

_OUTBOX: Final = "emails"


@dataclass(frozen=True, slots=True)
class _Added:
    """The rows that an operation adds to a people's tab: how many, and their keys."""

    tab_id: str
    count: int
    keys: tuple[str, ...]


def vanished(reading: Reading, last_run: LastRun) -> Iterator[Anomaly]:
    """Tabs that lost more than a third of their rows and at least five since they were last written.

    The dossiers of an import that was undone may go, and so may e-mails that the archive has.
    """
    used = {tab.id for tab in reading.schema.tabs}
    for tab_id in dict.fromkeys((*last_run.counts, *last_run.keys)):
        if tab_id not in used:
            continue  # the call does without it now: its rows are left alone, and not counted
        if _is_without_key(tab_id, reading):
            continue  # that its column is not found is a problem already
        before, left = _compared(tab_id, reading, last_run)
        if before - left >= 5 and 3 * (before - left) > before:
            tab = reading.layout.tabs.get(tab_id)
            name = tab.name if tab else reading.schema.tab(tab_id).name
            yield anomaly(TAB_CUT, name, now=left, before=before)


def _is_without_key(tab_id: str, reading: Reading) -> bool:
    tab = reading.layout.tabs.get(tab_id)
    return tab is not None and tab.schema.key not in tab.columns


def _compared(tab_id: str, reading: Reading, last_run: LastRun) -> tuple[int, int]:
    """How many rows there were, without those that may go, and how many of them are left."""
    if tab_id in last_run.keys:
        known, there = {*last_run.keys[tab_id]}, {*_keys_of(tab_id, reading), *_above_headers(tab_id, reading)}
        before = known - (_may_go(tab_id, reading, last_run) - there)
        return len(before), len(before & there)
    left = reading.row_counts().get(tab_id, 0)
    return last_run.counts[tab_id] - _uncounted(tab_id, reading, last_run), left


def _may_go(tab_id: str, reading: Reading, last_run: LastRun) -> set[str]:
    """The keys of the rows that people, or a command, have reason to delete."""
    if tab_id == _OUTBOX:
        return {str(line["id"]) for line in recorded_lines("archives", archives.TABLE, reading, last_run)}
    return {*last_run.imports_of(tab_id).undone}


def _uncounted(tab_id: str, reading: Reading, last_run: LastRun) -> int:
    """How many of the rows that an older version counted, without their keys, may be gone."""
    if undone := last_run.imports_of(tab_id).undone:
        return len(undone) - len(still_undone(tab_id, reading, last_run))
    if tab_id == _OUTBOX and tab_id in reading.layout.tabs:
        counted = {
            line["id"]
            for line in envois.TABLE.read_stored(last_run.outputs.get("envois", ()))
            if line["state"] != DeliveryStatus.ARCHIVED
        }
        return len((_may_go(tab_id, reading, last_run) & counted) - {*_keys_of(tab_id, reading)})
    return 0


def still_undone(tab_id: str, reading: Reading, last_run: LastRun) -> tuple[str, ...]:
    """The rows, by their number, of an import that was undone that the tab still has."""
    undone, table = last_run.imports_of(tab_id).undone, reading.tables.get(tab_id)
    present = set() if table is None or not undone else {*table.frame[table.layout.schema.key].dropna()}
    return tuple(number for number in undone if number in present)


def with_still_undone(last_run: LastRun, reading: Reading, before: LastRun) -> LastRun:
    """The run with what imports did: of those undone, only the rows that are still there may go."""
    for tab_id in ("candidatures", *before.other_imports):
        imports = replace(last_run.imports_of(tab_id), undone=still_undone(tab_id, reading, before))
        last_run = last_run.with_imports(tab_id, imports)
    return last_run


def with_rows_left(last_run: LastRun, reading: Reading, plan: Plan) -> LastRun:
    """The run after a sync: it knows the rows that this plan leaves, and no other."""
    counts, known = (
        reading.row_counts(),
        {tab_id: _keys_of(tab_id, reading) for tab_id, tab in reading.layout.tabs.items() if tab.schema.unique},
    )
    for added in _added(reading, plan):
        counts[added.tab_id] = counts.get(added.tab_id, 0) + added.count
        if reading.schema.tab(added.tab_id).unique:
            known[added.tab_id] = (*known.get(added.tab_id, ()), *added.keys)
    return replace(last_run, counts=counts, keys=known)


def with_rows_added(last_run: LastRun, reading: Reading, plan: Plan) -> LastRun:
    """The run after any command but a sync: it also knows the rows that this plan adds.

    Vanished rows were not looked for: those that were known still are.
    """
    for added in _added(reading, plan):
        last_run = with_rows_there(last_run, reading, added.tab_id)
        counts = {**last_run.counts, added.tab_id: last_run.counts[added.tab_id] + added.count}
        known = last_run.keys
        if added.tab_id in known:
            known = {**known, added.tab_id: _once((*known[added.tab_id], *added.keys))}
        last_run = replace(last_run, counts=counts, keys=known)
    return last_run


def with_rows_there(last_run: LastRun, reading: Reading, tab_id: str) -> LastRun:
    """The run that also knows every row that the tab has; no keys where an older version counted without them."""
    is_older = tab_id in last_run.counts and tab_id not in last_run.keys
    count = max(last_run.counts.get(tab_id, 0), reading.row_counts().get(tab_id, 0))
    known = last_run.keys
    if reading.schema.tab(tab_id).unique and not is_older:
        known = {**known, tab_id: _once((*known.get(tab_id, ()), *_keys_of(tab_id, reading)))}
    return replace(last_run, counts={**last_run.counts, tab_id: count}, keys=known)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _keys_of(tab_id: str, reading: Reading) -> tuple[str, ...]:
    """The keys of the rows of a tab, once each; a row without any is not told from another."""
    tab = reading.layout.tabs.get(tab_id)
    return _once(key for _, key in keys(tab) if key) if tab else ()


def _above_headers(tab_id: str, reading: Reading) -> Iterator[str]:
    """The texts above the headers: rows that the robot adds lie there when somebody inserts a row at the same time."""
    tab = reading.layout.tabs.get(tab_id)
    for row in tab.tab.rows[: tab.header_row - 1] if tab else ():
        yield from filter(None, (key_of(value) for value in row))


def _added(reading: Reading, plan: Plan) -> Iterator[_Added]:
    """What a plan adds to the people's tabs whose rows are counted."""
    counted = {tab.name: tab for tab in reading.layout.tabs.values() if not tab.schema.cleared}
    new = {tab.id: tab.field(tab.key).header for tab in reading.schema.tabs if not tab.cleared}
    for operation in plan.operations:
        match operation:
            case AppendRows(tab=name) if name in counted:
                yield _Added(counted[name].schema.id, len(operation.rows), _appended_keys(operation, counted[name]))
            case CreateTab(sheet=sheet) if sheet.id in new and sheet.rows:
                place = [column.header for column in sheet.columns].index(new[sheet.id])
                yield _Added(sheet.id, len(sheet.rows), _filled(row[place] for row in sheet.rows))


def _appended_keys(operation: AppendRows, tab: TabLayout) -> tuple[str, ...]:
    place = operation.columns.index(tab.columns[tab.schema.key])
    return _filled(row[place] for row in operation.rows)


def _filled(values: Iterator[WrittenValue]) -> tuple[str, ...]:
    return tuple(filter(None, (key_of(as_read(value)) for value in values)))  # type: ignore[arg-type]
