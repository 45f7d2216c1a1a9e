"""Copies of outbox rows in `E-mails archivés`, and the check that a row may be deleted since it has one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from eig_sheets.domain.emails.deliveries import DeliveryStatus
from eig_sheets.text.french import NARROW
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import MAX_TEXT, a1, text_length
from eig_sheets.workbook.model.references import refers_to_rows
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.ownership import key_of
from eig_sheets.workbook.render import archives, envois

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
