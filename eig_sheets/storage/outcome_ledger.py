"""The ledger of outcomes (SQLite): an intent is committed before the service is asked for an act, its end after."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from eig_sheets.domain.acts import Act, ActStage, RecordedAct, may_be_asked
from eig_sheets.storage.ledger_file import LedgerError, LedgerFile
from eig_sheets.storage.state import workbook_key
from eig_sheets.text.french import typographic

_SCHEMA = """
CREATE TABLE IF NOT EXISTS act (
    workbook TEXT NOT NULL,
    numero TEXT NOT NULL,     -- of the dossier
    act TEXT NOT NULL,
    stage TEXT NOT NULL,
    moment TEXT NOT NULL,     -- ISO 8601, naive, campaign time zone
    detail TEXT NOT NULL,     -- what the service answered, when it did not do it
    PRIMARY KEY (workbook, numero, act)
);
"""
_UNUSABLE = (
    "Le registre des décisions rendues {path} est inutilisable ({cause}) : rien n’est rendu. Rétablissez ce fichier "
    "d’une sauvegarde ; sinon déplacez-le ailleurs : l’état des dossiers dans Démarche Numérique fait foi."
)


class OutcomeLedger:
    """The ledger of the acts on the dossiers of one workbook, in the state folder."""

    def __init__(self, folder: Path, workbook: str) -> None:
        self._file = LedgerFile(folder / "decisions.sqlite3", _SCHEMA, _UNUSABLE)
        self._workbook = workbook_key(workbook)

    def acts(self) -> dict[tuple[str, Act], RecordedAct]:
        """The last attempt at each act on each dossier, by number and act, in order of record. Raises LedgerError."""
        if not self._file.exists():
            return {}
        with self._file.connected() as connection:
            rows = connection.execute(_SELECT, (self._workbook,)).fetchall()
        recorded = (_recorded(row) for row in rows)
        return {(one.numero, one.act): one for one in recorded}

    def record_intent(self, numero: str, act: Act, moment: datetime) -> None:
        """Commit the intent to do an act. Raises LedgerError when it was done last, or may have been done."""
        with self._file.transaction() as connection:
            rows = connection.execute(_SELECT_DOSSIER, (self._workbook, numero)).fetchall()
            if not may_be_asked(act, map(_recorded, rows)):
                raise LedgerError(
                    typographic(
                        f"La décision du dossier {numero} est déjà rendue, ou l’est peut-être : rien n’est fait."
                    )
                )
            self._write(connection, RecordedAct(numero, act, ActStage.INTENDED, moment))

    def record_end(self, recorded: RecordedAct) -> None:
        """Commit the end of an act. Raises LedgerError."""
        with self._file.transaction() as connection:
            self._write(connection, recorded)

    def _write(self, connection: sqlite3.Connection, recorded: RecordedAct) -> None:
        moment = recorded.moment.isoformat()
        values = (recorded.numero, recorded.act, recorded.stage, moment, recorded.detail)
        connection.execute(_INSERT, (self._workbook, *values))


_SELECT = "SELECT numero, act, stage, moment, detail FROM act WHERE workbook = ? ORDER BY rowid"
_SELECT_DOSSIER = "SELECT numero, act, stage, moment, detail FROM act WHERE workbook = ? AND numero = ? ORDER BY rowid"
_INSERT = "INSERT OR REPLACE INTO act VALUES (?, ?, ?, ?, ?, ?)"


def _recorded(row: tuple[str, ...]) -> RecordedAct:
    numero, act, stage, moment, detail = row
    return RecordedAct(numero, Act(act), ActStage(stage), datetime.fromisoformat(moment), detail)
