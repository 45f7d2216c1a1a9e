"""The mapping of an export to a tab: where each column goes, how surely, and what would map the likely ones. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.call.applications.importing.columns import (
    HEADER_ROWS,
    STANDARD,
    Columns,
    are_blank,
    columns_at,
    find_columns,
    header_of,
    may_be_found,
    own_headers,
)
from eig_sheets.call.applications.importing.kinds import Requirement
from eig_sheets.call.applications.importing.likely import (
    Header,
    Judgement,
    Likely,
    can_be,
    judged,
    samples,
    with_persons,
)
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.call.applications.importing.state_column import with_state
from eig_sheets.config import ImportSettings
from eig_sheets.config.export_columns import STATE_FIELD, ColumnName, ColumnRule, described, headers_of
from eig_sheets.text.french import plain
from eig_sheets.workbook.fields import TabSchema

_STANDARD: Final = frozenset(map(plain, STANDARD))
_MOST_HEADERS: Final = 500
"""Headers among which likely ones are looked for: no form has as many questions."""
_OF_ACCOUNT: Final = frozenset({"email", "civilite", "nom", "prenom"})


class Certainty(StrEnum):
    """How surely a column is known: its header is the workbook's, the configuration's, or like one of them."""

    EXACT = "exact"
    ALIAS = "alias"
    LIKELY = "likely"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of an export. `fields`: the headers, in the workbook, of what it fills; `values`: three of its own.

    `filled` counts its values; `is_standard`: the platform adds it to every export.
    """

    place: int
    header: str
    certainty: Certainty
    fields: tuple[str, ...]
    values: tuple[str, ...]
    filled: int
    is_standard: bool


@dataclass(frozen=True, slots=True)
class ExportMapping:
    """The columns of an export, in its order; `read`: the places of those that are read without the likely ones.

    `likely`: what would map the likely ones, by field. `uncertain`: the requirements that no exact header nor alias
    meets. `lacking`: those that nothing meets. `doubtful`: field → headers that resemble it, none surely enough.
    """

    columns: tuple[MappedColumn, ...]
    read: frozenset[int]
    likely: Mapping[str, ColumnName]
    uncertain: tuple[Requirement, ...]
    lacking: tuple[Requirement, ...]
    doubtful: Mapping[str, tuple[str, ...]]

    @property
    def lacks_state(self) -> bool:
        """Whether nothing in the export says which rows are drafts, or were withdrawn."""
        return (STATE_FIELD,) in self.lacking

    @property
    def likely_state(self) -> str:
        """The likely column of the state, as a French sentence quotes it; '' when it is sure, or lacking."""
        return described(self.likely[STATE_FIELD]) if STATE_FIELD in self.likely else ""

    @property
    def doubtful_states(self) -> tuple[str, ...]:
        """The headers of which each might be the state's."""
        return self.doubtful.get(STATE_FIELD, ())

    def with_likely(self, settings: ImportSettings) -> ImportSettings:
        """The settings in which the likely columns have a name."""
        added = {field: (*settings.fields.get(field, ()), name) for field, name in self.likely.items()}
        return settings.model_copy(update={"fields": {**settings.fields, **added}})


def known_fields(export: Export, settings: ImportSettings, tab: TabSchema) -> frozenset[str]:
    """The fields of a tab that the export has a column for by a known name; none without the number."""
    columns = find_columns(export, settings.fields, tab.key, own_headers(tab))
    return frozenset() if columns is None else frozenset(columns.fields)


def mapping_of(
    export: Export, settings: ImportSettings, tab: TabSchema, required: Sequence[Requirement], zone: ZoneInfo
) -> ExportMapping | None:
    """Where the columns of the export go; None when nothing tells which one is the number that names a row."""
    located = _located(export, settings, tab, _Plausibility(zone, tuple(required)))
    if located is None or tab.key in located[0].repeated:
        return None
    columns, judgement = located
    if settings.fields.get(STATE_FIELD) == ():  # whoever wrote the configuration says that there is none
        required = [fields for fields in required if fields != (STATE_FIELD,)]
    judgement = with_state(judgement, columns, settings)
    likely = {column.field: _name_of(column, columns) for column in judgement.likely}
    blank = _blank(columns, required)
    if export.is_partial:  # a few dossiers do not tell that nobody answers a question, unless another is in its place
        blank &= {*likely}
    certain = set(columns.fields) - _unsure(columns) - blank
    mapped = (set(columns.fields) - blank) | set(likely)
    return ExportMapping(
        tuple(_mapped_columns(columns, judgement.likely, tab)),
        _read(columns),
        likely,
        tuple(fields for fields in required if not certain & {*fields}),
        tuple(fields for fields in required if not mapped & {*fields}),
        {field: tuple(header.text for header in headers) for field, headers in judgement.doubtful.items()},
    )


def _located(
    export: Export, settings: ImportSettings, tab: TabSchema, plausibility: _Plausibility
) -> tuple[Columns, Judgement] | None:
    """The table and row of the headers, by a known name of the number or, without any, by a likely one."""
    own = own_headers(tab)
    columns = find_columns(export, settings.fields, tab.key, own)
    if columns is not None:
        return columns, _judged(columns, settings, tab, plausibility)
    for table in export.tables:
        for row in range(1, min(HEADER_ROWS, len(table.rows)) + 1):
            columns = columns_at(table, row, settings.fields, own)
            judgement = _judged(columns, settings, tab, plausibility)
            if any(column.field == tab.key for column in judgement.likely):
                return columns, judgement
    return None


def _judged(columns: Columns, settings: ImportSettings, tab: TabSchema, plausibility: _Plausibility) -> Judgement:
    headers = columns.headers
    known = _read(columns) | _standard_places(headers)
    left = [(place, header) for place, header in enumerate(headers) if plain(header) and place not in known][
        :_MOST_HEADERS
    ]
    names = {
        field.id: [*_plain_names(settings.fields.get(field.id, ())), field.header, *field.aliases]
        for field in tab.fields
    }
    blank = _blank(columns, plausibility.required)
    wanted = [
        field.id
        for field in tab.fields
        if field.asked
        and field.id != STATE_FIELD  # told by its values: `state_column`
        and (field.id not in columns.fields or field.id in blank)
        and may_be_found(field.id, settings.fields)
    ]
    return judged(with_persons(left, headers), names, wanted, plausibility.of(columns, tab))


def _plain_names(names: Sequence[ColumnName]) -> Iterator[str]:
    """The headers that alone say what their column is."""
    for name in names:
        if isinstance(name, str):
            yield name
        elif name.ignore_parenthesis and not (name.nth or name.after):
            yield from headers_of(name)


@dataclass(frozen=True, slots=True)
class _Plausibility:
    zone: ZoneInfo
    required: tuple[Requirement, ...]

    def of(self, columns: Columns, tab: TabSchema) -> Callable[[str, int], bool]:
        """Whether the values of a column can be those of a field."""

        def plausible(field: str, place: int) -> bool:
            is_required = (field,) in self.required
            return can_be(columns, place, tab.field(field), self.zone, is_key=field == tab.key, is_required=is_required)

        return plausible


def _name_of(likely: Likely, columns: Columns) -> ColumnName:
    names = tuple(_name(header, columns) for header in likely.headers)
    return ColumnRule(join=names) if len(names) > 1 else names[0]


def _name(header: Header, columns: Columns) -> ColumnName:
    """The first of its header after that of its person, who gave it its meaning; or its header; of several, the nth."""
    compared = [plain(written) for written in columns.headers]
    same = [place for place, other in enumerate(compared) if other == plain(header.text)]
    before = [place for place, other in enumerate(compared) if header.person and other == plain(header.person)]
    if len(before) == 1 and next(place for place in same if place > before[0]) == header.place:
        return ColumnRule(header=header.text, after=header.person)
    if len(same) == 1:
        return header.text
    return ColumnRule(header=header.text, nth=same.index(header.place) + 1)


def _mapped_columns(columns: Columns, likely: Sequence[Likely], tab: TabSchema) -> Iterator[MappedColumn]:
    fields = {STATE_FIELD: header_of(STATE_FIELD, tab), **{field.id: field.header for field in tab.fields}}
    guessed = {header.place: column.field for column in likely for header in column.headers}
    standard = _standard_places(columns.headers)
    for place, header in enumerate(columns.headers):
        sample = samples(columns, place)
        if not plain(header) and not sample.filled:
            continue
        taken = [field for field, places in columns.fields.items() if place in places and field in fields]
        certainty = _certainty(taken, columns) if taken else Certainty.LIKELY if place in guessed else Certainty.NOWHERE
        ids = taken or ([guessed[place]] if place in guessed else [])
        names = tuple(fields[field] for field in ids)
        yield MappedColumn(place, header, certainty, names, sample.shown, sample.filled, place in standard)


def _certainty(taken: Sequence[str], columns: Columns) -> Certainty:
    if {*taken} & _unsure(columns):
        return Certainty.LIKELY
    return Certainty.EXACT if {*taken} & columns.exact else Certainty.ALIAS


def _blank(columns: Columns, required: Sequence[Requirement]) -> frozenset[str]:
    """The required fields whose columns no row fills, when there are rows at all."""
    rows = columns.table.rows[columns.header_row :]
    if are_blank(rows, range(columns.width)):
        return frozenset()
    wanted = {field for requirement in required for field in requirement}
    return frozenset(field for field in wanted & {*columns.fields} if are_blank(rows, columns.fields[field]))


def _unsure(columns: Columns) -> frozenset[str]:
    """The fields that have a column, but maybe not the right one."""
    return columns.shared | {*columns.repeated}


def _read(columns: Columns) -> frozenset[int]:
    return frozenset(place for places in columns.fields.values() for place in places)


def _standard_places(headers: Sequence[str]) -> frozenset[int]:
    """The columns that the platform adds; a form may ask for a « Prénom » too, but after what the platform adds."""
    places, names, is_beginning = set[int](), set[str](), True
    for place, header in enumerate(headers):
        name = plain(header)
        if name in _STANDARD and name not in names and (is_beginning or name not in _OF_ACCOUNT):
            places.add(place)
        names.add(name)
        is_beginning = is_beginning and name in _STANDARD
    return frozenset(places)
