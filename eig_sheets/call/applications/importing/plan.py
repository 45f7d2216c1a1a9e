"""Plan of an import: dossiers to add, changed dossiers, and problems of the export. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from eig_sheets.call.applications.importing.columns import Columns, find_columns, own_headers
from eig_sheets.call.applications.importing.kinds import PROJECTS, ImportKind
from eig_sheets.call.applications.importing.problems import (
    ImportProblem,
    duplicate_in_export,
    duplicate_in_sheet,
    long_row,
    missing_number,
    no_dossier,
    no_number_column,
    repeated_columns,
    repeated_number_column,
    shared_columns,
    short_row,
    truncated_text,
    unknown_fields,
    unreadable_value,
    unusable_number,
)
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.call.applications.importing.rows import (
    ImportedValue,
    cell_value,
    comparison_key,
    is_in,
    last_update,
    left_out,
    readable_text,
)
from eig_sheets.config import ImportSettings
from eig_sheets.spreadsheet.model.cells import CellValue, is_too_long
from eig_sheets.text.numbers import names_a_calculation, number_fault
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Severity
from eig_sheets.workbook.fields import Field, TabSchema
from eig_sheets.workbook.values import UnreadableError


@dataclass(frozen=True, slots=True)
class NewDossier:
    """A dossier that the tab lacks. `values`: field id → value to write; without blanks."""

    number: str
    row: int
    values: Mapping[str, ImportedValue]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a dossier whose value in the tab differs from the export's."""

    field: str
    header: str
    in_sheet: CellValue
    in_export: ImportedValue


@dataclass(frozen=True, slots=True)
class ChangedDossier:
    """A dossier with differences, to report; the tab is never overwritten. `row` is the tab's 1-based row.

    `values`: what the export says of every field that the tab has a column for; `updated`: when the dossier last
    changed on the platform, if it says so.
    """

    number: str
    row: int
    differences: tuple[Difference, ...]
    values: Mapping[str, ImportedValue] = dataclass_field(default_factory=dict, compare=False)
    updated: datetime | None = dataclass_field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The plan of an import. `ignored` counts drafts; `unmapped` are headers without a field, except standard ones.

    `withdrawn` and `archived`: the numbers of dossiers that are not added, since they are so on the platform;
    `in_doubt`: of those of which nothing tells whether they are.
    `present`: every dossier that the tab has already, changed or not.
    """

    new: tuple[NewDossier, ...] = ()
    changed: tuple[ChangedDossier, ...] = ()
    unchanged: int = 0
    ignored: int = 0
    problems: tuple[ImportProblem, ...] = ()
    unmapped: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    in_doubt: tuple[str, ...] = ()
    present: tuple[ChangedDossier, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether a problem prevents the whole import."""
        return any(problem.severity is Severity.BLOCKING for problem in self.problems)


def plan_import(
    export: Export,
    current: pd.DataFrame,
    settings: ImportSettings,
    tab: TabSchema,
    zone: ZoneInfo,
    kind: ImportKind = PROJECTS,
) -> ImportPlan:
    """Compare an export of some kind with the tab where its rows go.

    `current`: one row for each filled row of the sheet; columns `row` (1-based) and field ids, raw cells. A field
    without a column there is not compared. `zone` is the campaign's: dates are written naive in it. A blank in the
    export never counts as a change: staff complete what the form does not ask.
    """
    columns = find_columns(export, settings.fields, tab.key, own_headers(tab))
    if columns is None:
        return ImportPlan(problems=(no_number_column(export, settings, tab, kind),))
    if tab.key in columns.repeated:
        return ImportPlan(problems=(repeated_number_column(export, columns, tab, kind),))
    export_rows, drafts, problems = _export_rows(columns, settings, tab)
    problems = [
        *unknown_fields(settings, tab, kind),
        *repeated_columns(columns),
        *shared_columns(columns, tab, kind),
        *problems,
    ]
    sheet = _sheet_rows_by_number(current, tab.key)
    absent = ((export_row.number, export_row.row) for export_row in export_rows if export_row.number not in sheet)
    aside = left_out(columns, absent, settings, kind)
    problems += aside.problems
    not_added = aside.numbers
    new, compared = [], []
    for export_row in export_rows:
        rows = sheet.get(export_row.number, [])
        if export_row.number in not_added:
            continue
        if not rows:
            dossier, unreadable = _new_dossier(columns, export_row, tab, zone)
            new.append(dossier)
            problems += unreadable
        elif len(rows) > 1:
            problems.append(duplicate_in_sheet(export_row.number, export_row.row, [row.row for row in rows]))
        else:
            compared.append(_compare(columns, export_row, rows[0], tab, zone))
    changed = tuple(dossier for dossier in compared if dossier.differences)
    unchanged, numbers = len(compared) - len(changed), (aside.withdrawn, aside.archived, aside.in_doubt)
    plan = ImportPlan(tuple(new), changed, unchanged, drafts, tuple(problems), columns.unmapped, *numbers)
    return replace(plan, present=tuple(compared))


@dataclass(frozen=True, slots=True)
class _ExportRow:
    number: str
    row: int


def _export_rows(
    columns: Columns, settings: ImportSettings, tab: TabSchema
) -> tuple[list[_ExportRow], int, list[ImportProblem]]:
    """The rows of the export, each number once; the number of drafts; the problems of unusable rows."""
    by_number: dict[str, _ExportRow] = {}
    drafts, problems = 0, []
    for row in _filled_rows(columns):
        typed = columns.field_value(row, tab.key)
        number = _number(typed)
        if wrong := _wrong_width(columns, row):
            problems.append(wrong)
        elif is_in(columns.value(row, columns.state), settings.ignored_states):
            drafts += 1
        elif number is None:
            problems.append(missing_number(row))
        elif reason := number_fault(shown := values.text(typed) or ""):
            problems.append(unusable_number(row, shown, reason))
        elif names_a_calculation(number):
            problems.append(no_dossier(row, number))
        elif number in by_number:
            problems.append(duplicate_in_export(number, by_number[number].row, row))
        else:
            by_number[number] = _ExportRow(number, row)
    return list(by_number.values()), drafts, problems


def _wrong_width(columns: Columns, row: int) -> ImportProblem | None:
    """The problem of a row that was cut, or whose cells are shifted: a text before its end is not in its column."""
    cells = columns.cells(row)
    if len(cells) < columns.width:
        return short_row(row, len(cells), columns.width)
    if any(cell is not None for cell in cells[len(columns.cells(columns.header_row)) :]):
        return long_row(row, len(cells), columns.width)
    return None


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
class _SheetRow:
    row: int
    cells: Mapping[str, CellValue]


def _sheet_rows_by_number(current: pd.DataFrame, key: str) -> dict[str, list[_SheetRow]]:
    """Dossier number → its rows in the tab, usually one."""
    by_number: dict[str, list[_SheetRow]] = {}
    for record in current.to_dict("records"):
        cells = {str(field): None if _is_blank(value) else value for field, value in record.items()}
        if number := _number(cells.get(key)):
            by_number.setdefault(number, []).append(_SheetRow(record["row"], cells))
    return by_number


def _is_blank(value: object) -> bool:
    # pandas shows a blank as NaN or NaT as soon as a column has one type.
    return value is None or value is pd.NaT or (isinstance(value, float) and value != value)  # noqa: PLR0124 -- NaN


def _new_dossier(
    columns: Columns, export_row: _ExportRow, tab: TabSchema, zone: ZoneInfo
) -> tuple[NewDossier, list[ImportProblem]]:
    """The values to write of a new dossier; an unreadable value is kept as text and reported."""
    values_by_field: dict[str, ImportedValue] = {}
    problems = []
    for field in tab.fields:
        raw = columns.field_value(export_row.row, field.id)
        value, readable = _cell_value(field, raw, zone)
        if value is not None:
            values_by_field[field.id] = value
        if not readable:
            problems.append(unreadable_value(export_row.number, export_row.row, field, str(value)))
        if isinstance(value, str) and is_too_long(str(raw)):
            problems.append(truncated_text(export_row.number, export_row.row, field, len(str(raw))))
    return NewDossier(export_row.number, export_row.row, values_by_field | {tab.key: export_row.number}), problems


def _cell_value(field: Field, raw: CellValue, zone: ZoneInfo) -> tuple[ImportedValue, bool]:
    """The value to write, and whether it was readable."""
    try:
        return cell_value(field, raw, zone), True
    except UnreadableError:
        return readable_text(raw), False


def _compare(
    columns: Columns, export_row: _ExportRow, current: _SheetRow, tab: TabSchema, zone: ZoneInfo
) -> ChangedDossier:
    differences, said = [], {}
    for field in tab.fields:
        value, _ = _cell_value(field, columns.field_value(export_row.row, field.id), zone)
        if value is None or field.id not in current.cells:
            continue
        in_sheet, said[field.id] = current.cells[field.id], value
        if comparison_key(field, value, zone) != comparison_key(field, in_sheet, zone):
            differences.append(Difference(field.id, field.header, in_sheet, value))
    return ChangedDossier(
        export_row.number, current.row, tuple(differences), said, last_update(columns, export_row.row, zone)
    )
