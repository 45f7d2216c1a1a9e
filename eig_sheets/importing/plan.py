"""What an import would do: the dossiers to add, those that changed, and what is wrong in the export. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from eig_sheets.config import ImportSettings
from eig_sheets.french import plain
from eig_sheets.importing.columns import Columns, find_columns
from eig_sheets.importing.meaning import Typed, comparable, readable_text, written
from eig_sheets.importing.problems import (
    ImportProblem,
    no_number_column,
    text_cut,
    twice_in_export,
    twice_in_sheet,
    unknown_fields,
    value_not_understood,
    without_number,
)
from eig_sheets.importing.reading import Export
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Severity
from eig_sheets.workbook.cells import MAX_TEXT, CellValue
from eig_sheets.workbook.fields import Field, TabSchema
from eig_sheets.workbook.schema import Schema
from eig_sheets.workbook.values import UnreadableError

TAB = "candidatures"


@dataclass(frozen=True, slots=True)
class NewDossier:
    """A dossier that the sheet lacks. `values`: field id → what to write; blanks are left out."""

    number: str
    row: int
    values: Mapping[str, Typed]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a dossier that is already in the sheet and says something else there."""

    field: str
    header: str
    in_sheet: CellValue
    in_export: Typed


@dataclass(frozen=True, slots=True)
class ChangedDossier:
    """A dossier to look at; the sheet is never overwritten. `row` is the sheet's 1-based row."""

    number: str
    row: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole import. `ignored` counts drafts; `unmapped` are headers that no field takes, standard ones apart."""

    new: tuple[NewDossier, ...] = ()
    changed: tuple[ChangedDossier, ...] = ()
    unchanged: int = 0
    ignored: int = 0
    problems: tuple[ImportProblem, ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether nothing can be imported."""
        return any(problem.severity is Severity.BLOCKING for problem in self.problems)


def plan_import(
    export: Export, present: pd.DataFrame, settings: ImportSettings, schema: Schema, zone: ZoneInfo
) -> ImportPlan:
    """Compare an export with `Candidatures`.

    `present`: one row for each filled row of the sheet; columns `row` (1-based) and field ids, raw cells. A field
    without a column there is not compared. `zone` is the campaign's: dates are written naive in it. A blank in the
    export never counts as a change: staff complete what the form does not ask.
    """
    tab = schema.tab(TAB)
    columns = find_columns(export, settings.fields, tab.key)
    if columns is None:
        return ImportPlan(problems=(no_number_column(export, settings, tab),))
    entries, drafts, problems = _entries(columns, settings, tab)
    problems = [*unknown_fields(settings, tab), *problems]
    sheet = _by_number(present, tab.key)
    new, compared = [], []
    for entry in entries:
        rows = sheet.get(entry.number, [])
        if not rows:
            dossier, unreadable = _new_dossier(columns, entry, tab, zone)
            new.append(dossier)
            problems += unreadable
        elif len(rows) > 1:
            problems.append(twice_in_sheet(entry.number, entry.row, [row.row for row in rows]))
        else:
            compared.append(_compared(columns, entry, rows[0], tab, zone))
    changed = tuple(dossier for dossier in compared if dossier.differences)
    return ImportPlan(tuple(new), changed, len(compared) - len(changed), drafts, tuple(problems), columns.unmapped)


@dataclass(frozen=True, slots=True)
class _Entry:
    number: str
    row: int


def _entries(
    columns: Columns, settings: ImportSettings, tab: TabSchema
) -> tuple[list[_Entry], int, list[ImportProblem]]:
    """The dossiers of the export, each number once; how many drafts; the rows that cannot be used."""
    found: dict[str, _Entry] = {}
    drafts, problems = 0, []
    ignored = {plain(state) for state in settings.ignored_states}
    for row in _filled_rows(columns):
        number = _number(columns.value(row, columns.fields[tab.key]))
        if plain(str(columns.value(row, columns.state) or "")) in ignored:
            drafts += 1
        elif number is None:
            problems.append(without_number(row))
        elif number in found:
            problems.append(twice_in_export(number, found[number].row, row))
        else:
            found[number] = _Entry(number, row)
    return list(found.values()), drafts, problems


def _filled_rows(columns: Columns) -> Iterator[int]:
    for row, cells in enumerate(columns.table.rows[columns.header_row :], columns.header_row + 1):
        if any(cell.strip() for cell in map(str, filter(None, cells))):
            yield row


def _number(value: CellValue) -> str | None:
    try:
        return values.key(value)
    except UnreadableError:
        return None


@dataclass(frozen=True, slots=True)
class _Present:
    row: int
    cells: Mapping[str, CellValue]


def _by_number(present: pd.DataFrame, key: str) -> dict[str, list[_Present]]:
    """The sheet's rows by dossier number; a number may be there twice."""
    found: dict[str, list[_Present]] = {}
    for record in present.to_dict("records"):
        cells = {str(field): None if _is_blank(value) else value for field, value in record.items()}
        if number := _number(cells.get(key)):
            found.setdefault(number, []).append(_Present(record["row"], cells))
    return found


def _is_blank(value: object) -> bool:
    # pandas shows a blank as NaN or NaT as soon as a column has one type.
    return value is None or value is pd.NaT or (isinstance(value, float) and value != value)  # noqa: PLR0124 -- NaN


def _new_dossier(
    columns: Columns, entry: _Entry, tab: TabSchema, zone: ZoneInfo
) -> tuple[NewDossier, list[ImportProblem]]:
    """What to write of a new dossier; what cannot be understood is kept as it was typed, and told."""
    kept: dict[str, Typed] = {}
    problems = []
    for field in tab.fields:
        raw = columns.value(entry.row, columns.fields.get(field.id))
        value, readable = _written(field, raw, zone)
        if value is not None:
            kept[field.id] = value
        if not readable:
            problems.append(value_not_understood(entry.number, entry.row, field, str(value)))
        if isinstance(value, str) and len(str(raw)) > MAX_TEXT:
            problems.append(text_cut(entry.number, entry.row, field, len(str(raw))))
    return NewDossier(entry.number, entry.row, kept | {tab.key: entry.number}), problems


def _written(field: Field, raw: CellValue, zone: ZoneInfo) -> tuple[Typed, bool]:
    """The value to write and whether it was understood."""
    try:
        return written(field, raw, zone), True
    except UnreadableError:
        return readable_text(raw), False


def _compared(columns: Columns, entry: _Entry, present: _Present, tab: TabSchema, zone: ZoneInfo) -> ChangedDossier:
    found = []
    for field in tab.fields:
        value, _ = _written(field, columns.value(entry.row, columns.fields.get(field.id)), zone)
        if value is None or field.id not in present.cells:
            continue
        typed = present.cells[field.id]
        if comparable(field, value, zone) != comparable(field, typed, zone):
            found.append(Difference(field.id, field.header, typed, value))
    return ChangedDossier(entry.number, present.row, tuple(found))
