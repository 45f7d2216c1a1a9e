"""The files of jurors' pages that were made for a workbook, in the state folder: for whom, where and when.

Personal data: addresses and names of files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from eig_sheets.storage.json_log import JsonLog, file_of

_UNUSABLE: Final = (
    "Le registre des grilles {path} est inutilisable ({cause}). Déplacez-le ailleurs, puis relancez "
    "« eig-sheets jury ballots » : les grilles déjà remplies ne changent pas."
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """The last file of one page: `kind` is that of the page, `path` absolute, `at` an ISO moment, `digest` SHA-256."""

    juror: str
    kind: str
    path: str
    digest: str
    at: str
    dossiers: tuple[str, ...] = ()


class BallotLog:
    """The last file of each page of one workbook, in `folder`. `location` is the workbook's."""

    def __init__(self, folder: Path, location: str) -> None:
        self._log = JsonLog(file_of(folder, location, "grilles"), _UNUSABLE)

    def ballots(self) -> dict[tuple[str, str], Ballot]:
        """The last file by kind and juror. Raises StateError."""
        stored = self._log.read(lambda one: Ballot(**one))
        return {(one.kind, one.juror): one for one in stored}

    def add(self, made: Iterable[Ballot]) -> None:
        """Keep files that were just made, in the place of earlier ones of the same pages. Raises StateError."""
        known = self.ballots() | {(one.kind, one.juror): one for one in made}
        self._log.write([asdict(one) for one in known.values()])
