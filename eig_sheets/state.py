"""The state folder: what the last run of each workbook knew, and the lock that keeps runs apart."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from eig_sheets import private
from eig_sheets.french import typographic, why
from eig_sheets.memory import Memory, TypedOver

_SCHEMA = """
CREATE TABLE IF NOT EXISTS memory (
    workbook TEXT PRIMARY KEY,
    content BLOB NOT NULL -- zlib-compressed JSON of the last run's Memory
);
CREATE TABLE IF NOT EXISTS size (
    workbook TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL -- of the last whole reading of a Google Sheet, as they crossed the network
);
"""
_OUR_FOLDER = ".eig-sheets"
_OURS = ("*.sqlite3*", "verrou-*.lock", "versions", "logs")


class StateError(Exception):
    """The state folder cannot be used. The message is in French and says what to do."""


class State:
    """What is kept of one workbook, in `folder`. `location` is the workbook's URL, key or absolute path."""

    def __init__(self, folder: Path, location: str) -> None:
        self.folder = folder
        self._workbook = location
        self._name = hashlib.sha256(location.encode()).hexdigest()[:16]

    def close_to_others(self) -> bool:
        """Take from other users of this machine what an earlier version left open to them; whether it had.

        A folder that somebody made to hold it, of another name than ours, keeps its mode.
        """
        ours = [path for pattern in _OURS for path in self.folder.glob(pattern)]
        return private.tighten(*([self.folder] if self.folder.name == _OUR_FOLDER else ours))

    @property
    def versions(self) -> Path:
        """Where the previous versions of a local workbook are kept."""
        return self.folder / "versions"

    def recall(self) -> Memory:
        """What the last successful run knew; an empty Memory when there was none. Raises StateError."""
        if not self._begun():
            return Memory()
        with self._connected() as connection:
            found = connection.execute("SELECT content FROM memory WHERE workbook = ?", (self._workbook,)).fetchone()
        try:
            return _memory(json.loads(zlib.decompress(found[0]))) if found else Memory()
        except (zlib.error, ValueError, TypeError) as error:
            raise self._unusable(error) from None

    def remember(self, memory: Memory) -> None:
        """Keep what this run knew. Raises StateError."""
        kept = {**_as_they_are(memory), "typed_over": [asdict(one) for one in memory.typed_over]}
        content = zlib.compress(json.dumps(kept, default=str).encode(), level=1)
        with self._connected() as connection, connection:
            connection.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (self._workbook, content))

    def last_response_size(self) -> int | None:
        """Bytes of the last whole reading of the workbook over the network; None when unknown. Raises StateError."""
        if not self._begun():
            return None
        with self._connected() as connection:
            found = connection.execute("SELECT bytes FROM size WHERE workbook = ?", (self._workbook,)).fetchone()
        return found[0] if found else None

    def save_response_size(self, size: int) -> None:
        """Remember how many bytes a whole reading of the workbook takes. Raises StateError."""
        with self._connected() as connection, connection:
            connection.execute("INSERT OR REPLACE INTO size VALUES (?, ?)", (self._workbook, size))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the workbook's lock. Raises StateError when another run has it (guarantee G10)."""
        self._prepare()
        # A lock file that is one by its mere existence would outlive a crash.
        lock = FileLock(
            self.folder / f"verrou-{self._name}.lock",
            timeout=0,
            mode=private.FILE,
            fallback_to_soft=False,
            preserve_lock_file=True,
        )
        try:
            lock.acquire()
        except Timeout:
            raise StateError(
                typographic(
                    "Une autre exécution d’eig-sheets travaille sur ce classeur : attendez sa fin, puis relancez."
                )
            ) from None
        except OSError as error:
            raise self._refused(error) from None
        try:
            yield
        finally:
            lock.release()

    @property
    def _database(self) -> Path:
        return self.folder / "etat.sqlite3"

    def _begun(self) -> bool:
        try:
            return self._database.exists()
        except OSError as error:
            raise self._refused(error, "lu") from None

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        self._prepare()
        try:
            private.make_file(self._database)
            with closing(sqlite3.connect(self._database, timeout=10)) as connection:
                connection.executescript(_SCHEMA)
                yield connection
        except OSError as error:
            raise self._refused(error, "écrit") from None
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def _unusable(self, error: Exception) -> StateError:
        return StateError(
            typographic(
                f"Le fichier d’état {self._database} est inutilisable ({type(error).__name__}). Déplacez-le ailleurs "
                "puis relancez : le robot repartira sans mémoire de la dernière exécution."
            )
        )

    def _prepare(self) -> None:
        try:
            private.make_folder(self.folder)
        except OSError as error:
            raise self._refused(error, "créé") from None

    def _refused(self, error: OSError, what: str = "verrouillé") -> StateError:
        return StateError(
            typographic(
                f"Le dossier d’état {self.folder} ne peut pas être {what} ({why(error)}). "
                "Choisissez-en un autre dans [state] dir ou EIG_SHEETS_STATE."
            )
        )


def _as_they_are(memory: Memory) -> dict[str, Any]:
    """The fields of a Memory as they are: `asdict` would copy each of its cells."""
    return {one.name: getattr(memory, one.name) for one in fields(memory)}


def _memory(stored: dict[str, Any]) -> Memory:
    """What another version did not keep is unknown."""
    return Memory(
        counts=stored.get("counts", {}),
        outputs={tab: [tuple(row) for row in rows] for tab, rows in stored.get("outputs", {}).items()},
        columns=stored.get("columns", {}),
        typed_over=tuple(
            TypedOver(one["tab"], one["cell"], one["value"], date.fromisoformat(one["seen"]))
            for one in stored.get("typed_over", ())
        ),
        banner=tuple(stored.get("banner", ())),
        texts={one: tuple(text) for one, text in stored.get("texts", {}).items()},
    )
