"""Checks changes to people's rows that a person asked for, in a file that only we have open.

`import --fill` sets cells that were empty when read; `import --undo` deletes the last rows, as an import wrote them;
`emails archive` those of obsolete drafts, once copied (guarantee G1). Like the rest of the ownership check, it trusts
the snapshot alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, WrittenValue, a1, as_read, text_length
from eig_sheets.spreadsheet.model.formulas import last_row_named, refers_to_rows
from eig_sheets.spreadsheet.model.plan import DeleteRows, FillCells, Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.text.french import NARROW
from eig_sheets.workbook import archives, envois
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.ownership import is_filled, key_of
from eig_sheets.workbook.read_back import digest

OUTBOX: Final = "emails"
"""The id of the only tab whose rows are archived."""
ARCHIVE: Final = "archives"

Copy = Mapping[str, str | None]
"""The text of each cell of a row, by key of the archive; `digest` is that of the whole row."""


def copy_of(tab: TabLayout, row: int, digest: str) -> Copy | None:
    """The copy of a row; None when what the team's own columns say is longer than a cell."""
    cells = {
        field: as_text(tab.tab.value(row, tab.columns[field])) if field in tab.columns else None
        for field in archives.COPIED
    }
    others = "\n".join(_others(tab, row)) or None
    if others is not None and text_length(others) > MAX_TEXT:
        return None
    return {**cells, "others": others, "digest": digest}


def copies_in(archive: TabSnapshot | None) -> dict[tuple[str, str], Copy]:
    """The copies that the archive holds as it was read, by id and digest."""
    copies: dict[tuple[str, str], Copy] = {}
    for record in archives.TABLE.read(archive):
        copy = {key: as_text(record[key]) for key in (*archives.COPIED, "others", "digest")}
        copies[str(copy["id"]), str(copy["digest"])] = copy
    return copies


class Proof:
    """The check, from a snapshot alone, that rows to empty are obsolete drafts with an exact copy in the archive."""

    def __init__(self, snapshot: Snapshot) -> None:
        sendings = envois.TABLE.read(_marked(snapshot, "envois"))
        self._obsolete = {as_text(line["id"]) for line in sendings if line["state"] == DeliveryStatus.OBSOLETE}
        self._copies = copies_in(_marked(snapshot, ARCHIVE))

    def is_obsolete(self, sending_id: str) -> bool:
        """Whether `Envois` says so."""
        return sending_id in self._obsolete

    def has_copy(self, tab: TabLayout, row: int, digest: str) -> bool:
        """Whether the archive holds an exact copy of a row, given its digest."""
        copy = copy_of(tab, row, digest)
        key = key_of(tab.tab.value(row, tab.columns[tab.schema.key]))
        return copy is not None and self._copies.get((key, digest)) == copy


def in_the_way(tab: TabLayout, snapshot: Snapshot, first: int, last: int) -> Iterator[str]:
    """The cells that prevent emptying these rows: formulas and merges in them, formulas that refer to them."""
    robots = {*tab.robot_columns.values()}
    for row, column in tab.tab.formulas:
        if first <= row <= last and column not in robots:
            yield f"{tab.name}!{a1(row, column)}"
    for area in tab.tab.merges:
        if area.first_row <= last and area.last_row >= first:
            yield f"{tab.name}!{a1(area.first_row, area.first_column)}"
    for other in snapshot.tabs:
        for (row, column), formula in other.formulas.items():
            if refers_to_rows(formula, other.name, tab.name, first, last):
                yield f"{other.name}!{a1(row, column)}"


def _marked(snapshot: Snapshot, tab_id: str) -> TabSnapshot | None:
    return next((tab for tab in snapshot.tabs if tab.mark == tab_id), None)


def _others(tab: TabLayout, row: int) -> Iterator[str]:
    """The values of the columns that the team added."""
    known = {*tab.columns.values(), *tab.marked_robot_columns, *tab.tab.author_columns.values()}
    cells = tab.tab.rows[row - 1] if row <= len(tab.tab.rows) else []
    for column, value in enumerate(cells):
        if column not in known and value is not None and value is not False:
            header = tab.tab.value(tab.header_row, column)
            name = tab.cell_name(tab.header_row, column) if header is None else str(header)
            yield f"{name}{NARROW}: {as_text(value)}"


def as_text(value: object) -> str | None:
    """A cell as text, which any workbook gives back as it was written."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Requested:
    """What a person asked for: to fill the columns of these fields, to delete the rows of these dossiers.

    `deletable` maps the number of a dossier to the digest of its row as it was written (`row_digest`).
    """

    fillable: Collection[str] = ()
    deletable: Mapping[str, str] = field(default_factory=dict)


NOTHING: Final = Requested()


def requested_breaches(
    plan: Plan, snapshot: Snapshot, places: Mapping[str, TabLayout], requested: Requested
) -> Iterator[str]:
    """The breaches of the operations of a plan that people have to ask for; `places` are people's tabs by name."""
    for operation in plan.operations:
        if isinstance(operation, FillCells):
            yield from _cells_filled(operation, snapshot, places.get(operation.tab), requested)
        elif isinstance(operation, DeleteRows):
            yield from _rows_deleted(operation, snapshot, places.get(operation.tab), requested)


def is_fillable(tab: TabSnapshot, row: int, column: int) -> bool:
    """Whether a cell was blank when read: no value, no error, no formula even if it shows nothing, in no merge."""
    merged = any(area.contains(row, column) for area in tab.merges)
    return tab.value(row, column) is None and (row, column) not in tab.formulas and not merged


def _cells_filled(
    operation: FillCells, snapshot: Snapshot, place: TabLayout | None, requested: Requested
) -> Iterator[str]:
    """The breaches of cells to fill: each must be blank, in a dossier's row and in the column of a field asked for."""
    tab = snapshot.tab(operation.tab)
    if snapshot.capabilities.concurrent_editors:
        yield f"{operation.tab}: people's cells set by their place while people type"
    if tab is None or place is None:
        yield f"tab {operation.tab} is none of the campaign's"
        return
    is_field = place.columns.get(operation.field) == operation.column and operation.field != place.schema.key
    robots = {robot.id for robot in place.schema.robot_fields}
    if operation.field not in requested.fillable or not is_field or tab.column_marks.get(operation.column) in robots:
        yield f"column {operation.column} of {operation.tab} is not to be filled"
    if len({row for row, _ in operation.values}) < len(operation.values):
        yield f"{operation.tab}: a cell filled twice"
    for row, value in operation.values:
        cell = f"{operation.tab}!{a1(row, operation.column)}"
        if row <= place.header_row or not key_of(tab.value(row, place.columns[place.schema.key])):
            yield f"{cell} is in no dossier's row"
        if value is None or not is_fillable(tab, row, operation.column):
            yield f"{cell} is not blank"


def row_digest(tab: TabLayout, row: int) -> str:
    """A digest of what a row says, wherever people moved its columns; robot's columns and unticked boxes left out.

    In the outbox, not those of an imported file, which are ours for as long as they say what `Envois` does: copies of
    its rows in the archive would change when it changes.
    """
    fields = {column: field_id for field_id, column in tab.columns.items()}
    robots = tab.marked_robot_columns if tab.schema.id == OUTBOX else {*tab.robot_columns.values()}
    cells = tab.tab.rows[row - 1] if row <= len(tab.tab.rows) else []
    said = ((fields.get(at, f"colonne {at}"), value) for at, value in enumerate(cells) if at not in robots)
    return _digest(said)


def written_digest(tab: TabLayout, values: Mapping[str, WrittenValue]) -> str:
    """The digest of a row once these values are written in it, by the id of their field."""
    return _digest((field_id, as_read(value)) for field_id, value in values.items() if field_id in tab.columns)


def _digest(said: Iterable[tuple[str, object]]) -> str:
    cells = sorted((name, repr(_stored(value))) for name, value in said if value is not None and value is not False)
    return digest(part for item in cells for part in item)


def _stored(value: object) -> object:
    """A value as any file keeps it: numbers with nine decimals, moments to the second."""
    if isinstance(value, datetime):
        nearest = value if value.year == datetime.max.year else value + timedelta(microseconds=500_000)
        return nearest.replace(microsecond=0)
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 9)
    return value


def _rows_deleted(
    operation: DeleteRows, snapshot: Snapshot, place: TabLayout | None, requested: Requested
) -> Iterator[str]:
    """The breaches of rows to delete."""
    if snapshot.capabilities.concurrent_editors:
        yield f"{operation.tab}: people's rows deleted while people type"
    if place is None or not place.header_row < operation.first_row <= operation.last_row:
        yield f"{operation.tab}: no rows of the campaign's"
        return
    if place.schema.id == OUTBOX:
        yield from _archived_rows_deleted(operation, snapshot, place, requested)
        return
    for row in range(operation.first_row, operation.last_row + 1):
        number = key_of(place.tab.value(row, place.columns[place.schema.key]))
        if requested.deletable.get(number) != row_digest(place, row):
            yield f"row {row} of {operation.tab} is not as an import wrote it"
    for row, what in deletion_obstacles(place, snapshot, operation.last_row):
        if row >= operation.first_row:
            yield f"{what} is in the way of rows to delete"


def _archived_rows_deleted(
    operation: DeleteRows, snapshot: Snapshot, place: TabLayout, requested: Requested
) -> Iterator[str]:
    """The breaches of rows of the outbox to delete: each must be obsolete, and as its copy in the archive is."""
    proof = Proof(snapshot)
    for row in range(operation.first_row, operation.last_row + 1):
        number, digest = key_of(place.tab.value(row, place.columns[place.schema.key])), row_digest(place, row)
        if requested.deletable.get(number) != digest or not proof.is_obsolete(number):
            yield f"row {row} of {operation.tab} is no obsolete draft"
        if not proof.has_copy(place, row, digest):
            yield f"row {row} of {operation.tab} has no exact copy"
    for what in in_the_way(place, snapshot, operation.first_row, operation.last_row):
        yield f"{what} is in the way of rows to delete"


def deletion_obstacles(place: TabLayout, snapshot: Snapshot, last: int) -> Iterator[tuple[int, str]]:
    """The (row, cell) of everything that prevents deleting the rows up to `last`, the last row.

    It is in the way of the rows before as well: a formula, a merge, anything under the last row, or a formula that
    refers to them.
    """
    yield from ((min(row, last), f"{place.name}!{a1(row, column)}") for row, column in _peoples_own(place, last))
    for other in snapshot.tabs:
        for (row, column), formula in other.formulas.items():
            if named := last_row_named(formula, other.name, place.name, last):
                yield named, f"{other.name}!{a1(row, column)}"


def _peoples_own(place: TabLayout, last: int) -> Iterator[tuple[int, int]]:
    """The cells under the headers that are no plain value of a row: formulas, merges, all that is under the last."""
    tab, robots = place.tab, {*place.robot_columns.values()}
    yield from ((row, column) for row, column in tab.formulas if row > place.header_row and column not in robots)
    yield from ((area.last_row, area.first_column) for area in tab.merges if area.last_row > place.header_row)
    for row in range(last + 1, len(tab.rows) + 1):
        cells = enumerate(tab.rows[row - 1])
        yield from ((row, column) for column, value in cells if column not in robots and is_filled(value))
