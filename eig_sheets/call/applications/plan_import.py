"""The plan of an import: new rows, cells to fill, what was received and differs, a line of the Journal. Pure.

All of it is one write, so that what is known of an import is in the workbook as soon as its rows are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from eig_sheets.call.applications.importing.kinds import PROJECTS, ImportKind
from eig_sheets.call.applications.importing.plan import ChangedDossier, ImportPlan
from eig_sheets.call.applications.importing.waiting_records import brought, replaced
from eig_sheets.call.applications.importing.waiting_values import Comparison
from eig_sheets.call.applications.modifications import ReceivedChanges
from eig_sheets.call.applications.received_changes import (
    changes_of,
    changes_sheet,
    comparison_of,
    known_imports,
    with_known_imports,
)
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.vanished_rows import with_rows_added
from eig_sheets.spreadsheet.model.plan import FillCells, Operation, Plan
from eig_sheets.storage.imported_dossiers import ImportedDossiers, ImportRecord, KnownDossier, WaitingValue
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural
from eig_sheets.workbook import diff, journal
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.requested_changes import Requested, is_fillable, written_digest


@dataclass(frozen=True, slots=True)
class ImportRun:
    """What an import does to a workbook, and what to remember once its plan is applied.

    `filled`: the (number, field) of the cells that it sets; `remaining`: the dossiers of the export, with the
    values that it brings and that wait; `changes`: what `Modifications reçues` says; `record`: what to keep before the
    plan is applied, so that it can be undone, None when it changes nothing of people's nor of what is known.
    """

    reading: Reading
    imported: ImportPlan
    plan: Plan
    last_run: LastRun
    changes: ReceivedChanges
    filled: tuple[tuple[str, str], ...]
    remaining: tuple[ChangedDossier, ...]
    record: ImportRecord | None


def plan_import_run(
    reading: Reading,
    imported: ImportPlan,
    last_run: LastRun,
    now: datetime,
    source: str,
    *,
    today: date | None = None,
    fill: bool = False,
    kind: ImportKind = PROJECTS,
) -> ImportRun:
    """The plan of an import of `source`, an export of that kind; `fill` also sets cells that were empty when read.

    What it brings is received on the day `today`, now unless given, at the time of `now`.
    """
    tab = reading.layout.tabs[kind.tab]
    fills = [*_fills(tab, imported.changed)] if fill else []
    numbers = dict(diff.keys(tab))
    filled = tuple((numbers[row], column_fill.field) for column_fill in fills for row, _ in column_fill.values)
    comparison, all_known = comparison_of(reading, kind.tab), known_imports(reading, last_run)
    before, received = all_known[kind.tab], datetime.combine(today or now.date(), now.time())
    known = after_import(before, imported, filled, tab.columns, comparison, received)
    all_known = {**all_known, kind.tab: known}
    changes = changes_of(all_known, reading)
    sheets = [changes_sheet(reading, changes)]
    added: list[Operation] = [diff.append(tab, [new.values for new in imported.new])] if imported.new else []
    operations = [*added, *fills, *written(reading, sheets[0])]
    if operations:
        what = _sentence(kind, source, len(imported.new), len(filled), len(changes.lines))
        sheets.append(journal_with(reading, last_run, journal.line(now, journal.DONE, what)))
        operations += written(reading, sheets[1])
    plan = checked_plan(reading, operations, Requested(fillable={column_fill.field for column_fill in fills}))
    remembered = with_rows_added(remembering(reading, last_run, sheets), reading, plan)
    remembered = with_known_imports(all_known, reading, remembered)
    again, now_known = {new.number for new in imported.new}, remembered.imports_of(kind.tab)
    undone = tuple(number for number in now_known.undone if number not in again)
    remembered = remembered.with_imports(kind.tab, replace(now_known, undone=undone))
    rows = {new.number: written_digest(tab, new.values) for new in imported.new}
    values_brought = brought(before, known, [dossier.number for dossier in imported.present], comparison)
    record = ImportRecord(
        now, source, rows, filled, brought=values_brought, before=replaced(before, values_brought), tab=kind.tab
    )
    recorded = record if rows or filled or values_brought else None
    return ImportRun(reading, imported, plan, remembered, changes, filled, _remaining(imported, known), recorded)


def _fills(tab: TabLayout, changed: Sequence[ChangedDossier]) -> Iterator[FillCells]:
    """The cells that are blank here and not in the export, column by column."""
    for field in tab.schema.fields:
        column = tab.columns.get(field.id)
        if column is not None:
            values = tuple(
                (dossier.row, difference.in_export)
                for dossier in changed
                for difference in dossier.differences
                if difference.field == field.id and is_fillable(tab.tab, dossier.row, column)
            )
            if values:
                yield FillCells(tab.name, column, field.column(), field.id, values)


def _remaining(imported: ImportPlan, known: ImportedDossiers) -> tuple[ChangedDossier, ...]:
    left = (
        replace(
            dossier, differences=tuple(difference for difference in dossier.differences if difference.field in waiting)
        )
        for dossier in imported.changed
        for waiting in [known.dossiers[dossier.number].waiting]
    )
    return tuple(dossier for dossier in left if dossier.differences)


def _sentence(kind: ImportKind, source: str, added: int, filled: int, changes: int) -> str:
    counts = [plural(added, *kind.counted("ajouté"))]
    counts += [plural(filled, "cellule complétée", "cellules complétées")] if filled else []
    counts += [plural(changes, "modification reçue", "modifications reçues")] if changes else []
    return f"Import de « {source} » : {listed(counts)}."


def after_import(
    known: ImportedDossiers,
    plan: ImportPlan,
    filled: Collection[tuple[str, str]],
    columns: Collection[str],
    comparison: Comparison,
    now: datetime,
) -> ImportedDossiers:
    """What is known once an import is written.

    `filled`: the (number, field) of cells that it fills; `columns`: the fields that the tab has a column for; `now` is
    when the values are received. A blank in the export says nothing.
    """
    dossiers = dict(known.dossiers)
    for new in plan.new:
        digests = {field: comparison.digest(field, value) for field, value in new.values.items() if field in columns}
        dossiers[new.number] = KnownDossier(digests)
    for present in plan.present:
        differing = {difference.field for difference in present.differences}
        before = dossiers.get(present.number, KnownDossier())
        imported, waiting = dict(before.imported), dict(before.waiting)
        for field, value in present.values.items():
            fingerprint = comparison.digest(field, value)
            if field not in differing or (present.number, field) in filled:
                imported[field] = fingerprint
            if imported.get(field) == fingerprint:
                waiting.pop(field, None)
            else:
                new_value = WaitingValue(
                    comparison.text(field, value), now.replace(second=0, microsecond=0), present.updated
                )
                waiting[field] = _first_received(waiting.get(field), new_value, field, comparison)
        dossiers[present.number] = KnownDossier(imported, waiting)
    return replace(known, dossiers=dossiers)


def _first_received(
    before: WaitingValue | None, received: WaitingValue, field: str, comparison: Comparison
) -> WaitingValue:
    """The value that waits, as it was first received."""
    same = before is not None and comparison.key(field, before.value) == comparison.key(field, received.value)
    return before if same and before is not None else received
