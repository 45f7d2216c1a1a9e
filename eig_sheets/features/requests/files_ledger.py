"""The ledger of requests: a claim is committed before anything is done, its end after.

It is what keeps a request from being done twice when somebody deletes the tab `Réponses`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eig_sheets.features.requests.rules import ENDED, Recorded
from eig_sheets.storage.records import FormerTable, Record, with_last


class RequestLedger(Record[tuple[Recorded, ...]]):
    """The ledger of the requests of one workbook, in the state folder. Each method raises LedgerError."""

    name = "demandes"
    value_type = tuple[Recorded, ...]
    empty = ()
    former = FormerTable("demandes.sqlite3", "request")
    unusable = "Le registre des demandes {path} est inutilisable ({cause}) : aucune demande n’est faite."
    remedy = (
        "Rétablissez ce fichier d’une sauvegarde ; sinon déplacez-le ailleurs : l’onglet « Réponses » dit ce qui a "
        "été fait."
    )

    def recorded(self) -> list[Recorded]:
        """What is recorded of each number, in order of record."""
        return [*self.read()]

    def record(self, recorded: Recorded) -> None:
        """Commit what is known of a number now."""
        self.change(lambda known: with_last(known, recorded, lambda each: each.number))

    def has_to_go(self) -> bool:
        """Whether a request that ended may still name somebody: who asked for the others is needed until they end."""
        return any(map(is_named, self.recorded()))

    def purge(self) -> None:
        """Blank who asked, what exactly and what was answered, of the requests that ended: none is done again."""
        if self.read():
            self.forget(
                lambda known: tuple(
                    replace(recorded, by="", detail="", words="") if recorded.stage in ENDED else recorded
                    for recorded in known
                )
            )


def is_named(recorded: Recorded) -> bool:
    """Whether what is recorded of a request that ended may still name somebody."""
    return recorded.stage in ENDED and bool(recorded.by or recorded.detail or recorded.words)


def recorded_in(folder: Path, location: str) -> list[Recorded]:
    """What the ledger of a workbook says, in a state folder. Raises LedgerError."""
    return RequestLedger(folder, location).recorded()
