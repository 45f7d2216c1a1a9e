"""The tab `Envois`: the delivery status of each e-mail, by its id; and the marks of those that left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from eig_sheets.emails.catalogue.deliveries import GONE, DeliveryStatus
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.spreadsheet.model.snapshot import SentMark
from eig_sheets.text.french import typographic
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.records import cell_text
from eig_sheets.workbook.table import Col, Table

TONES = (
    (DeliveryStatus.TO_APPROVE, Tone.DOUBT),
    (DeliveryStatus.APPROVED, Tone.GOOD),
    (DeliveryStatus.SENT, Tone.GOOD),
    (DeliveryStatus.DRAFTED, Tone.GOOD),
    (DeliveryStatus.RETURNED, Tone.BAD),
    (DeliveryStatus.BLOCKED, Tone.BAD),
    (DeliveryStatus.FAILED, Tone.BAD),
    (DeliveryStatus.UNCERTAIN, Tone.BAD),
    (DeliveryStatus.OBSOLETE, Tone.QUIET),
    (DeliveryStatus.ARCHIVED, Tone.QUIET),
    (DeliveryStatus.GROUPED, Tone.QUIET),
    (DeliveryStatus.SET_ASIDE, Tone.QUIET),
    (DeliveryStatus.REMOVED, Tone.QUIET),
)


@dataclass(frozen=True, slots=True)
class Sending:
    """One e-mail that is or was due; `fingerprint` is for the robot, `moment` when it left or was tried."""

    id: str
    template: str
    numero: str | None
    recipients: str | None
    subject: str | None
    state: DeliveryStatus
    detail: str = ""
    moment: datetime | None = None
    fingerprint: str = ""


TABLE: Final = Table[Sending](
    Col("id", tab=Column("Id", width=30)),
    Col("template", tab=Column("Modèle", width=26)),
    Col("numero", tab=Column("N° de dossier", width=15)),
    Col("recipients", tab=Column("Destinataires", Format.WRAPPED, 36)),
    Col("subject", tab=Column("Objet", Format.WRAPPED, 46)),
    Col(
        "state", value=lambda sending: str(sending.state),
        tab=Column(
            "État", width=16, tones=TONES,
            note="Bloqué : il ne peut pas partir, la Précision dit pourquoi. Obsolète : les données ont changé, une "
            "autre version le remplace ou il n’est plus dû. Archivé : obsolète, sa ligne a été supprimée, sa copie est "
            "dans « E-mails archivés ». Retiré : sa ligne a été supprimée, il ne sera pas proposé de nouveau. "
            "Revenu : il est parti, et un serveur l’a renvoyé ; la Précision dit pourquoi, et où corriger l’adresse. "
            "Incertain : il est peut-être parti ; dites ce qu’il en est à la personne qui exploite le robot "
            "(« eig-sheets emails settle »).",
        ),
    ),
    Col("moment", tab=Column("Le", Format.DATETIME, 18, note="Quand il est parti, ou quand l’envoi a été tenté.")),
    Col(
        "detail", value=lambda sending: typographic(sending.detail) or None,
        tab=Column("Précision", Format.WRAPPED, 70),
    ),
    Col(
        "fingerprint", value=lambda sending: sending.fingerprint or None,
        tab=Column(
            "Empreinte", Format.GENERAL, 12, note="Pour le robot : de quoi voir ce qui a changé depuis.", hidden=True
        ),
    ),
)  # fmt: skip

_MARKED: Final = ("id", "state", "moment", "fingerprint")
"""The columns of which the mark of an e-mail is a digest."""
_DIGEST_LENGTH: Final = 16


def sent_marks(lines: Rows) -> tuple[SentMark, ...]:
    """The marks of the e-mails that left, or may have, by the rows of the tab."""
    marks = (mark_of(line) for line in TABLE.read_stored((TABLE.sheet_headers, *lines)))
    return tuple(mark for mark in marks if mark.state in GONE)


def mark_of(line: Mapping[str, object]) -> SentMark:
    """The mark of a line of the tab, by key, the same as it is written and as it is read."""
    digest = sha256("\0".join(cell_text(line[key]) for key in _MARKED).encode()).hexdigest()[:_DIGEST_LENGTH]
    return SentMark(str(line["id"]), digest, str(line["state"]))
