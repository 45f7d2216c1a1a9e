"""The plan that undoes an import: deletes its rows that are still last and unchanged, lists the others. Pure.

What it brought of dossiers that were there already is forgotten: what was known before it is known again. Only a file
that nobody else edits loses rows; elsewhere people delete every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from eig_sheets.call.applications.importing.waiting_records import forgotten, is_known, without
from eig_sheets.call.applications.importing.waiting_values import rows_by_number, settled
from eig_sheets.call.applications.received_changes import (
    changes_of,
    changes_sheet,
    comparison_of,
    known_imports,
    with_known_imports,
)
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.vanished_rows import with_rows_there
from eig_sheets.spreadsheet.model.cell_names import name_of
from eig_sheets.spreadsheet.model.plan import DeleteRows, Operation, Plan
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.storage.imported_dossiers import ImportRecord
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import journal
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import is_filled
from eig_sheets.workbook.requested_changes import Requested, deletion_obstacles, row_digest

CHANGED: Final = "elle a été modifiée depuis l’import"
NOT_LAST: Final = "d’autres lignes la suivent"
REPEATED: Final = "plusieurs lignes ont ce numéro"
SHARED: Final = "des personnes saisissent ici en même temps que le robot"


@dataclass(frozen=True, slots=True)
class RowOfImport:
    """A row that the import added. `why` people have to delete it themselves; '' when the plan does."""

    number: str
    row: int
    name: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class CellOfImport:
    """A cell that the import filled, for people to empty: the value that it has now is `value`."""

    number: str
    cell: str
    header: str


@dataclass(frozen=True, slots=True)
class Undo:
    """What undoing an import does. `before` is to be remembered before the plan is applied, `after` once it is.

    `forgotten`: how many values that it brought wait no more.
    """

    reading: Reading
    record: ImportRecord
    plan: Plan
    rows: tuple[RowOfImport, ...]
    cells: tuple[CellOfImport, ...]
    before: LastRun
    after: LastRun
    forgotten: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class RecordsApart:
    """What a feature imports into a tab of the robot's, by its id: whether an import is there, and what undoes it."""

    tab: str
    is_there: Callable[[ImportRecord, Reading], bool]
    undone: Callable[[Reading, ImportRecord, LastRun, datetime], Undo]


def _apart(reading: Reading) -> dict[str, RecordsApart]:
    return {part.tab: part for part in reading.campaign.features.parts(RecordsApart)}


def last_import(records: list[ImportRecord], reading: Reading, last_run: LastRun) -> ImportRecord | None:
    """The last import that was written; one of a run that was stopped counts if its rows, or what it brought, are."""
    known, apart = known_imports(reading, last_run), _apart(reading)

    def is_there(record: ImportRecord) -> bool:
        if record.tab in apart:
            return apart[record.tab].is_there(record, reading)
        present = rows_by_number(reading.layout.tabs[record.tab])
        if present.keys() & record.rows.keys():
            return True
        return is_known(known[record.tab], record.brought, comparison_of(reading, record.tab))

    ours = (record for record in reversed(records) if record.tab in known or record.tab in apart)
    return next((record for record in ours if record.written or is_there(record)), None)


def plan_undo(reading: Reading, record: ImportRecord, last_run: LastRun, now: datetime, in_use: str = "") -> Undo:
    """The plan that undoes an import. `in_use`: why nothing may be deleted, as the workbook itself said; else ''."""
    if part := _apart(reading).get(record.tab):
        return part.undone(reading, record, last_run, now)
    tab = reading.layout.tabs[record.tab]
    first, why, others = (tab.last_row + 1, in_use, in_use) if in_use else _first_deletable(reading, tab, record)
    operations: list[Operation] = []
    all_known, comparison = known_imports(reading, last_run), comparison_of(reading, record.tab)
    known = all_known[record.tab]
    restored = settled(without(known, record.brought, record.before, comparison), tab, comparison)
    kept_run, sheets, count = last_run, list[Sheet](), forgotten(known, restored)
    if first <= tab.last_row:
        width = max(len(tab.tab.rows[row - 1]) for row in range(first, tab.last_row + 1))
        operations.append(DeleteRows(tab.name, first, tab.last_row, width))
    if restored != known:
        all_known = {**all_known, record.tab: restored}
        sheets.append(changes_sheet(reading, changes_of(all_known, reading)))
        kept_run = with_known_imports(all_known, reading, last_run)
        operations += written(reading, sheets[0])
    if operations:
        what = _sentence(record.source, tab.last_row + 1 - first, count)
        sheets.append(journal_with(reading, last_run, journal.line(now, journal.DONE, what)))
        operations += written(reading, sheets[-1])
    remembered = remembering(reading, kept_run, sheets)
    plan = checked_plan(reading, operations, Requested(deletable=record.rows))
    excused = _excused(reading, record, last_run)
    return Undo(
        reading,
        record,
        plan,
        tuple(_rows(tab, record, first, why, others)),
        tuple(_cells(reading, tab, record)),
        excused,
        _as_excused(remembered, excused, record.tab),
        count,
    )


def _sentence(source: str, deleted: int, dropped: int) -> str:
    counts = [plural(deleted, "ligne supprimée", "lignes supprimées")]
    counts += [plural(dropped, "modification reçue oubliée", "modifications reçues oubliées")] if dropped else []
    return f"Import de « {source} » défait : {listed(counts)}."


def _first_deletable(reading: Reading, tab: TabLayout, record: ImportRecord) -> tuple[int, str, str]:
    """The first row from which all may be deleted; why the row before may not be, and why others may not."""
    if reading.snapshot.capabilities.concurrent_editors:
        return tab.last_row + 1, SHARED, SHARED
    once = {places[0]: number for number, places in rows_by_number(tab).items() if len(places) == 1}
    blocked, obstacle = max(deletion_obstacles(tab, reading.snapshot, tab.last_row), default=(0, ""))
    for row in range(tab.last_row, tab.header_row, -1):
        if once.get(row) not in record.rows:
            return row + 1, NOT_LAST, NOT_LAST
        if record.rows[once[row]] != row_digest(tab, row):
            return row + 1, CHANGED, NOT_LAST
        if row <= blocked:
            return row + 1, f"{obstacle} en dépend", NOT_LAST
    return tab.header_row + 1, "", ""


def _rows(tab: TabLayout, record: ImportRecord, first: int, why: str, others: str) -> Iterator[RowOfImport]:
    """The rows of the import that are still there, from the top; from `first` on, the plan deletes them."""
    places = sorted(
        (row, number, len(rows) > 1)
        for number, rows in rows_by_number(tab).items()
        if number in record.rows
        for row in rows
    )
    last = max((row for row, *_ in places if row < first), default=0)
    for row, number, repeated in places:
        reason = "" if row >= first else REPEATED if repeated else why if row == last else others
        yield RowOfImport(number, row, tab.row_name(row), reason)


def _cells(reading: Reading, tab: TabLayout, record: ImportRecord) -> Iterator[CellOfImport]:
    """The cells that the import filled and that still hold something, in rows that it did not add."""
    rows = rows_by_number(tab)
    for number, field in record.filled:
        address = tab.cell(field, rows[number][0]) if number in rows and field in tab.columns else None
        if address and is_filled(tab.tab.value(rows[number][0], tab.columns[field])):
            yield CellOfImport(number, name_of(address, tab.name, reading.snapshot), tab.header(field))


def _excused(reading: Reading, record: ImportRecord, last_run: LastRun) -> LastRun:
    """The last run by which the rows of the import may go without being missed: they are counted, and excused."""
    imports = last_run.imports_of(record.tab)
    undone = tuple(dict.fromkeys((*imports.undone, *record.rows)))
    known = with_rows_there(last_run, reading, record.tab)
    return known.with_imports(record.tab, replace(imports, undone=undone))


def _as_excused(last_run: LastRun, excused: LastRun, tab_id: str) -> LastRun:
    """The last run with the counts, the keys and the excuses of `excused`."""
    imports = replace(last_run.imports_of(tab_id), undone=excused.imports_of(tab_id).undone)
    return replace(last_run, counts=excused.counts, keys=excused.keys).with_imports(tab_id, imports)
