"""The state folder: what is stored of the last run of each workbook (SQLite), and a lock for runs."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from eig_sheets.storage import database, permissions, regular_files
from eig_sheets.storage.last_run import LastRun, as_json, from_json
from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import is_disk_full, typographic, unusable, unwritten, why

_SCHEMA = """
CREATE TABLE IF NOT EXISTS memory (
    workbook TEXT PRIMARY KEY,
    content BLOB NOT NULL -- zlib-compressed JSON of the LastRun
);
CREATE TABLE IF NOT EXISTS kept (
    workbook TEXT PRIMARY KEY,
    cells TEXT NOT NULL -- JSON: those of the robot's that a Google Sheet keeps otherwise than they were written
);
CREATE TABLE IF NOT EXISTS misplaced (
    workbook TEXT PRIMARY KEY,
    rows TEXT NOT NULL -- JSON: rows added to a Google Sheet that lie under other headers
);
CREATE TABLE IF NOT EXISTS size (
    workbook TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL -- of the last whole reading of a Google Sheet, as they crossed the network
);
"""
_UNUSABLE = (
    "Le fichier d’état {path} est inutilisable ({cause}). Déplacez-le ailleurs puis relancez : le robot repartira sans "
    "mémoire de la dernière exécution."
)
_OUR_FOLDER = ".eig-sheets"
_OUR_FILES = (
    "*.sqlite3*", "verrou-*.lock", "demarche-*.json", "imports-*.json", "grilles-*.json", "eliminations-*.json",
    "classement-*.json", "pseudonymes-*.json", "versions*", "logs",
)  # fmt: skip


class StateError(ExpectedError):
    """The state folder cannot be used. The message is in French and says what to do."""


class BusyStateError(StateError):
    """Another run works on the same workbook: it will end."""


def workbook_key(location: str) -> str:
    """The location of a workbook as text that can be stored: the name of a file may be of any bytes."""
    return location.encode(errors="backslashreplace").decode()


class State:
    """The state of one workbook, in `folder`. `location` is the workbook's URL, key or absolute path."""

    def __init__(self, folder: Path, location: str) -> None:
        self.folder = folder
        self._versions = "versions"
        self._workbook = workbook_key(location)
        self._name = hashlib.sha256(self._workbook.encode()).hexdigest()[:16]

    def restrict_permissions(self) -> bool:
        """Restrict to their owner the files that an earlier version left readable by others; whether there were any.

        A folder of another name than ours, which somebody chose, keeps its mode.
        """
        ours = [path for pattern in _OUR_FILES for path in self.folder.glob(pattern)]
        return permissions.restrict_to_owner(*([self.folder] if self.folder.name == _OUR_FOLDER else ours))

    @property
    def file_ending(self) -> str:
        """The ending of the files of this workbook's state, of those that each workbook has for itself."""
        return f"-{self._name}.json"

    @property
    def versions(self) -> Path:
        """The folder of the previous versions of a local workbook."""
        return self.folder / self._versions

    def load_last_run(self) -> LastRun:
        """The last successful run; an empty LastRun when there was none. Raises StateError."""
        if not self._exists():
            return LastRun()
        with self._connected() as connection:
            row = connection.execute("SELECT content FROM memory WHERE workbook = ?", (self._workbook,)).fetchone()
        try:
            return from_json(json.loads(zlib.decompress(row[0]))) if row else LastRun()
        except (zlib.error, ValueError, TypeError, LookupError, AttributeError) as error:
            raise self._database_error(error) from None

    def save_last_run(self, last_run: LastRun) -> None:
        """Store this run, which wrote all that it intended. Raises StateError."""
        self._store(replace(last_run, intended=()))

    def save_intended(self, after: LastRun) -> None:
        """Store what a write is about to leave, once it is done the run `after`. Raises StateError.

        Nobody typed it, if the write is killed before the run is stored.
        """
        self._store(self.load_last_run().about_to_leave(after))

    def _store(self, last_run: LastRun) -> None:
        content = zlib.compress(json.dumps(as_json(last_run), default=str).encode(), level=1)
        with self._connected() as connection, connection:
            connection.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (self._workbook, content))

    def remembers(self) -> bool:
        """Whether anything of this workbook is stored. Raises StateError."""
        if not self._exists():
            return False
        with self._connected() as connection:
            return (
                connection.execute("SELECT 1 FROM memory WHERE workbook = ?", (self._workbook,)).fetchone() is not None
            )

    def forget(self) -> None:
        """Erase all that is stored of this workbook, from the disk too. Raises StateError."""
        if not self._exists():
            return
        with self._connected() as connection:
            with connection:
                for table in ("memory", "kept", "misplaced", "size"):
                    connection.execute(f"DELETE FROM {table} WHERE workbook = ?", (self._workbook,))  # noqa: S608
            database.rewrite(connection)

    def last_response_size(self) -> int | None:
        """Bytes of the last full response of the workbook; None when unknown. Raises StateError."""
        if not self._exists():
            return None
        with self._connected() as connection:
            row = connection.execute("SELECT bytes FROM size WHERE workbook = ?", (self._workbook,)).fetchone()
        return row[0] if row else None

    def save_response_size(self, size: int) -> None:
        """Store the size of the last full response of the workbook. Raises StateError."""
        with self._connected() as connection, connection:
            connection.execute("INSERT OR REPLACE INTO size VALUES (?, ?)", (self._workbook, size))

    def kept_cells(self) -> dict[str, list[list[Any]]]:
        """The cells that the spreadsheet keeps otherwise than they were written. Raises StateError."""
        cells: dict[str, list[list[Any]]] = self._json("SELECT cells FROM kept WHERE workbook = ?") or {}
        return cells

    def save_kept_cells(self, kept: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Store the cells that the spreadsheet keeps otherwise. Raises StateError."""
        self._save_json("INSERT OR REPLACE INTO kept VALUES (?, ?)", kept)

    def misplaced_rows(self) -> list[dict[str, Any]]:
        """The rows that were added and lie under other headers. Raises StateError."""
        rows: list[dict[str, Any]] = self._json("SELECT rows FROM misplaced WHERE workbook = ?") or []
        return rows

    def save_misplaced_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store the rows that lie under other headers. Raises StateError."""
        self._save_json("INSERT OR REPLACE INTO misplaced VALUES (?, ?)", rows)

    def _json(self, query: str) -> Any:
        if not self._exists():
            return None
        with self._connected() as connection:
            row = connection.execute(query, (self._workbook,)).fetchone()
        try:
            return json.loads(row[0]) if row else None
        except ValueError as error:
            raise self._database_error(error) from None

    def _save_json(self, statement: str, content: Any) -> None:
        with self._connected() as connection, connection:
            connection.execute(statement, (self._workbook, json.dumps(content)))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the workbook's state. Raises StateError when another run has it (guarantee G10)."""
        self._make_folder()
        # A lock that consists in the existence of a file would outlive a crash.
        lock = FileLock(
            self.folder / f"verrou-{self._name}.lock",
            timeout=0,
            mode=permissions.PRIVATE_FILE,
            fallback_to_soft=False,
            preserve_lock_file=True,
        )
        try:
            lock.acquire()
        except Timeout:
            raise BusyStateError(
                typographic(
                    "Une autre exécution d’eig-sheets travaille sur ce classeur : attendez sa fin, puis relancez."
                )
            ) from None
        except OSError as error:
            raise self._folder_error(error) from None
        try:
            yield
        finally:
            lock.release()

    def with_versions_in(self, name: str) -> State:
        """The same state, whose previous versions of the workbook are kept apart, and push no others out."""
        state = copy(self)
        state._versions = name  # noqa: SLF001 (of the same class)
        return state

    def discard_versions_in(self, name: str) -> None:
        """Delete the previous versions that were kept apart. Raises StateError."""
        folder = self.folder / name
        try:
            for version in folder.glob("*"):
                version.unlink()
            if folder.is_dir():
                folder.rmdir()
        except OSError as error:
            raise self._folder_error(error, "écrit") from None

    @property
    def _database(self) -> Path:
        return self.folder / "etat.sqlite3"

    def _exists(self) -> bool:
        try:
            return regular_files.is_taken(self._database)
        except OSError as error:
            raise self._folder_error(error, "lu") from None

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        self._make_folder()
        try:
            permissions.make_file(self._database)
            self._refuse_irregular()
            with closing(sqlite3.connect(self._database, timeout=10)) as connection:
                connection.execute(database.SECURE_DELETE)
                connection.executescript(_SCHEMA)
                yield connection
        except OSError as error:
            raise self._folder_error(error, "écrit") from None
        except sqlite3.Error as error:
            raise self._database_error(error) from None

    def _refuse_irregular(self) -> None:
        try:
            regular_files.check(self._database)
        except OSError as error:
            raise self._database_error(error) from None

    def _database_error(self, error: Exception) -> StateError:
        return StateError(unusable(_UNUSABLE, self._database, error))

    def _make_folder(self) -> None:
        try:
            permissions.make_folder(self.folder)
        except OSError as error:
            raise self._folder_error(error, "créé") from None

    def _folder_error(self, error: OSError, what: str = "verrouillé") -> StateError:
        if is_disk_full(error):
            return StateError(unwritten(self.folder))
        return StateError(
            typographic(
                f"Le dossier d’état {self.folder} ne peut pas être {what} ({why(error)}). "
                "Choisissez-en un autre dans [state] dir ou EIG_SHEETS_STATE."
            )
        )
