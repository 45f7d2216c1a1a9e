"""The tab `Notes reçues`: of each juror and dossier, the version of the juror's own page that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.domain.versions import Record, Value, Version
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.model.snapshot import TabSnapshot
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.sealed_rows import SEAL_COLUMN, SealedRow, sealed, sealed_rows

JUROR: Final = "E-mail du juré"
ANSWERS: Final = {
    "deport": Column("Déport", Format.GENERAL, 10),
    "coup_de_coeur": Column("Coup de cœur", Format.GENERAL, 10),
    "avis": Column("Avis", width=14),
    "commentaire": Column("Commentaire", Format.WRAPPED, 44),
    "communicable": Column(
        "Commentaire communicable", Format.GENERAL, 15, note="oui : le juré accepte que le porteur le lise."
    ),
}
"""What a juror says of a dossier besides scores, by field id."""


@dataclass(frozen=True, slots=True)
class NotesForm:
    """What such a tab has: the header of the number of what is noted, and the answers besides scores, by field id."""

    number: str
    answers: Mapping[str, Column]


OF_DOSSIERS: Final = NotesForm("N° de dossier", ANSWERS)
MOMENT: Final = "Évalué le"
_RECEIVED: Final = "Reçu le"
_SOURCE: Final = "Fichier"
_COUNT: Final = "Versions"
RIVAL: Final = "Autre version du même moment"
LATE: Final = "Version tardive"
DESCRIBED: Final = "Version du dossier"
_ABOUT: Final = (
    Column(MOMENT, Format.DATETIME, 18, "Quand le juré a enregistré ces réponses."),
    Column(_RECEIVED, Format.DATETIME, 18),
    Column(_SOURCE, width=30, note="La page du juré où elles ont été lues."),
    Column(_COUNT, Format.INTEGER, 10, "Combien de fois ces réponses ont changé, la première comprise."),
    Column(
        RIVAL, Format.WRAPPED, 30, "Où lire d’autres réponses, enregistrées au même moment : elles ne comptent pas."
    ),
    Column(LATE, Format.WRAPPED, 30, "Où lire d’autres réponses, d’après la clôture : elles ne comptent pas."),
    Column(DESCRIBED, width=12, note="Pour le robot : ce que la page disait du dossier.", hidden=True),
)


@dataclass(frozen=True, slots=True)
class CollectedRows:
    """The rows of `Notes reçues`, those of `Déclarations reçues`, and those of the notes of candidates."""

    notes: Rows = ()
    declarations: Rows = ()
    candidates: Rows = ()


NOTHING_COLLECTED: Final = CollectedRows()


def columns(criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS) -> tuple[Column, ...]:
    """The columns of a call with these (id, label) of criteria."""
    scores = tuple(Column(label, Format.MIXED, 15) for _, label in criteria)
    answers = form.answers.values()
    return (Column(form.number, width=15), Column(JUROR, width=32), *scores, *answers, *_ABOUT, SEAL_COLUMN)


def fields(criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS) -> tuple[str, ...]:
    """The ids of the fields that jurors fill, in the order of the columns."""
    return (*(name for name, _ in criteria), *form.answers)


def rows(records: Iterable[Record], criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS) -> Rows:
    """One row per record."""
    names = fields(criteria, form)
    return tuple(sealed(_cells(record, names)) for record in records)


def _cells(record: Record, names: Sequence[str]) -> tuple[Value | datetime | None, ...]:
    version = record.version
    return (
        version.numero,
        version.juror,
        *(version.values.get(name) for name in names),
        version.moment,
        version.received,
        version.source,
        record.count,
        record.rival or None,
        record.late or None,
        version.described or None,
    )


def read_rows(
    tab: TabSnapshot | None, criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS
) -> Iterator[SealedRow]:
    """The rows of the tab as they are."""
    return sealed_rows(tab, [column.header for column in columns(criteria, form)])


def record_of(row: SealedRow, criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS) -> Record:
    """The record of a genuine row."""
    cells = row.cells
    headers = {**dict(criteria), **{name: column.header for name, column in form.answers.items()}}
    values = {name: value for name, header in headers.items() if (value := answer(cells[header])) is not None}
    version = Version(
        str(cells[JUROR]),
        str(cells[form.number]),
        values,
        moment_in(cells[MOMENT]),
        moment_in(cells[_RECEIVED]),
        text_in(cells[_SOURCE]),
        described=text_in(cells[DESCRIBED]),
    )
    return Record(version, count_in(cells[_COUNT]), text_in(cells[RIVAL]), text_in(cells[LATE]))


def answer(cell: CellValue) -> Value | None:
    """What was typed, as a genuine row has it."""
    if isinstance(cell, (bool, str)):
        return cell
    return float(cell) if isinstance(cell, (int, float)) else None


def moment_in(cell: CellValue) -> datetime:
    """A moment of a genuine row, to the second."""
    return cell.replace(microsecond=0) if isinstance(cell, datetime) else datetime.min


def text_in(cell: CellValue) -> str:
    """A text of a genuine row, '' where it is blank."""
    return "" if cell is None else str(cell)


def count_in(cell: CellValue) -> int:
    """A count of a genuine row."""
    return int(cell) if isinstance(cell, (int, float)) else 0
