"""The tab `Déclarations reçues`: what each juror's own page says of déports, availability and interests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from eig_sheets.campaign.reviews.notes_recues import COUNT, JUROR_COL, MOMENT, RECEIVED, RIVAL_COL, SOURCE, answer_col
from eig_sheets.campaign.reviews.versions import Record
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.records import SEAL_COL, SealedRow, sealed, sealed_rows
from eig_sheets.workbook.table import Col, Table

ANSWERS: Final = {
    "deports": Column("Déports", width=34, note="Les numéros des dossiers que le juré ne note pas."),
    "disponibilites": Column("Disponibilités", Format.WRAPPED, 40),
    "declare": Column("Déclaration d’intérêts", Format.GENERAL, 14, note="oui : lue et faite."),
    "declare_le": Column("Déclarée le", width=14),
}
"""The columns of answers about the juror, by field id."""
TABLE: Final = Table[Record](
    JUROR_COL,
    *(answer_col(name, look) for name, look in ANSWERS.items()),
    Col(MOMENT, value=lambda record: record.version.moment, tab=Column("Page enregistrée le", Format.DATETIME, 18)),
    Col(RECEIVED, value=lambda record: record.version.received, tab=Column("Reçue le", Format.DATETIME, 18)),
    Col(
        SOURCE, value=lambda record: record.version.source,
        tab=Column("Fichier", width=30, note="La page du juré où c’est écrit."),
    ),
    Col(
        COUNT, value=lambda record: record.count,
        tab=Column("Versions", Format.INTEGER, 10, "Combien de fois le juré l’a changée, la première comprise."),
    ),
    RIVAL_COL,
    SEAL_COL,
)  # fmt: skip


def rows(records: Iterable[Record]) -> Rows:
    """One row per juror."""
    return sealed(TABLE, records)


def read_rows(tab: TabSnapshot | None) -> Iterator[SealedRow]:
    """The rows of the tab as they are; `notes_recues.record_of` has the record of each."""
    return sealed_rows(tab, TABLE)
