"""Deliveries whose personal data is gone: a salted digest of each id still keeps its e-mail from leaving twice.

The id of an e-mail may have a name in it. Whoever has the database and guesses an id can check the guess: the digests
are pseudonymous, not anonymous.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable
from typing import Final

from eig_sheets.domain.emails.deliveries import UNSENT_STAGES
from eig_sheets.storage import sqlite_erasure

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS reduced_salt (
    workbook TEXT PRIMARY KEY,
    salt BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS reduced_delivery (
    workbook TEXT NOT NULL,
    digest TEXT NOT NULL,     -- SHA-256 of the salt and the id of an e-mail that left, or may have
    PRIMARY KEY (workbook, digest)
);
"""
"""What a ledger's database has besides its deliveries."""


def reduce(connection: sqlite3.Connection, workbook: str, sending_ids: Collection[str] | None = None) -> int:
    """Put digests in the place of a workbook's deliveries, in one transaction; how many there were.

    `sending_ids`: of these alone.
    """
    connection.execute("BEGIN IMMEDIATE")
    deliveries = connection.execute("SELECT id, stage FROM delivery WHERE workbook = ?", (workbook,)).fetchall()
    rows = [(sending_id, stage) for sending_id, stage in deliveries if sending_ids is None or sending_id in sending_ids]
    connection.execute("INSERT OR IGNORE INTO reduced_salt VALUES (?, randomblob(32))", (workbook,))
    salt = _salt(connection, workbook)
    gone = [(workbook, _digest(salt, sending_id)) for sending_id, stage in rows if stage not in UNSENT_STAGES]
    connection.executemany("INSERT OR IGNORE INTO reduced_delivery VALUES (?, ?)", gone)
    own = [(workbook, sending_id) for sending_id, _ in rows]
    connection.executemany("DELETE FROM delivery WHERE workbook = ? AND id = ?", own)
    connection.execute("COMMIT")
    sqlite_erasure.rewrite(connection)
    return len(rows)


def has(connection: sqlite3.Connection, workbook: str, sending_id: str) -> bool:
    """Whether the digest of this id is there."""
    salt = _salt(connection, workbook)
    row = (
        salt is not None
        and connection.execute(
            "SELECT 1 FROM reduced_delivery WHERE workbook = ? AND digest = ?", (workbook, _digest(salt, sending_id))
        ).fetchone()
    )
    return bool(row)


def delete(connection: sqlite3.Connection, workbook: str, sending_ids: Iterable[str]) -> None:
    """Delete the digests of e-mails of which a person says that they did not leave."""
    if (salt := _salt(connection, workbook)) is not None:
        connection.executemany(
            "DELETE FROM reduced_delivery WHERE workbook = ? AND digest = ?",
            [(workbook, _digest(salt, sending_id)) for sending_id in sending_ids],
        )


def _salt(connection: sqlite3.Connection, workbook: str) -> bytes | None:
    row = connection.execute("SELECT salt FROM reduced_salt WHERE workbook = ?", (workbook,)).fetchone()
    return row[0] if row else None


def _digest(salt: bytes | None, sending_id: str) -> str:
    return hashlib.sha256((salt or b"") + sending_id.encode("utf-8", "surrogatepass")).hexdigest()
