"""The store of records of a test, read and damaged as nobody but SQLite would."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from eig_sheets.storage.records import FILE


def stored(folder: Path, kind: str) -> str:
    """The JSON that the store has of a kind, of the one workbook that has any."""
    with closing(sqlite3.connect(folder / FILE)) as base:
        ((value,),) = base.execute(f'SELECT value FROM "{kind}"')
    return str(value)


def put(folder: Path, kind: str, value: str) -> None:
    """Put this in the place of what the store has of a kind."""
    with closing(sqlite3.connect(folder / FILE)) as base, base:
        assert base.execute(f'UPDATE "{kind}" SET value = ?', (value,)).rowcount == 1
