"""The history of a workbook's runs, in the state folder, without a name: what each was computed from, and its results.

An SQLite database of compressed JSON under its SHA-256 (guarantee G12): runs that have the same content share it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from eig_sheets.storage import database
from eig_sheets.storage.database import LedgerFile
from eig_sheets.storage.state import StateError, workbook_key
from eig_sheets.text.french import typographic

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS runs (
    workbook TEXT NOT NULL,
    run INTEGER NOT NULL,
    at TEXT NOT NULL,         -- ISO 8601, campaign time zone
    command TEXT NOT NULL,
    program TEXT NOT NULL,    -- the version that computed it
    changes INTEGER NOT NULL, -- cells
    journal TEXT NOT NULL,    -- a digest of the newest line of the Journal
    digest TEXT NOT NULL,
    PRIMARY KEY (workbook, run)
);
CREATE TABLE IF NOT EXISTS contents (
    workbook TEXT NOT NULL,
    digest TEXT NOT NULL, -- SHA-256 of the JSON
    content BLOB NOT NULL, -- zlib-compressed JSON
    PRIMARY KEY (workbook, digest)
);
CREATE TABLE IF NOT EXISTS last_number (
    workbook TEXT PRIMARY KEY,
    run INTEGER NOT NULL -- no number is given twice, be the run erased
);
CREATE TABLE IF NOT EXISTS erased ( -- by us, when their period had ended
    workbook TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (workbook, run)
);
"""
_UNUSABLE: Final = (
    "L’historique {path} est inutilisable ({cause}) : ce qui y est n’est ni relu ni complété. Le classeur, lui, n’est "
    "pas en cause. Libérez de la place ou rétablissez ce fichier d’une sauvegarde ; à défaut, déplacez-le ailleurs : "
    "la synchronisation suivante commencera un nouvel historique."
)


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run that is kept: its number, when, the command, the version of the program, how many cells it changed."""

    run: int
    at: datetime
    command: str
    program: str
    changes: int


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run to keep. `journal`: a digest of the newest line of the Journal; `content`: JSON, without a name."""

    at: datetime
    command: str
    program: str
    changes: int
    journal: str
    content: bytes


class HistoryStore:
    """The runs of one workbook, in `folder`. Each method raises LedgerError."""

    def __init__(self, folder: Path, location: str) -> None:
        self._path = folder / "historique.sqlite3"
        self._file = LedgerFile(self._path, _SCHEMA, _UNUSABLE)
        self._workbook = workbook_key(location)

    def runs(self) -> list[RecordedRun]:
        """Every run, oldest first."""
        if not self._file.exists():
            return []
        with self._file.connected() as connection:
            rows = connection.execute(
                "SELECT run, at, command, program, changes FROM runs WHERE workbook = ? ORDER BY run", (self._workbook,)
            )
            return [RecordedRun(run, datetime.fromisoformat(at), *others) for run, at, *others in rows]

    def missing_runs(self) -> list[int]:
        """The numbers that were given to runs which are there no more, and that `erase` did not erase."""
        if not self._file.exists():
            return []
        with self._file.connected() as connection:
            last = connection.execute("SELECT run FROM last_number WHERE workbook = ?", (self._workbook,)).fetchone()
            known = connection.execute(
                "SELECT run FROM runs WHERE workbook = ?1 UNION SELECT run FROM erased WHERE workbook = ?1",
                (self._workbook,),
            )
            return sorted({*range(1, last[0] + 1 if last else 1)} - {run for (run,) in known})

    def content(self, run: int) -> bytes:
        """The JSON of a run. Raises KeyError without it, StateError when it is not as it was written."""
        with self._file.connected() as connection:
            row = connection.execute(
                "SELECT runs.digest, content FROM runs LEFT JOIN contents USING (workbook, digest) "
                "WHERE workbook = ? AND run = ?",
                (self._workbook, run),
            ).fetchone()
        if row is None:
            raise KeyError(run)
        return self._genuine(run, *row)

    def newest(self) -> tuple[RecordedRun, bytes, str] | None:
        """The last run, its JSON, and the digest of the Journal that it left; None without any. Raises StateError."""
        runs = self.runs()
        if not runs:
            return None
        with self._file.connected() as connection:
            (journal,) = connection.execute(
                "SELECT journal FROM runs WHERE workbook = ? AND run = ?", (self._workbook, runs[-1].run)
            ).fetchone()
        return runs[-1], self.content(runs[-1].run), journal

    def set_journal(self, run: int, journal: str) -> None:
        """Record that a run is the last that changed anything, though the Journal has another line since."""
        with self._file.transaction() as connection:
            values = (journal, self._workbook, run)
            connection.execute("UPDATE runs SET journal = ? WHERE workbook = ? AND run = ?", values)

    def add(self, new: NewRun, above: int = 0) -> int:
        """Keep a run; its number, which is above that one."""
        digest = hashlib.sha256(new.content).hexdigest()
        with self._file.transaction() as connection:
            known = "SELECT 1 FROM contents WHERE workbook = ? AND digest = ?"
            if connection.execute(known, (self._workbook, digest)).fetchone() is None:
                content = zlib.compress(new.content, level=1)
                connection.execute("INSERT INTO contents VALUES (?, ?, ?)", (self._workbook, digest, content))
            connection.execute(
                "INSERT INTO last_number VALUES (?1, ?2 + 1) "
                "ON CONFLICT (workbook) DO UPDATE SET run = max(run, ?2) + 1",
                (self._workbook, above),
            )
            (run,) = connection.execute("SELECT run FROM last_number WHERE workbook = ?", (self._workbook,)).fetchone()
            values = (new.at.isoformat(), new.command, new.program, new.changes, new.journal, digest)
            connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (self._workbook, run, *values))
            return int(run)

    def erase(self, runs: Collection[int]) -> None:
        """Erase these runs, from the disk too."""
        if not self._file.exists():
            return
        with self._file.transaction() as connection:
            own = [(self._workbook, run) for run in runs]
            connection.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?)", own)
            connection.executemany("DELETE FROM runs WHERE workbook = ? AND run = ?", own)
            connection.execute(
                "DELETE FROM contents WHERE workbook = ?1 "
                "AND digest NOT IN (SELECT digest FROM runs WHERE workbook = ?1)",
                (self._workbook,),
            )
        with self._file.connected() as connection:
            database.rewrite(connection)

    def _genuine(self, run: int, digest: str, content: bytes | None) -> bytes:
        try:
            data = zlib.decompress(content or b"")
        except zlib.error:
            data = b""
        if hashlib.sha256(data).hexdigest() != digest:
            raise StateError(
                typographic(
                    f"L’exécution {run} de l’historique {self._path} n’est plus telle qu’elle a été écrite : elle ne "
                    "prouve plus rien. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs."
                )
            )
        return data
