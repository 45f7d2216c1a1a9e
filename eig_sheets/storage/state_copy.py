"""A copy of all that the state folder keeps of one workbook, under another key: rows of its databases, and files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from eig_sheets.storage import permissions, regular_files, sqlite_erasure
from eig_sheets.storage.state import State, StateError, workbook_key
from eig_sheets.storage.stored_keys import databases, tables_by_workbook
from eig_sheets.text.french import typographic, why


def copy(folder: Path, key: str, new_key: str) -> None:
    """Copy what is kept under a key to a new one, whatever an interrupted copy left there. Raises StateError."""
    try:
        for path in databases(folder):
            _copy_rows(path, key, new_key)
        ending, new_ending = State(folder, key).file_ending, State(folder, new_key).file_ending
        for path in folder.glob(f"*{ending}"):
            copied = path.with_name(f"{path.name.removesuffix(ending)}{new_ending}")
            permissions.write(copied, regular_files.read_bytes(path))
    except (OSError, sqlite3.Error) as error:
        cause = why(error) if isinstance(error, OSError) else type(error).__name__
        raise StateError(
            typographic(f"Le dossier d’état {folder} ne peut pas être écrit ({cause}). Rétablissez-le, puis relancez.")
        ) from None


def _copy_rows(path: Path, key: str, new_key: str) -> None:
    regular_files.check(path)
    permissions.make_file(path)
    with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(sqlite_erasure.SECURE_DELETE)
        for table in tables_by_workbook(connection):
            names = [
                f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] != "workbook"
            ]
            columns = ", ".join(names)
            for suffix in _SUFFIXES:
                copied = (workbook_key(new_key) + suffix, workbook_key(key) + suffix)
                connection.execute(_COPY.format(table=table, columns=columns), copied)


_SUFFIXES: Final = ("", "#candidats")
"""What follows the key: notes on candidates have records of their own (storage/jury_pages.py)."""
_COPY: Final = (
    'INSERT OR REPLACE INTO "{table}" (workbook, {columns}) SELECT ?, {columns} FROM "{table}" WHERE workbook = ?'
)
