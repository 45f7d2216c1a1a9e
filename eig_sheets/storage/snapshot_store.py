"""Copies of a whole workbook at each run, in the state folder: the cells of every tab, with the people that they name.

Apart from the history, which names nobody, so that they can be erased alone. An SQLite database of compressed JSON: a
tab that did not change from one run to the next is there once.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from eig_sheets.storage import database
from eig_sheets.storage.database import LedgerFile
from eig_sheets.storage.state import StateError, workbook_key
from eig_sheets.text.french import typographic

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS tabs (
    workbook TEXT NOT NULL,
    run INTEGER NOT NULL,
    at TEXT NOT NULL,    -- ISO 8601, campaign time zone
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (workbook, run, place)
);
CREATE TABLE IF NOT EXISTS contents (
    workbook TEXT NOT NULL,
    digest TEXT NOT NULL,  -- SHA-256 of the JSON
    content BLOB NOT NULL, -- zlib-compressed JSON
    PRIMARY KEY (workbook, digest)
);
"""
_UNUSABLE: Final = (
    "Les copies du classeur {path} sont inutilisables ({cause}) : « restore » n’y reprend rien, et rien n’y est "
    "ajouté. Le classeur, lui, n’est pas en cause. Libérez de la place ou rétablissez ce fichier d’une sauvegarde ; à "
    "défaut, déplacez-le ailleurs, puis relancez."
)


class StoredTab(NamedTuple):
    """A tab to keep: its name, and its JSON."""

    name: str
    content: bytes


class SnapshotStore:
    """The copies of one workbook, in `folder`. Each method raises LedgerError."""

    def __init__(self, folder: Path, location: str) -> None:
        self._path = folder / "copies.sqlite3"
        self._file = LedgerFile(self._path, _SCHEMA, _UNUSABLE)
        self._workbook = workbook_key(location)

    def runs(self) -> dict[int, datetime]:
        """The runs that have a copy, oldest first, and when they were."""
        if not self._file.exists():
            return {}
        with self._file.connected() as connection:
            rows = connection.execute(
                "SELECT DISTINCT run, at FROM tabs WHERE workbook = ? ORDER BY run", (self._workbook,)
            )
            return {run: datetime.fromisoformat(at) for run, at in rows}

    def names(self, run: int) -> list[str]:
        """The tabs of a run, in their order."""
        if not self._file.exists():
            return []
        with self._file.connected() as connection:
            rows = connection.execute(
                "SELECT name FROM tabs WHERE workbook = ? AND run = ? ORDER BY place", (self._workbook, run)
            )
            return [name for (name,) in rows]

    def content(self, run: int, name: str) -> bytes:
        """The JSON of a tab. Raises KeyError without it, StateError when it is not as it was written."""
        with self._file.connected() as connection:
            row = connection.execute(
                "SELECT tabs.digest, content FROM tabs LEFT JOIN contents USING (workbook, digest) "
                "WHERE workbook = ? AND run = ? AND name = ?",
                (self._workbook, run, name),
            ).fetchone()
        if row is None:
            raise KeyError(name)
        return self._genuine(*row)

    def add(self, run: int, at: datetime, tabs: Sequence[StoredTab]) -> None:
        """Keep the copy of a run, all of it or nothing."""
        digests = [hashlib.sha256(tab.content).hexdigest() for tab in tabs]
        with self._file.transaction() as connection:
            known = {
                digest
                for (digest,) in connection.execute("SELECT digest FROM contents WHERE workbook = ?", (self._workbook,))
            }
            new = {digest: tab.content for digest, tab in zip(digests, tabs, strict=True) if digest not in known}
            connection.executemany(
                "INSERT INTO contents VALUES (?, ?, ?)",
                [(self._workbook, digest, zlib.compress(content, level=1)) for digest, content in new.items()],
            )
            rows = [
                (self._workbook, run, at.isoformat(), place, tab.name, digest)
                for place, (digest, tab) in enumerate(zip(digests, tabs, strict=True))
            ]
            connection.executemany("INSERT INTO tabs VALUES (?, ?, ?, ?, ?, ?)", rows)

    def erase(self, runs: Collection[int]) -> None:
        """Erase the copies of these runs, from the disk too."""
        if not self._file.exists():
            return
        with self._file.transaction() as connection:
            own = [(self._workbook, run) for run in runs]
            connection.executemany("DELETE FROM tabs WHERE workbook = ? AND run = ?", own)
            connection.execute(
                "DELETE FROM contents WHERE workbook = ?1 "
                "AND digest NOT IN (SELECT digest FROM tabs WHERE workbook = ?1)",
                (self._workbook,),
            )
        with self._file.connected() as connection:
            database.rewrite(connection)

    def _genuine(self, digest: str, content: bytes | None) -> bytes:
        try:
            data = zlib.decompress(content or b"")
        except zlib.error:
            data = b""
        if hashlib.sha256(data).hexdigest() != digest:
            raise StateError(
                typographic(
                    f"Une copie du classeur dans {self._path} n’est plus telle qu’elle a été écrite : rien n’en est "
                    "repris. Rétablissez ce fichier d’une sauvegarde, ou choisissez une autre exécution."
                )
            )
        return data
