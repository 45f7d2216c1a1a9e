"""The outage log (SQLite): the nights whose synchronisation did not succeed, and whether the operator was told.

A night is recorded when its run begins, and taken off when it succeeds: a run that was killed counts as failed. Runs
that begin within NIGHT of its first one are of the same night: somebody who tries again by day makes no second one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from eig_sheets.storage.database import LedgerFile
from eig_sheets.storage.state import workbook_key

NIGHT: Final = timedelta(hours=18)
"""Shorter than the time between two runs of a timer, whose clock may change by an hour."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS failed_night (
    workbook TEXT NOT NULL,
    began TEXT NOT NULL,      -- its first run: ISO 8601, campaign time zone
    PRIMARY KEY (workbook, began)
);
CREATE TABLE IF NOT EXISTS told (
    workbook TEXT PRIMARY KEY -- there from the message of an outage to that of its end
);
"""
_UNUSABLE = (
    "Le registre des nuits {path} est inutilisable ({cause}) : une panne qui dure ne serait pas signalée par e-mail. "
    "Déplacez ce fichier ailleurs, puis relancez."
)


class OutageLog:
    """The outage log of one workbook, in the state folder. Each method raises LedgerError."""

    def __init__(self, folder: Path, workbook: str) -> None:
        self._file = LedgerFile(folder / "nuits.sqlite3", _SCHEMA, _UNUSABLE)
        self._workbook = workbook_key(workbook)

    def nights(self) -> tuple[datetime, ...]:
        """When the first run began of each night since the last success, in order."""
        if not self._file.exists():
            return ()
        with self._file.connected() as connection:
            rows = connection.execute(
                "SELECT began FROM failed_night WHERE workbook = ? ORDER BY began", (self._workbook,)
            )
            return tuple(datetime.fromisoformat(began) for (began,) in rows)

    def begin(self, now: datetime) -> bool:
        """Record the night of a run that begins as not successful yet; whether it is the first run of it.

        Nights that would be to come were recorded by a clock that was ahead: they are forgotten.
        """
        values = (self._workbook, now.isoformat())
        recent = (self._workbook, (now - NIGHT).isoformat())
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM failed_night WHERE workbook = ? AND began > ?", values)
            if connection.execute("SELECT 1 FROM failed_night WHERE workbook = ? AND began > ?", recent).fetchone():
                return False
            return connection.execute("INSERT OR IGNORE INTO failed_night VALUES (?, ?)", values).rowcount == 1

    def take_off(self, began: datetime) -> None:
        """Take one night off: nobody knows whether it would have succeeded."""
        with self._file.transaction() as connection:
            values = (self._workbook, began.isoformat())
            connection.execute("DELETE FROM failed_night WHERE workbook = ? AND began = ?", values)

    def succeed(self) -> None:
        """Take every night off."""
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM failed_night WHERE workbook = ?", (self._workbook,))

    def set_told(self) -> bool:
        """Record that the operator is told; whether they were not yet, so that of two runs one alone tells."""
        with self._file.transaction() as connection:
            return connection.execute("INSERT OR IGNORE INTO told VALUES (?)", (self._workbook,)).rowcount == 1

    def clear_told(self) -> bool:
        """Record that the operator has to be told of the next outage; whether they were told of one."""
        with self._file.transaction() as connection:
            return connection.execute("DELETE FROM told WHERE workbook = ?", (self._workbook,)).rowcount == 1
