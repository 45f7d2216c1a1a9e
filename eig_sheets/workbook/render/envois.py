"""The tab `Envois`: the delivery status of each e-mail, by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.domain.emails.deliveries import DeliveryStatus
from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.render.cells import Rows

TONES = (
    (DeliveryStatus.TO_APPROVE, Tone.DOUBT),
    (DeliveryStatus.APPROVED, Tone.GOOD),
    (DeliveryStatus.SENT, Tone.GOOD),
    (DeliveryStatus.DRAFTED, Tone.GOOD),
    (DeliveryStatus.BLOCKED, Tone.BAD),
    (DeliveryStatus.FAILED, Tone.BAD),
    (DeliveryStatus.UNCERTAIN, Tone.BAD),
    (DeliveryStatus.OBSOLETE, Tone.QUIET),
    (DeliveryStatus.ARCHIVED, Tone.QUIET),
    (DeliveryStatus.GROUPED, Tone.QUIET),
    (DeliveryStatus.SET_ASIDE, Tone.QUIET),
    (DeliveryStatus.REMOVED, Tone.QUIET),
)

COLUMNS = (
    Column("Id", width=30),
    Column("Modèle", width=26),
    Column("N° de dossier", width=15),
    Column("Destinataires", Format.WRAPPED, 36),
    Column("Objet", Format.WRAPPED, 46),
    Column(
        "État", width=16,
        tones=TONES,
        note="Bloqué : il ne peut pas partir, la Précision dit pourquoi. Obsolète : les données ont changé, une autre "
        "version le remplace ou il n’est plus dû. Archivé : obsolète, sa ligne a été supprimée, sa copie est dans "
        "« E-mails archivés ». Retiré : sa ligne a été supprimée, il ne sera pas proposé de "
        "nouveau. Incertain : il est peut-être parti ; dites ce qu’il en est à la personne qui exploite le robot "
        "(« eig-sheets emails settle »).",
    ),
    Column("Le", Format.DATETIME, 18, note="Quand il est parti, ou quand l’envoi a été tenté."),
    Column("Précision", Format.WRAPPED, 70),
    Column("Empreinte", Format.GENERAL, 12, note="Pour le robot : de quoi voir ce qui a changé depuis.", hidden=True),
)  # fmt: skip
HEADERS: Final = tuple(column.header for column in COLUMNS)


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


def rows(sendings: Sequence[Sending]) -> Rows:
    """One row per e-mail, in the order of `sendings`."""
    return tuple(
        (
            sending.id,
            sending.template,
            sending.numero,
            sending.recipients,
            sending.subject,
            str(sending.state),
            sending.moment,
            typographic(sending.detail) or None,
            sending.fingerprint or None,
        )
        for sending in sendings
    )
