"""The tab `Notes reçues`: of each juror and dossier, the version of the juror's own page that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.campaign.results import Result
from eig_sheets.campaign.reviews.versions import Record, Value, Version
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.records import SEAL_COL, SealedRow, sealed, sealed_rows
from eig_sheets.workbook.table import Col, Table

NUMBER, JUROR, MOMENT, RECEIVED, SOURCE, COUNT, RIVAL, LATE, DESCRIBED = (
    "#numero", "#jure", "#moment", "#received", "#source", "#count", "#rival", "#late", "#described",
)  # fmt: skip
"""The keys of what is said about answers, which have the ids of their fields."""
ANSWERS: Final[dict[str, Column]] = {
    "deport": Column("Déport", Format.GENERAL, 10),
    "coup_de_coeur": Column("Coup de cœur", Format.GENERAL, 10),
    "avis": Column("Avis", width=14),
    "commentaire": Column("Commentaire", Format.WRAPPED, 44),
    "communicable": Column(
        "Commentaire communicable", Format.GENERAL, 15, note="oui : le juré accepte que le porteur le lise."
    ),
}
"""The columns of answers about a dossier besides scores, by field id."""


@dataclass(frozen=True, slots=True)
class NotesForm:
    """The columns of such a tab: the header of the number, and those of the answers besides scores, by field id."""

    number: str
    answers: Mapping[str, Column]


OF_DOSSIERS: Final[NotesForm] = NotesForm("N° de dossier", ANSWERS)
JUROR_COL: Final[Col[Record]] = Col(
    JUROR, value=lambda record: record.version.juror, tab=Column("E-mail du juré", width=32)
)
RIVAL_COL: Final[Col[Record]] = Col(
    RIVAL, value=lambda record: record.rival or None,
    tab=Column(
        "Autre version du même moment", Format.WRAPPED, 30,
        "Où lire d’autres réponses, enregistrées au même moment : elles ne comptent pas.",
    ),
)  # fmt: skip
_ABOUT: Final[tuple[Col[Record], ...]] = (
    Col(
        MOMENT, value=lambda record: record.version.moment,
        tab=Column("Évalué le", Format.DATETIME, 18, "Quand le juré a enregistré ces réponses."),
    ),
    Col(RECEIVED, value=lambda record: record.version.received, tab=Column("Reçu le", Format.DATETIME, 18)),
    Col(
        SOURCE, value=lambda record: record.version.source,
        tab=Column("Fichier", width=30, note="La page du juré où elles ont été lues."),
    ),
    Col(
        COUNT, value=lambda record: record.count,
        tab=Column("Versions", Format.INTEGER, 10, "Combien de fois ces réponses ont changé, la première comprise."),
    ),
    RIVAL_COL,
    Col(
        LATE, value=lambda record: record.late or None,
        tab=Column(
            "Version tardive", Format.WRAPPED, 30,
            "Où lire d’autres réponses, d’après la clôture : elles ne comptent pas.",
        ),
    ),
    Col(
        DESCRIBED, value=lambda record: record.version.described or None,
        tab=Column(
            "Version du dossier", width=12, note="Pour le robot : ce que la page disait du dossier.", hidden=True
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CollectedRows:
    """The rows of `Notes reçues`, those of `Déclarations reçues`, and those of the notes of candidates."""

    notes: Rows = ()
    declarations: Rows = ()
    candidates: Rows = ()


NOTHING_COLLECTED: Final = CollectedRows()

COLLECTED: Final = Result("collected", NOTHING_COLLECTED)
"""The rows of what jurors' pages say."""


def answer_col(name: str, look: Column) -> Col[Record]:
    """The column of an answer, by the id of its field."""
    return Col(name, value=lambda record: record.version.values.get(name), tab=look)


def table(criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS) -> Table[Record]:
    """The tab in a call with these (id, label) of criteria."""
    return Table(
        Col(NUMBER, value=lambda record: record.version.numero, tab=Column(form.number, width=15)),
        JUROR_COL,
        *(answer_col(name, Column(label, Format.MIXED, 15)) for name, label in criteria),
        *(answer_col(name, look) for name, look in form.answers.items()),
        *_ABOUT,
        SEAL_COL,
    )


def fields(criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS) -> tuple[str, ...]:
    """The ids of the fields that jurors fill, in the order of the columns."""
    return (*(name for name, _ in criteria), *form.answers)


def rows(records: Iterable[Record], criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS) -> Rows:
    """One row per record."""
    return sealed(table(criteria, form), records)


def read_rows(
    tab: TabSnapshot | None, criteria: Sequence[tuple[str, str]], form: NotesForm = OF_DOSSIERS
) -> Iterator[SealedRow]:
    """The rows of the tab as they are."""
    return sealed_rows(tab, table(criteria, form))


def record_of(row: SealedRow) -> Record:
    """The record of a genuine row, of notes or of a declaration, of which some columns are not there."""
    cells = row.cells
    values = {
        name: value for name, cell in cells.items() if not name.startswith("#") and (value := answer(cell)) is not None
    }
    version = Version(
        str(cells[JUROR]),
        str(cells[NUMBER]) if NUMBER in cells else "",
        values,
        _moment(cells[MOMENT]),
        _moment(cells[RECEIVED]),
        _text(cells[SOURCE]),
        described=_text(cells.get(DESCRIBED)),
    )
    return Record(version, _count(cells[COUNT]), _text(cells[RIVAL]), _text(cells.get(LATE)))


def answer(cell: CellValue) -> Value | None:
    """An answer of a genuine row."""
    if isinstance(cell, (bool, str)):
        return cell
    return float(cell) if isinstance(cell, (int, float)) else None


def _moment(cell: CellValue) -> datetime:
    """A moment of a genuine row, to the second."""
    return cell.replace(microsecond=0) if isinstance(cell, datetime) else datetime.min


def _text(cell: CellValue) -> str:
    """A text of a genuine row, '' where it is blank."""
    return "" if cell is None else str(cell)


def _count(cell: CellValue) -> int:
    """A count of a genuine row."""
    return int(cell) if isinstance(cell, (int, float)) else 0
