"""The outbox as cells: what the robot appends to it, and the rows that people misplaced in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.outbox.fingerprints import joined
from eig_sheets.emails.outbox.rows import Row
from eig_sheets.emails.outbox.send_checks import attached
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.spreadsheet.model.cells import WrittenValue, a1
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking, described, warning
from eig_sheets.workbook.quoting import did_you_mean

EMAIL_MOVED: Final = warning(
    "email_deplace",
    "L’e-mail « {value} » n’est plus à sa place : son identifiant n’est pas sous l’en-tête « Id ».",
    "Remettez cette ligne sous les en-têtes, et chaque valeur sous le sien. Si vous la supprimez, cet e-mail ne "
    "sera pas proposé de nouveau.",
)
UNKNOWN_EMAIL: Final = blocking(
    "email_inconnu",
    "L’Id « {value} » n’est celui d’aucun e-mail du robot, ou plus : il ne partira pas.{suggestion}",
    "Rétablissez cet Id, ou supprimez la ligne.",
)

_MOST_COMPARED: Final = 100
"""E-mails that lost their row among which that of an unknown id is looked for."""


def cells_of(draft: Draft, message: Message) -> dict[str, WrittenValue]:
    """The row of a draft, by field id."""
    return {
        "id": draft.id,
        "modele": draft.template,
        "numero": draft.numero,
        "destinataires": joined(message.to),
        "copie": joined(message.cc) or None,
        "objet": message.subject,
        "message": message.body,
        "pieces_jointes": attached(draft) or None,
    }


def misplaced_rows(reading: Reading, previous: PreviousState) -> Iterator[Anomaly]:
    """Anomalies: e-mails that lost their row, and whose id is elsewhere in the outbox, because people moved cells.

    On Google, rows that somebody puts above the headers while the robot adds e-mails can do that too.
    """
    emails = reading.layout.tabs.get("emails")
    ids = {
        record.id for record in previous.records.values() if record.was_in_the_outbox and record.id not in previous.rows
    }
    for number, row in enumerate(emails.tab.rows if emails and ids else (), 1):
        for column, value in enumerate(row):
            if isinstance(value, str) and value in ids and emails is not None:
                yield anomaly(EMAIL_MOVED, emails.name, a1(number, column), value=value)


def unknown_rows(reading: Reading, previous: PreviousState, emails: OutboxStatus) -> Iterator[Anomaly]:
    """Anomalies: rows whose id the robot does not know; most often that of an e-mail which lost its row."""
    lost = [id_ for id_, record in previous.records.items() if record.was_in_the_outbox and id_ not in previous.rows]
    accepted = lost if len(lost) <= _MOST_COMPARED else ()

    def unknown(row: Row) -> Anomaly:
        layout, hint = reading.layout.tabs["emails"], did_you_mean(row.id, accepted)
        return anomaly(UNKNOWN_EMAIL, layout.name, layout.cell("id", row.number), value=row.id, suggestion=hint)

    yield from described(emails.unknown, unknown)
