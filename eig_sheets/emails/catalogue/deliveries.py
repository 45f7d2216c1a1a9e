"""The delivery of an e-mail: its status, as people read it, and its stage, as the ledger keeps it (guarantee G6).

A third enum, `emails.outlets.base.Outcome`, is what a server answered to one attempt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class DeliveryStatus(StrEnum):
    """The status of an e-mail, as the column « État » of `E-mails à envoyer` and of `Envois` shows it."""

    TO_APPROVE = "À valider"
    APPROVED = "Validé"
    BLOCKED = "Bloqué"
    SET_ASIDE = "Écarté"
    REMOVED = "Retiré"
    OBSOLETE = "Obsolète"
    ARCHIVED = "Archivé"
    GROUPED = "Regroupé"
    DRAFTED = "Brouillon créé"
    SENT = "Envoyé"
    RETURNED = "Revenu"
    FAILED = "Échec"
    UNCERTAIN = "Incertain"


GONE: Final = frozenset(
    {DeliveryStatus.DRAFTED, DeliveryStatus.SENT, DeliveryStatus.RETURNED, DeliveryStatus.UNCERTAIN}
)
"""Statuses of an e-mail that left, or may have: it is not handed over any more."""
RESOLVABLE: Final = frozenset({DeliveryStatus.UNCERTAIN, DeliveryStatus.DRAFTED, DeliveryStatus.RETURNED})
"""Those of which a person may say whether it arrived or did not leave."""
BY_A_PERSON: Final = "D’après la personne qui exploite le robot."
"""The detail of a delivery of which a person said so."""

TO_ADD: Final = "À ajouter"
"""The state that `emails list` gives to an e-mail that is due and has no row yet, hence no status."""


class Stage(StrEnum):
    """The stage of a delivery in the ledger. What stays INTENDED may have left: nobody knows.

    RESERVED: the workbook says that this machine is about to send it; it has not begun. SETTLED: a person said that it
    did not leave.
    """

    RESERVED = "claimed"
    INTENDED = "intended"
    SENT = "sent"
    DRAFTED = "drafted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    SETTLED = "settled"

    @property
    def status(self) -> DeliveryStatus | None:
        """The status that people read; None when the e-mail did not leave."""
        return _STATUSES.get(self)


_STATUSES: Final = {
    Stage.INTENDED: DeliveryStatus.UNCERTAIN,
    Stage.SENT: DeliveryStatus.SENT,
    Stage.DRAFTED: DeliveryStatus.DRAFTED,
    Stage.REFUSED: DeliveryStatus.FAILED,
    Stage.DEFERRED: DeliveryStatus.FAILED,
}

UNSENT_STAGES: Final = frozenset({Stage.RESERVED, Stage.REFUSED, Stage.DEFERRED, Stage.SETTLED})
"""Stages of an e-mail that surely did not leave: it may be handed over."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The last delivery of an e-mail; `moment` is naive, in the campaign's time zone.

    `fingerprint` is what the e-mail was made of, as `Envois` shows it; `batch_id`, the sends that it was a part of,
    with spaces: that of the workbook may be one of an earlier send, stopped before it could write there.
    """

    id: str
    template: str
    numero: str | None
    outlet: str
    stage: Stage
    detail: str
    moment: datetime
    fingerprint: str = ""
    batch_id: str = ""
