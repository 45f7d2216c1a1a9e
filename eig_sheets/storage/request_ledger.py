"""The ledger of requests (SQLite): a claim is committed before anything is done, its end after.

It is what keeps a request from being done twice when somebody deletes the tab `Réponses`.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from eig_sheets.domain.requests import ENDED, Action, Recorded, Stage
from eig_sheets.storage import sqlite_erasure
from eig_sheets.storage.ledger_file import LedgerFile
from eig_sheets.storage.state import workbook_key

_SCHEMA = """
CREATE TABLE IF NOT EXISTS request (
    workbook TEXT NOT NULL,
    number TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    by TEXT NOT NULL,         -- who asked, as typed
    stage TEXT NOT NULL,
    moment TEXT NOT NULL,     -- ISO 8601, naive, campaign time zone
    words TEXT NOT NULL,      -- what was answered
    token TEXT NOT NULL,      -- of the claim
    shown TEXT NOT NULL,      -- digest of the list to confirm
    armed INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (workbook, number)
);
"""
_UNUSABLE = (
    "Le registre des demandes {path} est inutilisable ({cause}) : aucune demande n’est faite. Rétablissez ce fichier "
    "d’une sauvegarde ; sinon déplacez-le ailleurs : l’onglet « Réponses » dit ce qui a été fait."
)


class RequestLedger:
    """The ledger of the requests of one workbook, in the state folder."""

    def __init__(self, folder: Path, workbook: str) -> None:
        self._file = LedgerFile(folder / "demandes.sqlite3", _SCHEMA, _UNUSABLE)
        self._workbook = workbook_key(workbook)

    def recorded(self) -> list[Recorded]:
        """What is recorded of each number, in order of record. Raises LedgerError."""
        if not self._file.exists():
            return []
        with self._file.connected() as connection:
            return [_recorded(row) for row in connection.execute(_SELECT, (self._workbook,))]

    def record(self, one: Recorded) -> None:
        """Commit what is known of a number now. Raises LedgerError."""
        with self._file.transaction() as connection:
            values = (one.number, one.action, one.detail, one.by, one.stage, one.moment.isoformat(), one.words)
            connection.execute(_INSERT, (self._workbook, *values, one.token, one.shown, one.armed, one.attempts))

    def reduce(self) -> None:
        """Blank who asked, what exactly and what was answered, of the requests that ended. Raises LedgerError.

        Their numbers stay: none is done again.
        """
        if not self._file.exists():
            return
        ended = [(self._workbook, stage) for stage in sorted(ENDED)]
        with self._file.connected() as connection:
            connection.executemany(
                "UPDATE request SET by = '', detail = '', words = '' WHERE workbook = ? AND stage = ?", ended
            )
            sqlite_erasure.rewrite(connection)


def is_named(one: Recorded) -> bool:
    """Whether what is recorded of a request that ended may still name somebody."""
    return one.stage in ENDED and bool(one.by or one.detail or one.words)


_SELECT = """
SELECT number, action, detail, by, stage, moment, words, token, shown, armed, attempts
FROM request WHERE workbook = ? ORDER BY rowid
"""
_INSERT = "INSERT OR REPLACE INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _recorded(row: sqlite3.Row | tuple[str, ...]) -> Recorded:
    number, action, detail, by, stage, moment, words, token, shown, armed, attempts = row
    when = datetime.fromisoformat(moment)
    known = (Action(action), detail, by, Stage(stage), when, words, token, shown, bool(armed), int(attempts))
    return Recorded(number, *known)
