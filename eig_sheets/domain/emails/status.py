"""The delivery status of an e-mail, as the column « État » of `E-mails à envoyer` and of `Envois` shows it.

Two other enums are about one attempt to deliver, and are not shown: `emails.outlets.base.Outcome`, what a server
answered, and `deliveries.Stage`, what the ledger of this machine keeps of it. `Stage.status` leads here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class DeliveryStatus(StrEnum):
    """Each status, by the word that people read."""

    TO_APPROVE = "À valider"
    APPROVED = "Validé"
    BLOCKED = "Bloqué"
    SET_ASIDE = "Écarté"
    REMOVED = "Retiré"
    OBSOLETE = "Obsolète"
    GROUPED = "Regroupé"
    DRAFTED = "Brouillon créé"
    SENT = "Envoyé"
    FAILED = "Échec"
    UNCERTAIN = "Incertain"


GONE: Final = frozenset({DeliveryStatus.DRAFTED, DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN})
"""Statuses of an e-mail that left, or may have: it is not handed over any more."""

TO_ADD: Final = "À ajouter"
"""The state that `emails list` gives to an e-mail that is due and has no row yet, hence no status."""
