"""An SQLite database of the state folder: on the disk once committed, read by its owner alone, really erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import unusable

SECURE_DELETE: Final = "PRAGMA secure_delete = ON"
"""Has a connection overwrite with zeros what it deletes or replaces, in the same transaction: a kill leaves none."""


def rewrite(connection: sqlite3.Connection) -> None:
    """Write the database again without its free pages, in which earlier versions left what they deleted."""
    connection.execute("VACUUM")


class LedgerError(ExpectedError):
    """The ledger cannot be used, or forbids something. The message is in French and says what to do."""


class LedgerFile:
    """The database of a ledger. `unusable`: what to say when it cannot be used, with `{path}` and `{cause}`."""

    def __init__(self, path: Path, schema: str, unusable: str) -> None:
        self._path, self._schema, self._unusable = path, schema, unusable

    def exists(self) -> bool:
        """Whether anything was ever recorded. Raises LedgerError."""
        try:
            return regular_files.is_taken(self._path)
        except OSError as error:
            raise self._error(error) from None

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """A connection, without a transaction of its own. Raises LedgerError."""
        try:
            permissions.make_folder(self._path.parent)
            permissions.make_file(self._path)
            regular_files.check(self._path)
            with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(SECURE_DELETE)
                connection.executescript(self._schema)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise self._error(error) from None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection with an exclusive transaction, which is on the disk when it ends. Raises LedgerError."""
        with self.connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:  # on a full disk SQLite rolled it back already
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _error(self, error: Exception) -> LedgerError:
        return LedgerError(unusable(self._unusable, self._path, error))
