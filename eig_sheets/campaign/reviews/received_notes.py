"""`Notes reçues`, of dossiers and of what else a jury scores, read as tables of evaluations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.campaign.reviews import notes_recues
from eig_sheets.campaign.reviews.conflicts import CONFLICT_BY_ORGANISATION, CONFLICT_BY_RECUSAL, POSSIBLE_CONFLICT
from eig_sheets.campaign.reviews.notes_recues import NotesForm
from eig_sheets.campaign.reviews.typed_values import as_typed
from eig_sheets.spreadsheet.model.cells import CellValue, Uncomputed, parse_a1
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Anomaly, Code, Severity
from eig_sheets.workbook.fields import Field, Kind, TabSchema
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.read_back import find_headers
from eig_sheets.workbook.row_checks import UNKNOWN_DOSSIER, UNKNOWN_JUROR

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


_REMEDY_OF_A_PAGE: Final = (
    "Demandez au juré de corriger sa page, puis relancez « eig-sheets {command} » ; ou saisissez cette évaluation dans "
    "{where}, qui compte alors seule."
)
"""The remedy for a cell of `Notes reçues`, which is not corrected there; `where`: the tab that people type in."""
_A_RECUSAL: Final = (
    "Ces notes ne comptent pas : il n’y a rien à faire, et elles ne se saisissent pas dans {where}. Si ce n’est "
    "pas un déport, corrigez les Déports ou l’Organisation de ce juré dans l’onglet Jury, ou sa déclaration."
)
_RECUSALS_OF_A_PAGE: Final = frozenset({CONFLICT_BY_RECUSAL, CONFLICT_BY_ORGANISATION, POSSIBLE_CONFLICT})
"""Codes of notes by a juror who stood aside afterwards: the page needs no correction."""
_NAMES_ON_MANY_PAGES: Final = frozenset({UNKNOWN_JUROR, UNKNOWN_DOSSIER})
"""Codes of a name that many pages may have: no page is at fault, and one anomaly stands for all."""
_REMEDIES_OF_A_PAGE: Final = {
    **dict.fromkeys(_RECUSALS_OF_A_PAGE, _A_RECUSAL),
    UNKNOWN_JUROR: "Si l’adresse de ce juré a changé, remettez dans l’onglet Jury celle de sa page : ses notes "
    "comptent de nouveau. S’il n’est plus du jury, il n’y a rien à faire.",
    UNKNOWN_DOSSIER: "Si le numéro de ce dossier a été corrigé, remettez celui que les pages connaissent. Si le "
    "dossier a été retiré, il n’y a rien à faire.",
}
"""Remedies by code, where correcting the page would not help."""


def on_a_page(anomaly: Anomaly, notes: NotesTab, sources: Mapping[int, str]) -> Anomaly:
    """The anomaly of a cell of `Notes reçues`, with what to do about it, and the page's file where `sources` has it.

    A juror who stands aside after noting is no mistake, so that this anomaly does not block.
    """
    severity = Severity.WARNING if anomaly.kind in _RECUSALS_OF_A_PAGE else anomaly.severity
    remedy = _REMEDIES_OF_A_PAGE.get(anomaly.kind, _REMEDY_OF_A_PAGE).format(where=notes.where, command=notes.command)
    is_of_one_page = anomaly.kind not in (*_NAMES_ON_MANY_PAGES, notes.unknown)
    source = sources.get(parse_a1(anomaly.cell)[0]) if anomaly.cell and is_of_one_page else None
    about = f"{source}, {notes.noun} {anomaly.dossier}"
    message = typographic(f"{about} : {anomaly.message}") if source else anomaly.message
    return replace(anomaly, severity=severity, message=message, remedy=typographic(remedy))
