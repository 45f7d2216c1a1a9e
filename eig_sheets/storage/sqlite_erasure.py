"""Erasure in an SQLite database: what was deleted is not on the disk any more."""

from __future__ import annotations

import sqlite3
from typing import Final

SECURE_DELETE: Final = "PRAGMA secure_delete = ON"
"""Has a connection overwrite with zeros what it deletes or replaces, in the same transaction: a kill leaves none."""


def rewrite(connection: sqlite3.Connection) -> None:
    """Write the database again without its free pages, in which earlier versions left what they deleted."""
    connection.execute("VACUUM")
