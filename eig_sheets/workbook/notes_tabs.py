"""`Notes reçues`, of dossiers and of what else a jury scores, read as tables of evaluations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.codes import Code
from eig_sheets.workbook.fields import Field, Kind, TabSchema
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import CellValue, Uncomputed
from eig_sheets.workbook.model.sheet import Owner
from eig_sheets.workbook.model.snapshot import TabSnapshot
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.read_back import find_headers
from eig_sheets.workbook.render import notes_recues
from eig_sheets.workbook.render.notes_recues import NotesForm
from eig_sheets.workbook.typed_values import as_typed

NOTES: Final = "notes_recues"
DECLARATIONS: Final = "declarations_recues"
_ADDED: Final = Field("communicable", notes_recues.ANSWERS["communicable"].header, Kind.YES_NO)
Criteria = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NotesTab:
    """A robot's tab with the notes of jurors' pages.

    `typed`: the people's tab of the same evaluations, which is called `where`; `key`: the field of the number; `apart`:
    a field that makes two evaluations by one juror different ones, '' without any;
    `added`: what its pages ask besides the fields of that one; `command` reads pages; `setting` says until when.
    `checks`: leaves out of the tables the evaluations of a tab that cannot count, and adds their anomalies; None: as of
    dossiers. `unknown`: the code of a number that is none, besides those of dossiers.
    """

    id: str
    typed: str
    key: str
    form: NotesForm
    noun: str
    where: str
    command: str
    setting: str
    added: tuple[Field, ...] = ()
    apart: str = ""
    checks: Callable[[dict[str, Table], str, list[Anomaly]], None] | None = None
    unknown: Code | None = None


DOSSIER_NOTES_TAB: Final = NotesTab(
    NOTES,
    "evaluations",
    "numero",
    notes_recues.OF_DOSSIERS,
    "dossier",
    "Évaluations",
    "jury collect",
    "scoring.closes",
    (_ADDED,),
)


def notes_schema(evaluations: TabSchema, notes: NotesTab) -> TabSchema:
    """The schema of `Notes reçues`: that of `Évaluations`, and what its pages ask besides."""
    fields = (*evaluations.fields, *notes.added)
    return TabSchema(notes.id, "Notes reçues", Owner.ROBOT, evaluations.key, fields)


@dataclass(frozen=True, slots=True)
class ReceivedNotes:
    """`Notes reçues` where it is: its layout, the rows that are as the robot wrote them, and those that are not."""

    layout: TabLayout
    genuine: tuple[int, ...]
    edited: tuple[int, ...]


def received_notes(
    tab: TabSnapshot, evaluations: TabLayout, criteria: Criteria, notes: NotesTab
) -> ReceivedNotes | None:
    """The tab as a table to parse, what jurors typed as they did; None when its headers are gone."""
    headers = notes_recues.table(criteria, notes.form).sheet_headers
    places = find_headers(tab, headers)
    if places is None:
        return None
    schema = notes_schema(evaluations.schema, notes)
    by_header = dict(zip(headers, places.columns, strict=True))
    own = {field.id: by_header.get(field.header) for field in schema.fields}
    columns = {field_id: column for field_id, column in own.items() if column is not None}
    rows = [*notes_recues.read_rows(tab, criteria, notes.form)]
    typed = replace(
        tab, rows=_as_typed(tab, {columns[answer] for answer in _answers(criteria, notes) if answer in columns})
    )
    last = max((row.number for row in rows), default=places.row)
    genuine = [row for row in rows if row.genuine]
    sources = {row.number: notes_recues.record_of(row).version.source for row in genuine}
    return ReceivedNotes(
        TabLayout(
            schema, typed, places.row, columns, {}, last, rows_have_ids=evaluations.rows_have_ids, sources=sources
        ),
        tuple(row.number for row in genuine),
        tuple(row.number for row in rows if not row.genuine),
    )


def _answers(criteria: Criteria, notes: NotesTab) -> tuple[str, ...]:
    return tuple(name for name in notes_recues.fields(criteria, notes.form) if name != "commentaire")


def _as_typed(tab: TabSnapshot, answers: set[int]) -> tuple[tuple[CellValue, ...], ...]:
    return tuple(
        tuple(_answer(value) if column in answers else value for column, value in enumerate(row)) for row in tab.rows
    )


def _answer(value: CellValue) -> CellValue:
    """A kept answer as it was typed; of a formula that no program had computed, its text was kept."""
    is_formula = isinstance(value, str) and value.startswith("=")
    return Uncomputed(str(value)[1:]) if is_formula else as_typed(value)
