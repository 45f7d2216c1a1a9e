"""Mapping of the columns of an export to fields."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eig_sheets.importing.reading import Export, ExportTable
from eig_sheets.text.french import plain
from eig_sheets.workbook.model.cells import CellValue

HEADER_ROWS = 10
"""Rows in which the headers are looked for, as in the workbook."""

STATE = "État du dossier"
STANDARD = (
    "ID",
    "Email",
    "FranceConnect ?",
    "Civilité",
    "Nom",
    "Prénom",
    "Archivé",
    STATE,
    "Dernière mise à jour le",
    "Déposé le",
    "Passé en instruction le",
    "Traité le",
    "Motivation de la décision",
    "Instructeurs",
    "Groupe instructeur",
    "Dépôt pour un tiers",
    "Nom du mandataire",
    "Prénom du mandataire",
    "Dernière mise à jour du dossier le",
    "Labels",
    "Établissement SIRET",
    "Établissement siège social",
    "Établissement NAF",
    "Établissement libellé NAF",
    "Établissement Adresse",
    "Entreprise SIREN",
    "Entreprise raison sociale",
    "Entreprise forme juridique",
)
"""Columns that the platform adds to every export; not reported when the configuration does not map them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A table of an export with its columns: `fields` maps field id → 0-based column; `header_row` is 1-based.

    `repeated`: for a field whose header is on several columns, all of them. `width`: how many columns there are up
    to the last header.
    """

    table: ExportTable
    header_row: int
    fields: Mapping[str, int]
    state: int | None
    unmapped: tuple[str, ...]
    repeated: Mapping[str, tuple[int, ...]]
    width: int

    def header(self, column: int) -> str:
        """The header of a column, as it is written."""
        return " ".join(str(self.value(self.header_row, column) or "").split())

    def cells(self, row: int) -> tuple[CellValue, ...]:
        """The cells of a 1-based row."""
        return self.table.rows[row - 1]

    def value(self, row: int, column: int | None) -> CellValue:
        """The cell of a 1-based row; None beyond what the row holds."""
        cells = self.table.rows[row - 1]
        return cells[column] if column is not None and column < len(cells) else None


def find_columns(export: Export, fields: Mapping[str, Sequence[str]], key: str) -> Columns | None:
    """The first table with a header for `key`, in its first rows; `fields` maps field id → accepted headers."""
    numbers = {plain(header) for header in fields.get(key, ())}
    for table in export.tables:
        for row, cells in enumerate(table.rows[:HEADER_ROWS], 1):
            if numbers & {plain(header) for header in _texts(cells)}:
                return _columns(table, row, fields)
    return None


def closest_header(export: Export, wanted: Sequence[str]) -> str | None:
    """The header of the export that is most similar to a wanted one."""
    seen = {plain(header): header for table in export.tables for cells in table.rows[:1] for header in _texts(cells)}
    for header in wanted:
        if close := difflib.get_close_matches(plain(header), list(seen), 1, 0.6):
            return seen[close[0]]
    return None


def _columns(table: ExportTable, row: int, fields: Mapping[str, Sequence[str]]) -> Columns:
    headers = [plain(header) for header in _texts(table.rows[row - 1])]
    found = {field: place for field, names in fields.items() if (place := _column_of(names, headers)) is not None}
    standard = {plain(header) for header in STANDARD}
    repeated = {field: places for field, place in found.items() if len(places := _places(headers[place], headers)) > 1}
    known = {*found.values(), *(place for places in repeated.values() for place in places)}
    unmapped = tuple(
        " ".join(written.split())
        for place, written in enumerate(_texts(table.rows[row - 1]))
        if headers[place] and place not in known and headers[place] not in standard
    )
    width = max((place for place, header in enumerate(headers, 1) if header), default=0)
    return Columns(table, row, found, _column_of((STATE,), headers), unmapped, repeated, width)


def _column_of(names: Sequence[str], headers: Sequence[str]) -> int | None:
    """The column of the first accepted name that is found; of several, the first (a form may repeat a question)."""
    return next((headers.index(plain(name)) for name in names if plain(name) in headers), None)


def _places(header: str, headers: Sequence[str]) -> tuple[int, ...]:
    return tuple(place for place, other in enumerate(headers) if other == header)


def _texts(cells: Sequence[CellValue]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in cells]
