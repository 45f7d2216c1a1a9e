"""The tab `Envois`: the state of each e-mail, by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eig_sheets.french import typographic
from eig_sheets.workbook.sheet import Column, Format, Owner, Sheet, Tone

TO_APPROVE, APPROVED, BLOCKED, SET_ASIDE, REMOVED = "À valider", "Validé", "Bloqué", "Écarté", "Retiré"

_TONES = (
    (TO_APPROVE, Tone.DOUBT),
    (APPROVED, Tone.GOOD),
    (BLOCKED, Tone.BAD),
    (SET_ASIDE, Tone.QUIET),
    (REMOVED, Tone.QUIET),
)

COLUMNS = (
    Column("Id", width=30),
    Column("Modèle", width=26),
    Column("N° de dossier", width=15),
    Column("Destinataires", Format.WRAPPED, 36),
    Column("Objet", Format.WRAPPED, 46),
    Column(
        "État", width=14,
        tones=_TONES,
        note="Bloqué : une valeur manque, l’e-mail n’est pas dans « E-mails à envoyer ». "
        "Retiré : sa ligne a été supprimée, il ne sera pas proposé de nouveau.",
    ),
    Column("Précision", Format.WRAPPED, 70),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sending:
    """One e-mail that is or was due."""

    id: str
    template: str
    numero: str | None
    recipients: str | None
    subject: str | None
    state: str
    detail: str = ""


def sheet(name: str, sendings: Sequence[Sending], banner: tuple[str, ...]) -> Sheet:
    """The whole tab, in the order of `sendings`."""
    rows = tuple(
        (one.id, one.template, one.numero, one.recipients, one.subject, one.state, typographic(one.detail) or None)
        for one in sendings
    )
    return Sheet("envois", name, Owner.ROBOT, COLUMNS, rows, banner)
