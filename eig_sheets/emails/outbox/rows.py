"""The rows of the outbox, as people left them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eig_sheets.campaign.reading import Reading
from eig_sheets.emails.outbox.fingerprints import text_fingerprint


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox: one e-mail, with the text of each cell, '' where blank; `number` is its row in the tab."""

    number: int
    id: str
    template: str
    numero: str
    to: str
    cc: str
    subject: str
    body: str
    attachments: str
    approved: bool
    set_aside: bool

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its text."""
        return text_fingerprint(self.to, self.cc, self.subject, self.body)


_TEXTS = ("id", "modele", "numero", "destinataires", "copie", "objet", "message", "pieces_jointes")


def rows_of(reading: Reading) -> list[Row]:
    """Every row that has an id, in their order; several may have the same."""
    table = reading.tables.get("emails")
    return [_row(cells) for cells in table.frame.dropna(subset="id").to_dict("records")] if table else []


def _row(cells: Mapping[Any, Any]) -> Row:
    sending_id, template, numero, to, cc, subject, body, attachments = (
        cells[field] if isinstance(cells[field], str) else "" for field in _TEXTS
    )
    return Row(
        int(cells["row"]),
        sending_id,
        template,
        numero,
        to,
        cc,
        subject,
        body,
        attachments,
        approved=cells["valider"] is True,
        set_aside=cells["ne_pas_envoyer"] is True,
    )


def by_id(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each id."""
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        rows_of.setdefault(row.id, []).append(row)
    return rows_of


def place(reading: Reading, field: str, row: Row) -> str:
    """The address of a cell of a row, with its tab: « E-mails à envoyer!D5 »."""
    emails = reading.layout.tabs["emails"]
    return emails.reference(field, row.number) or emails.name
