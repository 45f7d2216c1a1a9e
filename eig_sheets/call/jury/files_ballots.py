"""The files of jurors' pages that were made for a workbook, in the state folder: for whom, where and when.

Personal data: addresses and names of files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eig_sheets.storage.records import FormerJson, Record


@dataclass(frozen=True, slots=True)
class Ballot:
    """The last file of one page: `kind` is that of the page, `path` absolute, `at` an ISO moment, `digest` SHA-256."""

    juror: str
    kind: str
    path: str
    digest: str
    at: str
    dossiers: tuple[str, ...] = ()


class BallotLog(Record[tuple[Ballot, ...]]):
    """The last file of each page of one workbook, in `folder`. Each method raises LedgerError."""

    name = "registre_grilles"
    value_type = tuple[Ballot, ...]
    empty = ()
    former = FormerJson("grilles")
    unusable = "Le registre des grilles {path} est inutilisable ({cause})."
    remedy = (
        "Déplacez-le ailleurs, puis relancez « eig-sheets jury ballots » : les grilles déjà remplies ne changent pas."
    )

    def ballots(self) -> dict[tuple[str, str], Ballot]:
        """The last file by kind and juror."""
        return _by_page(self.read())

    def add(self, made: Iterable[Ballot]) -> None:
        """Keep files that were just made, in the place of earlier ones of the same pages."""
        new = _by_page(made)
        self.change(lambda known: tuple({**_by_page(known), **new}.values()))


def _by_page(ballots: Iterable[Ballot]) -> dict[tuple[str, str], Ballot]:
    return {(ballot.kind, ballot.juror): ballot for ballot in ballots}
