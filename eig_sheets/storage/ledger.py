"""The delivery ledger (SQLite): an intent is committed before each delivery and its outcome after (guarantee G6).

Once personal data is to go, a delivery is reduced to a salted digest of its id, which still keeps the e-mail from
leaving twice. The id may have a name in it, and whoever has the database and guesses an id can check the guess: these
digests are pseudonymous, not anonymous.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from eig_sheets.emails.catalogue.deliveries import UNSENT_STAGES, Delivery, Stage
from eig_sheets.storage import database
from eig_sheets.storage.database import LedgerError, LedgerFile
from eig_sheets.storage.state import workbook_key
from eig_sheets.text.french import typographic

_SCHEMA = """
CREATE TABLE IF NOT EXISTS delivery (
    workbook TEXT NOT NULL,
    id TEXT NOT NULL,         -- of the e-mail, as in the outbox
    template TEXT NOT NULL,
    numero TEXT,
    outlet TEXT NOT NULL,
    stage TEXT NOT NULL,
    detail TEXT NOT NULL,
    moment TEXT NOT NULL,     -- ISO 8601, naive, campaign time zone
    stamp TEXT NOT NULL,      -- what it was made of
    claim TEXT NOT NULL,      -- the sends that it was a part of
    PRIMARY KEY (workbook, id)
);
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
_UNUSABLE = (
    "Le registre des envois {path} est inutilisable ({cause}) : rien n’est envoyé. Rétablissez ce fichier d’une "
    "sauvegarde ; sinon déplacez-le ailleurs, puis lancez « eig-sheets state adopt »."
)


class Ledger:
    """The ledger of the deliveries of one workbook, in the state folder."""

    def __init__(self, folder: Path, workbook: str) -> None:
        self._file = LedgerFile(folder / "envois.sqlite3", _SCHEMA, _UNUSABLE)
        self._workbook = workbook_key(workbook)

    def deliveries(self) -> dict[str, Delivery]:
        """Id of e-mail → its delivery. Raises LedgerError."""
        if not self._file.exists():
            return {}
        with self._file.connected() as connection:
            rows = connection.execute(_SELECT, (self._workbook,))
            return {row[0]: _delivery(row) for row in rows}

    def record_intents(self, deliveries: Iterable[Delivery]) -> None:
        """Commit the intents to send these e-mails, all or none. Raises LedgerError as `record_intent` does."""
        with self._file.transaction() as connection:
            for delivery in deliveries:
                earlier_batch_ids = self._refuse_resend(connection, delivery)
                batch_ids = dict.fromkeys((*earlier_batch_ids.split(), *delivery.batch_id.split()))
                self._write(connection, replace(delivery, batch_id=" ".join(batch_ids)))

    def record_intent(self, delivery: Delivery) -> None:
        """Commit the intent to send this e-mail. Raises LedgerError when it was sent or may have been."""
        self.record_intents([delivery])

    def record_outcomes(self, *deliveries: Delivery) -> None:
        """Commit the outcomes of deliveries, from here or elsewhere. Raises LedgerError."""
        with self._file.transaction() as connection:
            for delivery in deliveries:
                self._write(connection, delivery)

    def delete(self, sending_ids: Iterable[str]) -> None:
        """Delete the deliveries of e-mails that were certainly not sent, reduced ones too. Raises LedgerError."""
        ids = [*sending_ids]
        with self._file.transaction() as connection:
            connection.executemany(
                "DELETE FROM delivery WHERE workbook = ? AND id = ?",
                [(self._workbook, sending_id) for sending_id in ids],
            )
            if (salt := _salt(connection, self._workbook)) is not None:
                connection.executemany(
                    "DELETE FROM reduced_delivery WHERE workbook = ? AND digest = ?",
                    [(self._workbook, _digest(salt, sending_id)) for sending_id in ids],
                )

    def reduce(self, sending_ids: Collection[str] | None = None) -> int:
        """Keep of each delivery a digest of its id alone, for good; how many there were. Raises LedgerError.

        `sending_ids`: of these alone.
        An e-mail that left, or may have, is refused as before; one that surely did not leave is forgotten.
        """
        if not self._file.exists():
            return 0
        with self._file.connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            deliveries = connection.execute("SELECT id, stage FROM delivery WHERE workbook = ?", (self._workbook,))
            rows = [(name, stage) for name, stage in deliveries if sending_ids is None or name in sending_ids]
            connection.execute("INSERT OR IGNORE INTO reduced_salt VALUES (?, randomblob(32))", (self._workbook,))
            salt = _salt(connection, self._workbook)
            gone = [(self._workbook, _digest(salt, name)) for name, stage in rows if stage not in UNSENT_STAGES]
            connection.executemany("INSERT OR IGNORE INTO reduced_delivery VALUES (?, ?)", gone)
            own = [(self._workbook, name) for name, _ in rows]
            connection.executemany("DELETE FROM delivery WHERE workbook = ? AND id = ?", own)
            connection.execute("COMMIT")
            database.rewrite(connection)
        return len(rows)

    def is_reduced(self, sending_id: str) -> bool:
        """Whether this e-mail left, or may have, and a digest alone says so. Raises LedgerError."""
        if not self._file.exists():
            return False
        with self._file.connected() as connection:
            return _has_digest(connection, self._workbook, sending_id)

    def _refuse_resend(self, connection: sqlite3.Connection, delivery: Delivery) -> str:
        """The ids of the earlier send batches of an e-mail. Raises LedgerError unless it may be sent (again)."""
        delivered = connection.execute(
            "SELECT stage, claim FROM delivery WHERE workbook = ? AND id = ?", (self._workbook, delivery.id)
        ).fetchone()
        left = delivered is not None and Stage(delivered[0]) not in UNSENT_STAGES
        if left or _has_digest(connection, self._workbook, delivery.id):
            raise LedgerError(
                typographic(f"L’e-mail « {delivery.id} » est déjà parti, ou l’est peut-être : il n’est pas renvoyé.")
            )
        return delivered[1] if delivered else ""

    def _write(self, connection: sqlite3.Connection, delivery: Delivery) -> None:
        values = (
            delivery.id,
            delivery.template,
            delivery.numero,
            delivery.outlet,
            delivery.stage,
            delivery.detail,
            delivery.moment.isoformat(),
        )
        connection.execute(_INSERT, (self._workbook, *values, delivery.fingerprint, delivery.batch_id))


_SELECT = "SELECT id, template, numero, outlet, stage, detail, moment, stamp, claim FROM delivery WHERE workbook = ?"
_INSERT = "INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _delivery(row: tuple[str, ...]) -> Delivery:
    sending_id, template, numero, outlet, stage, detail, moment, fingerprint, batch_id = row
    when = datetime.fromisoformat(moment)
    return Delivery(sending_id, template, numero, outlet, Stage(stage), detail, when, fingerprint, batch_id)


def _has_digest(connection: sqlite3.Connection, workbook: str, sending_id: str) -> bool:
    """Whether the digest of this id is there."""
    salt = _salt(connection, workbook)
    row = (
        salt is not None
        and connection.execute(
            "SELECT 1 FROM reduced_delivery WHERE workbook = ? AND digest = ?", (workbook, _digest(salt, sending_id))
        ).fetchone()
    )
    return bool(row)


def _salt(connection: sqlite3.Connection, workbook: str) -> bytes | None:
    row = connection.execute("SELECT salt FROM reduced_salt WHERE workbook = ?", (workbook,)).fetchone()
    return row[0] if row else None


def _digest(salt: bytes | None, sending_id: str) -> str:
    return hashlib.sha256((salt or b"") + sending_id.encode("utf-8", "surrogatepass")).hexdigest()
