"""The register's entry for the ledger of returns, and its kind of records, which is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eig_sheets.personal_data import Fate, Holding, Place
from eig_sheets.storage.records import KeptRecord

if TYPE_CHECKING:
    from eig_sheets.features.returns.files_ledger import ReturnLedger


def _ledger() -> type[ReturnLedger]:
    from eig_sheets.features.returns.files_ledger import ReturnLedger  # noqa: PLC0415 (when it is asked for)

    return ReturnLedger


KEPT: Final = KeptRecord(_ledger)
HOLDING: Final = Holding(
    "retours",
    Place.STATE,
    "retours, dans registres.sqlite3",
    (),
    "de chaque e-mail revenu ou réponse à une invitation : qui l’a envoyé, son objet, l’adresse, ce que le serveur ou "
    "la personne dit, la date ; jamais le message",
    "porteurs, mentors, jurés, candidats",
    "savoir qui n’a pas reçu un e-mail, qui vient à un rendez-vous",
    Fate.PURGED,
    "sendings",
    writers=("eig_sheets.storage.records",),
)
