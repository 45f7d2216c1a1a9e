"""The registry of workbooks (SQLite): by the identity that each bears, where it is, and the key of its state.

The stores of the state folder keep what they know of a workbook under its key: the place where it was first met. A file
that moved keeps its key. Two places with one identity are an original and a copy: one of them alone goes on. A workbook
found where another was takes over what is known there, and the other keeps a copy of it, wherever it may be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Final

from eig_sheets.storage import database, permissions, regular_files
from eig_sheets.storage.database import LedgerFile
from eig_sheets.storage.state import State, StateError, workbook_key
from eig_sheets.text.french import typographic, why

_REGISTRY: Final = "classeurs.sqlite3"


def databases(folder: Path) -> list[Path]:
    """The databases of the state folder that keep something of workbooks, in order."""
    return sorted(path for path in folder.glob("*.sqlite3") if path.name != _REGISTRY)


def stored_keys(folder: Path) -> list[str]:
    """The key of each workbook of which a database of the folder has a row, in order. Raises StateError."""
    return sorted({key for path in databases(folder) for key in _keys_in(path)})


def _keys_in(path: Path) -> set[str]:
    try:
        regular_files.check(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            tables = tables_by_workbook(connection)
            return {str(key) for table in tables for (key,) in connection.execute(_KEYS.format(table))}
    except (OSError, sqlite3.Error) as error:
        cause = why(error) if isinstance(error, OSError) else type(error).__name__
        raise StateError(
            typographic(f"{path} ne peut pas être lu ({cause}). Rétablissez ce fichier d’une sauvegarde.")
        ) from None


def tables_by_workbook(connection: sqlite3.Connection) -> list[str]:
    """The tables of a database whose rows are each of a workbook."""
    return [str(name) for (name,) in connection.execute(_TABLES).fetchall()]


_TABLES: Final = (
    "SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table' AND columns.name = 'workbook'"
)
_KEYS: Final = 'SELECT DISTINCT workbook FROM "{}"'


_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS workbook (
    key TEXT PRIMARY KEY,       -- under which the stores keep what they know of it
    identity TEXT NOT NULL,
    place TEXT UNIQUE,          -- its address, or its path, links resolved; NULL: another one was found there since
    goes_on INTEGER NOT NULL    -- 0: another place of that identity does
);
"""
_UNUSABLE: Final = (
    "Le registre des classeurs {path} est inutilisable ({cause}). Rétablissez ce fichier d’une sauvegarde ; sinon "
    "déplacez-le ailleurs, puis relancez : un classeur qui a été déplacé ne retrouvera pas son état."
)

IsAt = Callable[[str, str], bool]
"""Whether the workbook at a place bears an identity, or may: one that cannot be read is not taken for gone."""
IsSame = Callable[[str, str], bool]
"""Whether two places are those of one file."""


@dataclass(frozen=True, slots=True)
class KnownWorkbook:
    """A workbook: its place ('': not known any more), its identity, the key of its state.

    `goes_on`: it is no copy of another that does.
    """

    place: str
    identity: str
    key: str
    goes_on: bool = True


class KnownWorkbooks:
    """The registry of a state folder. Each method raises LedgerError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = LedgerFile(folder / "classeurs.sqlite3", _SCHEMA, _UNUSABLE)

    def all(self) -> list[KnownWorkbook]:
        """Every workbook that was met, in the order of their places."""
        if not self._file.exists():
            return []
        with self._file.connected() as connection:
            return _rows(connection)

    def record(self, workbook: KnownWorkbook) -> None:
        """Record where a workbook is; the one that was in its place before stays known. Raises StateError."""
        known = self.all()
        if not workbook.identity or workbook in known:
            return
        former = next((each for each in known if each.key == workbook.key and each.identity != workbook.identity), None)
        moved = "" if former is None else _free_key(known, former.key, former.identity)
        if former is not None:
            copy_state(self._folder, former.key, moved)
        with self._file.transaction() as connection:
            connection.execute("UPDATE workbook SET place = NULL WHERE place = ?", (workbook_key(workbook.place),))
            if former is not None:
                _insert(connection, KnownWorkbook("", former.identity, moved, former.goes_on))
            _insert(connection, workbook)

    def choose(self, chosen: KnownWorkbook) -> None:
        """Let a copy go on with the state of the original, which becomes the copy."""
        with self._file.transaction() as connection:
            rows = [
                workbook for workbook in _rows(connection) if workbook.identity == chosen.identity and workbook.goes_on
            ]
            for former in rows[:1]:
                connection.execute("DELETE FROM workbook WHERE key IN (?, ?)", (chosen.key, former.key))
                _insert(connection, KnownWorkbook(chosen.place, chosen.identity, former.key))
                _insert(connection, KnownWorkbook(former.place, former.identity, chosen.key, goes_on=False))


def located(
    known: Sequence[KnownWorkbook], place: str, new_key: str, identity: str, *, is_at: IsAt, is_same: IsSame
) -> KnownWorkbook:
    """Which workbook is at a place: one that was met there, one that moved there, a copy of one, or a new one.

    `identity`: what it bears, '' when that is not known. `new_key`: the key of a new one, unless it is another's.
    """
    here = next((workbook for workbook in known if workbook.place == place), None)
    if here is not None and identity in ("", here.identity):
        return here
    same = original_of(known, identity)
    if same is not None and same.place and is_same(same.place, place):
        return same
    if same is not None and not (same.place and is_at(same.place, identity)):
        return KnownWorkbook(place, identity, same.key)
    # One that replaced another takes over what is known at that place: e-mails that left do not leave again.
    key = here.key if here is not None else _free_key(known, new_key, identity)
    return KnownWorkbook(place, identity, key, goes_on=same is None)


def original_of(known: Sequence[KnownWorkbook], identity: str) -> KnownWorkbook | None:
    """The workbook that goes on with an identity; None when none was met, or `identity` is ''."""
    return next(
        (workbook for workbook in known if identity and workbook.identity == identity and workbook.goes_on), None
    )


def _free_key(known: Sequence[KnownWorkbook], key: str, identity: str) -> str:
    """A key that no workbook has: one that moved away keeps that of the place where it was."""
    return f"{key} ({identity or 'sans identité'})" if any(workbook.key == key for workbook in known) else key


def _rows(connection: Connection) -> list[KnownWorkbook]:
    rows = connection.execute("SELECT place, identity, key, goes_on FROM workbook ORDER BY place, key").fetchall()
    return [KnownWorkbook(place or "", identity, key, bool(goes_on)) for place, identity, key, goes_on in rows]


def _insert(connection: Connection, workbook: KnownWorkbook) -> None:
    row = (workbook_key(workbook.place) or None, workbook.identity, workbook.key, int(workbook.goes_on))
    connection.execute("INSERT OR REPLACE INTO workbook (place, identity, key, goes_on) VALUES (?, ?, ?, ?)", row)


def copy_state(folder: Path, key: str, new_key: str) -> None:
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
        connection.execute(database.SECURE_DELETE)
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
