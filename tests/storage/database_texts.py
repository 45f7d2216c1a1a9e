"""All that a database of the state folder holds, as one text: compressed values as they were before."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path


def text_of(path: Path) -> str:
    """Every value of every row of every table."""
    with closing(sqlite3.connect(path)) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in base.execute(f'SELECT * FROM "{table}"')]
    return " ".join(_text(value) for row in rows for value in row)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        with suppress(zlib.error):
            value = zlib.decompress(value)
        return value.decode("utf-8", "replace")
    return str(value)
