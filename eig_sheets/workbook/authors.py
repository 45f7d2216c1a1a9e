"""Checks who typed decisions: cells of officers' columns that no officer filled, if the program says who did. Pure.

A cell counts if its signature is an officer's, or our own program's, and if what was signed with it is still what the
row says: a message that somebody edits after the tick is not the one that was approved. What does not count is
unreadable, never blank (guarantee G13). A campaign that names no officers has nothing of the kind checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.spreadsheet.model.signing import (
    AuthorColumn,
    Signature,
    Signing,
    digest,
    is_signed,
    signature_in,
    signing,
)
from eig_sheets.spreadsheet.model.snapshot import Alteration, Snapshot
from eig_sheets.workbook.anomalies import blocking
from eig_sheets.workbook.fields import Field
from eig_sheets.workbook.layout import TabLayout

AUTHORS_ALTERED: Final = blocking(
    "auteurs_alteres",
    "« {header} », où Grist écrit qui a saisi « {value} », n’est plus comme « eig-sheets init » l’a faite : on ne "
    "sait plus qui a décidé, et rien de ce qui s’y décide ne compte. Aucun message ne part.",
    "Relisez chaque « {value} », puis lancez « eig-sheets init » : il refait cette colonne et reprend les valeurs "
    "présentes. L’historique du document dit qui l’a changée.",
    for_operator=True,
)


@dataclass(frozen=True, slots=True)
class Unattributed:
    """A cell of a field in a (1-based) row that no officer typed, and who did, in French."""

    field: Field
    row: int
    who: str


@dataclass(frozen=True, slots=True)
class Authors:
    """The accounts whose signature counts in a workbook, case-folded; without any, nothing is checked."""

    accepted: frozenset[str] = frozenset()

    def unattributed(self, layout: TabLayout, rows: Sequence[int]) -> list[Unattributed]:
        """The filled cells of these rows that do not count, since no accepted account signed them."""
        fields = [field for field in layout.schema.fields if field.author and field.id in layout.columns]
        return [cell for field in fields for cell in self._of_field(field, layout, rows)] if self.accepted else []

    def _of_field(self, field: Field, layout: TabLayout, rows: Sequence[int]) -> Iterator[Unattributed]:
        place, column = layout.columns[field.id], _author_column(field, layout)
        for row in rows:
            if is_signed(layout.tab.value(row, place)):
                why = self._refusal(layout, row, column) if column else _without_column(field, layout)
                if why:
                    yield Unattributed(field, row, why)

    def _refusal(self, layout: TabLayout, row: int, column: AuthorColumn) -> str:
        """Why the signature of a row is rejected, in French; '' when it is accepted."""
        signature = signature_in(layout.tab.value(row, column.column))
        if signature is None:
            return "sans que Grist dise par qui"
        if signature.who.casefold() not in self.accepted:
            return f"par {signature.who}, qui n’est pas un responsable ({signature.when})"
        if signature.digest != digest(layout.tab.value(row, place) for place in column.signs):
            return _changed(signature, layout, column)
        return ""


NOBODY_ASKED: Final = Authors()


def authors_of(snapshot: Snapshot, officers: Sequence[str]) -> Authors:
    """The accepted accounts of a workbook; nothing is checked without named officers or columns of authors."""
    if not snapshot.capabilities.authors or not officers:
        return NOBODY_ASKED
    return Authors(frozenset(email.casefold() for email in (*officers, *snapshot.robots)))


def missing_signings(layout: TabLayout) -> Iterator[Signing]:
    """The columns of authors that a tab lacks or that were altered, with the rows whose values are to be taken over."""
    for field in layout.schema.fields:
        if field.author and field.id in layout.columns and _author_column(field, layout) is None:
            rows = range(layout.header_row + 1, layout.last_row + 1)
            filled = (row for row in rows if is_signed(layout.tab.value(row, layout.columns[field.id])))
            yield signing(field.id, field.author, layout.columns, filled)


def altered_columns(layout: TabLayout) -> Iterator[Alteration]:
    """The columns of authors of a tab that are not as we made them."""
    fields = {field.id: field for field in layout.schema.fields if field.author}
    for field_id, place in layout.tab.author_columns.items():
        if field_id in fields and field_id in layout.columns and _author_column(fields[field_id], layout) is None:
            header = str(layout.tab.value(layout.header_row, place))
            yield Alteration(AUTHORS_ALTERED.name, layout.name, header, layout.header(field_id))


def _author_column(field: Field, layout: TabLayout) -> AuthorColumn | None:
    """The column that says who typed a field, if it signs what the schema says, where these fields are now."""
    column = layout.tab.authors.get(field.id)
    if column is None or field.author is None:
        return None
    return column if column.signs == signing(field.id, field.author, layout.columns).signs else None


def _without_column(field: Field, layout: TabLayout) -> str:
    if field.id in layout.tab.author_columns:
        return "et la colonne qui le dirait a été modifiée"
    return "avant que Grist dise par qui (« eig-sheets init » ajoute cette colonne)"


def _changed(signature: Signature, layout: TabLayout, column: AuthorColumn) -> str:
    others: Mapping[int, str] = {place: str(layout.tab.value(layout.header_row, place)) for place in column.signs}
    named = ", ".join(f"« {others[place]} »" for place in column.signs)
    return f"par {signature.who} ({signature.when}), mais {named} ne disent plus ce qui a été saisi alors"
