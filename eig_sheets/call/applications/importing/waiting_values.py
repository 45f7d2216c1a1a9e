"""Values that imports brought and that wait for people to take them into the tab, import after import. Pure.

A value received waits while it differs from the value last imported and from the tab's: what the platform still says as
it was imported is no news, whatever officers corrected since.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from eig_sheets.call.applications.importing.rows import comparison_key
from eig_sheets.call.applications.modifications import ReceivedChange
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.storage.imported_dossiers import MOST_DOSSIERS, ImportedDossiers, KnownDossier, WaitingValue
from eig_sheets.workbook import values
from eig_sheets.workbook.fields import Field, TabSchema
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the values of a tab are compared: its fields, and the time zone of its dates."""

    tab: TabSchema
    zone: ZoneInfo

    def key(self, field_id: str, value: CellValue) -> object:
        """What two values of a field have in common when they mean the same."""
        return comparison_key(self.tab.field(field_id), value, self.zone)

    def digest(self, field_id: str, value: CellValue) -> str:
        """A fingerprint of eight characters that values of a field that mean the same share."""
        text = repr((field_id, self.key(field_id, value)))
        return base64.urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:6]).decode()

    def text(self, field_id: str, value: CellValue) -> str:
        """A value as people would type it, which means the same."""
        words = shown(value)
        return words if self.key(field_id, words) == self.key(field_id, value) else str(value)


def rows_by_number(tab: TabLayout) -> dict[str, list[int]]:
    """Number of a dossier → its (1-based) rows in the tab, usually one."""
    rows_of: dict[str, list[int]] = {}
    column = tab.columns[tab.schema.key]
    for row in range(tab.header_row + 1, tab.last_row + 1):
        try:
            number = values.key(tab.tab.value(row, column))
        except values.UnreadableError:
            continue
        if number:
            rows_of.setdefault(number, []).append(row)
    return rows_of


def settled(
    known: ImportedDossiers, tab: TabLayout, comparison: Comparison, undone: Collection[str] = ()
) -> ImportedDossiers:
    """What is known once the tab was read: a value that it has by now does not wait any more, and was imported.

    `undone`: dossiers that are forgotten when the tab has them no more; beyond `MOST_DOSSIERS`, any that it lacks is.
    """
    rows = rows_by_number(tab)
    dossiers = {
        number: _settled(dossier, tab, rows.get(number, ()), comparison)
        for number, dossier in known.dossiers.items()
        if number in rows or number not in undone
    }
    if len(dossiers) > MOST_DOSSIERS:
        order = sorted(dossiers, key=lambda number: number not in rows)
        dossiers = {number: dossiers[number] for number in order[:MOST_DOSSIERS]}
    return replace(known, dossiers=dossiers)


def _settled(known: KnownDossier, tab: TabLayout, rows: Sequence[int], comparison: Comparison) -> KnownDossier:
    if not known.waiting or len(rows) != 1:
        return known
    taken = {
        field
        for field, value in known.waiting.items()
        if field in tab.columns
        and comparison.key(field, tab.tab.value(rows[0], tab.columns[field])) == comparison.key(field, value.value)
    }
    if not taken:
        return known
    imported = {**known.imported, **{field: comparison.digest(field, known.waiting[field].value) for field in taken}}
    return KnownDossier(imported, {field: value for field, value in known.waiting.items() if field not in taken})


def standing(
    known: ImportedDossiers, tab: TabLayout, remarks: Callable[[str, WaitingValue], Iterable[str]]
) -> tuple[ReceivedChange, ...]:
    """The changes to show, in the order of the tab; those of a dossier with several rows, or none, wait unseen."""
    rows = rows_by_number(tab)
    places = {field: place for place, field in enumerate(field.id for field in tab.schema.fields)}
    changes = [
        (rows[number][0], places[field], _change(tab, rows[number][0], tab.schema.field(field), number, value, remarks))
        for number, dossier in known.dossiers.items()
        if len(rows.get(number, ())) == 1
        for field, value in dossier.waiting.items()
        if field in tab.columns and field in places
    ]
    return tuple(change for *_, change in sorted(changes, key=lambda change: change[:2]))


def _change(
    tab: TabLayout,
    row: int,
    field: Field,
    number: str,
    waiting: WaitingValue,
    remarks: Callable[[str, WaitingValue], Iterable[str]],
) -> ReceivedChange:
    column = tab.columns[field.id]
    value = tab.tab.value(row, column)
    return ReceivedChange(
        number,
        tab.header(field.id),
        tab.name,
        tab.cell(field.id, row) or "",
        tab.cell_name(row, column),
        "" if value is None else shown(value),
        waiting.value,
        waiting.since,
        waiting.updated,
        tuple(remarks(number, waiting)),
    )
