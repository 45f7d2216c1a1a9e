"""The tab `Retours`: what came back of the e-mails that left, and the answers to invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.features.returns.rules_mail import ReturnKind
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.table import Col, Table

TAB: Final = "retours"


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One row: what a mail says, in French, of an e-mail and an address; `place`: where the mail is."""

    moment: datetime
    kind: ReturnKind
    address: str
    sending_id: str
    numero: str | None
    appointment: datetime | None
    title: str
    detail: str
    place: str


_TONES: Final = (
    ("revenu", Tone.BAD), ("décliné", Tone.BAD), ("à lire", Tone.DOUBT), ("retardé", Tone.DOUBT),
    ("peut-être", Tone.DOUBT), ("accepté", Tone.GOOD),
)  # fmt: skip
TABLE: Final = Table[ReturnRow](
    Col("moment", "Reçu le", tab=Column("Reçu le", Format.DATETIME, 18)),
    Col("kind", "Retour", lambda row: str(row.kind), tab=Column("Retour", width=12, tones=_TONES)),
    Col("address", "Adresse", tab=Column("Adresse", Format.WRAPPED, 30)),
    Col("email", "E-mail", lambda row: row.sending_id, tab=Column("E-mail", width=30, note="Son Id dans Envois.")),
    Col("dossier", "Dossier", lambda row: row.numero, tab=Column("N° de dossier", width=15)),
    Col("appointment", "Rendez-vous", tab=Column("Rendez-vous", Format.DATETIME, 18)),
    Col("title", tab=Column("Objet du rendez-vous", Format.WRAPPED, 34)),
    Col("detail", "Précision", tab=Column("Précision", Format.WRAPPED, 70)),
    Col("place", tab=Column("Dans la boîte", Format.WRAPPED, 30, note="Où le retrouver : rien n’y est déplacé.")),
)
ROBOT_TAB: Final = RobotTab(
    TAB,
    "Retours",
    lambda *_: TABLE.sheet_columns,
    optional=True,
    hidden=True,
    in_both=True,
    computed=True,
    contents="Les e-mails revenus, les réponses aux invitations.",
)
