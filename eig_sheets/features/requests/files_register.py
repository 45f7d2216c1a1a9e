"""The register's entry for the ledger of requests, and its kind of records, which is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eig_sheets.personal_data import Fate, Holding, Place
from eig_sheets.storage.records import KeptRecord

if TYPE_CHECKING:
    from eig_sheets.features.requests.files_ledger import RequestLedger


def _ledger() -> type[RequestLedger]:
    from eig_sheets.features.requests.files_ledger import RequestLedger  # noqa: PLC0415 (when it is asked for)

    return RequestLedger


KEPT: Final = KeptRecord(_ledger)
HOLDING: Final = Holding(
    "demandes",
    Place.STATE,
    "demandes, dans registres.sqlite3",
    ("demandes.sqlite3", "demandes.sqlite3-journal"),
    "chaque demande prise en charge : action, date ; avant l’échéance, qui l’a faite, son détail, la réponse",
    "agents",
    "ne jamais faire deux fois la même demande",
    Fate.REDUCED,
    "sendings",
    writers=("eig_sheets.storage.records",),
)
