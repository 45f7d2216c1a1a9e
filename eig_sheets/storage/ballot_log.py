"""The files of jurors' pages that were made for a workbook, in the state folder: for whom, where and when.

Personal data: addresses and names of files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eig_sheets.storage.former_files import FormerJson
from eig_sheets.storage.records import Kind, Record


@dataclass(frozen=True, slots=True)
class Ballot:
    """The last file of one page: `kind` is that of the page, `path` absolute, `at` an ISO moment, `digest` SHA-256."""

    juror: str
    kind: str
    path: str
    digest: str
    at: str
    dossiers: tuple[str, ...] = ()


BALLOTS: Final = Kind[tuple[Ballot, ...]](
    "registre_grilles",
    tuple[Ballot, ...],
    (),
    FormerJson("grilles"),
    "Le registre des grilles {path} est inutilisable ({cause}).",
    "Déplacez-le ailleurs, puis relancez « eig-sheets jury ballots » : les grilles déjà remplies ne changent pas.",
)


class BallotLog:
    """The last file of each page of one workbook, in `folder`. Each method raises LedgerError."""

    def __init__(self, folder: Path, location: str) -> None:
        self._record = Record(BALLOTS, folder, location)

    def ballots(self) -> dict[tuple[str, str], Ballot]:
        """The last file by kind and juror."""
        return _by_page(self._record.read())

    def add(self, made: Iterable[Ballot]) -> None:
        """Keep files that were just made, in the place of earlier ones of the same pages."""
        new = _by_page(made)
        self._record.change(lambda known: tuple({**_by_page(known), **new}.values()))


def _by_page(ballots: Iterable[Ballot]) -> dict[tuple[str, str], Ballot]:
    return {(one.kind, one.juror): one for one in ballots}
