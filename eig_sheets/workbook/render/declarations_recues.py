"""The tab `Déclarations reçues`: what each juror's own page says of déports, availability and interests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from eig_sheets.domain.versions import Record, Version
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.model.snapshot import TabSnapshot
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.render.notes_recues import JUROR, RIVAL, answer, count_in, moment_in, text_in
from eig_sheets.workbook.sealed_rows import SEAL_COLUMN, SealedRow, sealed, sealed_rows

ANSWERS: Final = {
    "deports": Column("Déports", width=34, note="Les numéros des dossiers que le juré ne note pas."),
    "disponibilites": Column("Disponibilités", Format.WRAPPED, 40),
    "declare": Column("Déclaration d’intérêts", Format.GENERAL, 14, note="oui : lue et faite."),
    "declare_le": Column("Déclarée le", width=14),
}
"""What a juror says of themselves, by field id."""
_READ, _RECEIVED, _SOURCE, _COUNT = "Page enregistrée le", "Reçue le", "Fichier", "Versions"
COLUMNS: Final = (
    Column(JUROR, width=32),
    *ANSWERS.values(),
    Column(_READ, Format.DATETIME, 18),
    Column(_RECEIVED, Format.DATETIME, 18),
    Column(_SOURCE, width=30, note="La page du juré où c’est écrit."),
    Column(_COUNT, Format.INTEGER, 10, "Combien de fois le juré l’a changée, la première comprise."),
    Column(
        RIVAL, Format.WRAPPED, 30, "Où lire d’autres réponses, enregistrées au même moment : elles ne comptent pas."
    ),
    SEAL_COLUMN,
)
_HEADERS: Final = tuple(column.header for column in COLUMNS)


def rows(records: Iterable[Record]) -> Rows:
    """One row per juror."""
    return tuple(
        sealed(
            (
                one.version.juror,
                *(one.version.values.get(name) for name in ANSWERS),
                one.version.moment,
                one.version.received,
                one.version.source,
                one.count,
                one.rival or None,
            )
        )
        for one in records
    )


def read_rows(tab: TabSnapshot | None) -> Iterator[SealedRow]:
    """The rows of the tab as they are."""
    return sealed_rows(tab, _HEADERS)


def record_of(row: SealedRow) -> Record:
    """The record of a genuine row."""
    cells = row.cells
    values = {name: value for name, look in ANSWERS.items() if (value := answer(cells[look.header])) is not None}
    read, received = moment_in(cells[_READ]), moment_in(cells[_RECEIVED])
    version = Version(str(cells[JUROR]), "", values, read, received, text_in(cells[_SOURCE]))
    return Record(version, count_in(cells[_COUNT]), text_in(cells[RIVAL]))
