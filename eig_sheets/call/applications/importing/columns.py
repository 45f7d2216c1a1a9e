"""Mapping of the columns of an export to fields."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from eig_sheets.call.applications.importing.header_words import is_of_a_person, names_somebody, without_parentheses
from eig_sheets.call.applications.importing.reading import Export, ExportTable
from eig_sheets.config.export_columns import STATE_FIELD, ColumnName, ColumnRule, afters_of
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import plain
from eig_sheets.workbook.fields import TabSchema

HEADER_ROWS = 10
"""Rows in which the headers are looked for, as in the workbook."""

STATE = "État du dossier"
ARCHIVED = "Archivé"
STANDARD = (
    "ID",
    "Email",
    "FranceConnect ?",
    "Civilité",
    "Nom",
    "Prénom",
    ARCHIVED,
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
    """A table of an export with its columns; `header_row` is 1-based.

    `fields` maps field id → 0-based columns: the texts of several are put together. `exact`: the fields whose header is
    that of the workbook. `repeated`: for a field whose header is on several columns, all of them. `width`: how many
    columns there are up to the last header. `has_states`: whether any row has a state.
    """

    table: ExportTable
    header_row: int
    fields: Mapping[str, tuple[int, ...]]
    exact: frozenset[str]
    state: int | None
    archived: int | None
    unmapped: tuple[str, ...]
    repeated: Mapping[str, tuple[int, ...]]
    width: int
    has_states: bool

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header, as it is written."""
        return tuple(self.header(column) for column in range(self.width))

    @property
    def shared(self) -> frozenset[str]:
        """The fields one of whose columns is another field's too: one of them is wrong."""
        counts = Counter(place for places in self.fields.values() for place in {*places})
        return frozenset(field for field, places in self.fields.items() if any(counts[place] > 1 for place in places))

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

    def field_value(self, row: int, field: str) -> CellValue:
        """What a 1-based row says of a field: its cell, or the texts of several, with a space between."""
        values = [self.value(row, column) for column in self.fields.get(field, ())]
        if len(values) < 2:
            return values[0] if values else None
        return " ".join(str(value).strip() for value in values if value is not None) or None


def find_columns(
    export: Export, fields: Mapping[str, Sequence[ColumnName]], key: str, own: Mapping[str, str] | None = None
) -> Columns | None:
    """The first table with a column for `key`, in its first rows.

    `fields` maps field id → accepted names; `own`, field id → its header in the workbook, which counts where none of
    these is found.
    """
    for table in export.tables:
        for row, cells in enumerate(table.rows[:HEADER_ROWS], 1):
            headers = _Headers(_texts(cells))
            if headers.first([*fields.get(key, ()), *_own(own, key)], headers.once(_others_after(key, fields))):
                return columns_at(table, row, fields, own)
    return None


def columns_at(
    table: ExportTable, row: int, fields: Mapping[str, Sequence[ColumnName]], own: Mapping[str, str] | None = None
) -> Columns:
    """The columns of a table whose headers are in that 1-based row."""
    headers = _Headers(_texts(table.rows[row - 1]), table.rows[row:])
    ends = {field: headers.once(_others_after(field, fields)) for field in fields}
    named = {field: places for field, names in fields.items() if (places := headers.first(names, ends[field]))}
    taken = {place for places in named.values() for place in places}
    unnamed = [field for field in own or {} if field not in named and may_be_found(field, fields)]
    added = {field: places for field in unnamed if (places := headers.first(_own(own, field)))}
    named |= {field: places for field, places in added.items() if not taken & {*places}}
    exact = {field for field, places in named.items() if [*map(plain, _own(own, field))] == headers.plain_of(places)}
    repeated = {
        field: others
        for field, places in named.items()
        if (others := headers.repeated(fields.get(field, ()), places, ends.get(field, frozenset())))
    }
    known = {place for places in (*named.values(), *repeated.values()) for place in places}
    standard = {plain(header) for header in STANDARD}
    state = next(iter(named.get(STATE_FIELD, ())), headers.place(STATE))
    return Columns(
        table,
        row,
        named,
        frozenset(exact),
        state,
        headers.place(ARCHIVED),
        tuple(
            " ".join(written.split())
            for place, written in enumerate(headers.written)
            if headers.names[place] and place not in known and headers.names[place] not in standard
        ),
        repeated,
        max((place for place, header in enumerate(headers.names, 1) if header), default=0),
        state is not None and not are_blank(table.rows[row:], [state]),
    )


def may_be_found(field: str, fields: Mapping[str, Sequence[ColumnName]]) -> bool:
    """Whether a field may be found by another name than its own: one with an empty list is known to have no column."""
    return field not in fields or bool(fields[field])


def own_headers(tab: TabSchema) -> dict[str, str]:
    """Field id → header in the workbook, for the fields that an export may fill by their name alone; and its state."""
    return {STATE_FIELD: STATE, **{field.id: field.header for field in tab.fields if field.asked}}


def header_of(field: str, tab: TabSchema) -> str:
    """The header of a field in the workbook; of the state, which not every tab has, that of the platform."""
    return next((column.header for column in tab.fields if column.id == field), STATE)


def closest_header(export: Export, wanted: Sequence[str]) -> str | None:
    """The header of the export that is most similar to a wanted one."""
    seen = {plain(header): header for table in export.tables for cells in table.rows[:1] for header in _texts(cells)}
    for header in wanted:
        if close := difflib.get_close_matches(plain(header), list(seen), 1, 0.6):
            return seen[close[0]]
    return None


class _Headers:
    """A row of headers, and the columns that a name designates; `below`: the rows of their values."""

    def __init__(self, written: Sequence[str], below: Sequence[Sequence[CellValue]] = ()) -> None:
        self.written = written
        self._below = below
        self.names = [plain(header) for header in written]

    def first(self, names: Sequence[ColumnName], ends: Set[int] = frozenset()) -> tuple[int, ...]:
        """The columns of the first name that the export has, preferably with values; () without any.

        No `after` goes beyond one of the `ends`.
        """
        named = [places for name in names if (places := self._columns(name, ends))]
        filled = (places for places in named if len(named) == 1 or not are_blank(self._below, places))
        return next(filled, named[0] if named else ())

    def once(self, headers: Iterable[str]) -> frozenset[int]:
        """The columns of those of the headers that are found once."""
        named = [self.places(plain(header)) for header in headers]
        return frozenset(places[0] for places in named if len(places) == 1)

    def place(self, header: str) -> int | None:
        """The first column of that header."""
        return next(iter(self.places(plain(header))), None)

    def places(self, name: str) -> tuple[int, ...]:
        """The columns of a header, as headers are compared."""
        return tuple(place for place, other in enumerate(self.names) if other == name)

    def plain_of(self, places: Sequence[int]) -> list[str]:
        """The headers of these columns, as they are compared."""
        return [self.names[place] for place in places]

    def repeated(self, names: Sequence[ColumnName], places: Sequence[int], ends: Set[int]) -> tuple[int, ...]:
        """All the columns of the plain header by which these were found, alone or in a `join`, when it has several.

        A form may repeat a question.
        """
        own = self.written[places[0]]
        return self._repeated(next((name for name in names if self._columns(name, ends) == places), own))

    def _repeated(self, name: ColumnName) -> tuple[int, ...]:
        if isinstance(name, str):
            return places if len(places := self.places(plain(name))) > 1 else ()
        return next((places for part in name.join if (places := self._repeated(part))), ())

    def _columns(self, name: ColumnName, ends: Set[int]) -> tuple[int, ...]:
        if isinstance(name, str):
            return self.places(plain(name))[:1]
        parts = [self._columns(part, ends) for part in name.join]
        joined = tuple(place for part in parts for place in part)
        return (joined if all(parts) else ()) if name.join else self._one_of(name, ends)

    def _one_of(self, rule: ColumnRule, ends: Set[int]) -> tuple[int, ...]:
        """The column of a rule: one that is not the only one of its header must be said by `nth` or `after`."""
        header = plain(rule.header or "")
        compared = [without_parentheses(header) for header in self.written] if rule.ignore_parenthesis else self.names
        places = tuple(place for place, other in enumerate(compared) if other == header)
        if rule.nth:
            return places[rule.nth - 1 : rule.nth]
        if rule.after:
            before = self.places(plain(rule.after))
            ends = ends | self._names() if is_of_a_person(rule.header or "") else ends
            return _next_place(places, before[0], ends) if len(before) == 1 else ()
        return places if len(places) == 1 else ()

    def _names(self) -> frozenset[int]:
        return frozenset(place for place, header in enumerate(self.written) if names_somebody(header))


def are_blank(rows: Sequence[Sequence[CellValue]], places: Sequence[int]) -> bool:
    """Whether no row has a value in any of these columns."""
    return not any(
        cells[place] is not None and str(cells[place]).strip()
        for cells in rows
        for place in places
        if place < len(cells)
    )


def _next_place(places: Iterable[int], start: int, ends: Set[int]) -> tuple[int, ...]:
    """The first of the places after `start`, unless what belongs to somebody else begins before it."""
    end = min((place for place in ends if place > start), default=None)
    return tuple(place for place in places if place > start and (end is None or place <= end))[:1]


def _others_after(field: str, fields: Mapping[str, Sequence[ColumnName]]) -> frozenset[str]:
    """The headers after which the columns of the other fields are looked for."""
    return frozenset(
        header for other, names in fields.items() if other != field for name in names for header in afters_of(name)
    )


def _own(own: Mapping[str, str] | None, field: str) -> tuple[str, ...]:
    return (own[field],) if own and field in own else ()


def _texts(cells: Sequence[CellValue]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in cells]
