"""The pages of jurors that were read, in the state folder: it is their work, kept as it came (SQLite).

Bytes are there once, by their SHA-256, with what was read of them. What the workbook last said is there too, so that a
line that somebody changes comes back.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from eig_sheets.call.jury.read_pages import (
    NOTHING_KEPT,
    Kept,
    NewPage,
    ReadPage,
    as_json,
    from_json,
    record_as_json,
    record_from_json,
)
from eig_sheets.campaign.reviews.versions import Record
from eig_sheets.storage import database, permissions, regular_files
from eig_sheets.storage.state import StateError, workbook_key
from eig_sheets.text.french import unusable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS contents (
    digest TEXT PRIMARY KEY, -- SHA-256
    bytes BLOB NOT NULL -- zlib-compressed
);
CREATE TABLE IF NOT EXISTS pages (
    workbook TEXT NOT NULL,
    digest TEXT NOT NULL,
    program TEXT NOT NULL, -- the version that read it
    page TEXT NOT NULL, -- JSON of the ReadPage
    PRIMARY KEY (workbook, digest)
);
CREATE TABLE IF NOT EXISTS places ( -- the pages that were there at the last reading of each folder or file
    workbook TEXT NOT NULL,
    path TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (workbook, path)
);
CREATE TABLE IF NOT EXISTS records (
    workbook TEXT PRIMARY KEY, -- followed by #candidats for the notes on candidates
    content BLOB NOT NULL -- zlib-compressed JSON of the Records
);
"""
_UNUSABLE: Final = (
    "Le fichier des pages de jurés {path} est inutilisable ({cause}). Déplacez-le ailleurs, sans le supprimer, puis "
    "relancez « eig-sheets jury collect » : les notes déjà reçues restent dans le classeur."
)


def _stored(connection: sqlite3.Connection, key: str) -> tuple[Record, ...]:
    row = connection.execute("SELECT content FROM records WHERE workbook = ?", (key,)).fetchone()
    return tuple(record_from_json(stored) for stored in json.loads(zlib.decompress(row[0]))) if row else ()


class PageStore:
    """The pages of one workbook, in `folder`. `location` is the workbook's URL, key or absolute path."""

    def __init__(self, folder: Path, location: str) -> None:
        self._database = folder / "grilles.sqlite3"
        self._workbook = workbook_key(location)
        self._candidates = f"{self._workbook}#candidats"

    def kept(self) -> Kept:
        """All that is kept. Raises StateError."""
        if not self._exists():
            return NOTHING_KEPT
        with self._connected() as connection:
            own = (self._workbook,)
            rows = connection.execute("SELECT digest, page FROM pages WHERE workbook = ? ORDER BY digest", own)
            pages = {digest: from_json(json.loads(page)) for digest, page in rows}
            places = connection.execute("SELECT path, digest FROM places WHERE workbook = ? ORDER BY path", own)
            present = [pages[digest].again_at(Path(path).name) for path, digest in places if digest in pages]
            records, candidates = (_stored(connection, key) for key in (self._workbook, self._candidates))
        return Kept((*pages.values(),), (*present,), records, candidates)

    def read_by(self, program: str) -> dict[str, ReadPage]:
        """The pages that this version of the program read, by the digest of their bytes. Raises StateError."""
        if not self._exists():
            return {}
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT digest, page FROM pages WHERE workbook = ? AND program = ?", (self._workbook, program)
            )
            return {digest: from_json(json.loads(page)) for digest, page in rows}

    def add(self, new: Sequence[NewPage], program: str, folders: Collection[str]) -> None:
        """Keep pages, all or none. What was in these folders and is not any more is not present. Raises StateError."""
        with self._connected() as connection, connection:
            known = {digest for (digest,) in connection.execute("SELECT digest FROM contents")}
            contents = {
                file.page.digest: file.content for file in new if file.content and file.page.digest not in known
            }
            connection.executemany(
                "INSERT INTO contents VALUES (?, ?)",
                [(digest, zlib.compress(content)) for digest, content in contents.items()],
            )
            rows = [(self._workbook, file.page.digest, program, json.dumps(as_json(file.page))) for file in new]
            connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", rows)
            before = connection.execute("SELECT path FROM places WHERE workbook = ?", (self._workbook,)).fetchall()
            gone = [(self._workbook, path) for (path,) in before if str(Path(path).parent) in folders]
            connection.executemany("DELETE FROM places WHERE workbook = ? AND path = ?", gone)
            there = [(self._workbook, workbook_key(file.path), file.page.digest) for file in new]
            connection.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", there)

    def erase(self, digests: Collection[str]) -> None:
        """Erase these pages, and what the workbook last said of them, from the disk too. Raises StateError.

        Bytes that another workbook's pages have in common stay.
        """
        if not self._exists():
            return
        with self._connected() as connection:
            pages = (page for page in self.kept().pages if page.digest in digests)
            said = {(self._candidates if page.of_candidates else self._workbook,) for page in pages}
            with connection:
                own = [(self._workbook, digest) for digest in digests]
                for table in ("pages", "places"):
                    connection.executemany(f"DELETE FROM {table} WHERE workbook = ? AND digest = ?", own)  # noqa: S608
                connection.executemany("DELETE FROM records WHERE workbook = ?", said)
                connection.execute("DELETE FROM contents WHERE digest NOT IN (SELECT digest FROM pages)")
            database.rewrite(connection)

    def content(self, digest: str) -> bytes | None:
        """The bytes of a page. Raises StateError."""
        with self._connected() as connection:
            row = connection.execute("SELECT bytes FROM contents WHERE digest = ?", (digest,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def save_records(self, records: Sequence[Record], candidates: Sequence[Record] = ()) -> None:
        """Keep what the workbook says now; nothing is made where it says nothing. Raises StateError."""
        if not (records or candidates or self._exists()):
            return
        said = ((self._workbook, records), (self._candidates, candidates))
        rows = [(key, json.dumps([record_as_json(record) for record in records]).encode()) for key, records in said]
        with self._connected() as connection, connection:
            compressed = [(key, zlib.compress(content, level=1)) for key, content in rows]
            connection.executemany("INSERT OR REPLACE INTO records VALUES (?, ?)", compressed)

    def _exists(self) -> bool:
        try:
            return regular_files.is_taken(self._database)
        except OSError as error:
            raise self._error(error) from None

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            permissions.make_folder(self._database.parent)
            permissions.make_file(self._database)
            regular_files.check(self._database)
            with closing(sqlite3.connect(self._database, timeout=10)) as connection:
                connection.execute(database.SECURE_DELETE)
                connection.executescript(_SCHEMA)
                yield connection
        except (OSError, sqlite3.Error, zlib.error, ValueError, TypeError, KeyError) as error:
            raise self._error(error) from None

    def _error(self, error: Exception) -> StateError:
        return StateError(unusable(_UNUSABLE, self._database, error))
