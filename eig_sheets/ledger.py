"""What left, and what may have: the intent is committed before each delivery and its outcome after (guarantee G6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from eig_sheets import private
from eig_sheets.deliveries import AGAIN, Delivery, Stage
from eig_sheets.french import typographic, why

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
"""


class LedgerError(Exception):
    """The ledger cannot be used, or says no. The message is in French and says what to do."""


class Ledger:
    """The deliveries of one workbook, in the state folder."""

    def __init__(self, folder: Path, workbook: str) -> None:
        self._path, self._workbook = folder / "envois.sqlite3", workbook

    def deliveries(self) -> dict[str, Delivery]:
        """Every delivery, by id of e-mail. Raises LedgerError."""
        if not self._path.exists():
            return {}
        with self._connected() as connection:
            rows = connection.execute(_ALL, (self._workbook,))
            return {row[0]: _delivery(row) for row in rows}

    def claim(self, deliveries: Iterable[Delivery]) -> None:
        """Write down that these e-mails are about to be sent, all or none. Raises LedgerError as `intend` does."""
        with self._connected() as connection, _alone(connection):
            for one in deliveries:
                before = self._refuse_twice(connection, one)
                claims = dict.fromkeys((*before.split(), *one.claim.split()))
                self._write(connection, replace(one, claim=" ".join(claims)))

    def intend(self, delivery: Delivery) -> None:
        """Write down, for good, that this e-mail is about to leave. Raises LedgerError when it left or may have."""
        self.claim([delivery])

    def settle(self, *deliveries: Delivery) -> None:
        """Write down what became of e-mails, here or elsewhere. Raises LedgerError."""
        with self._connected() as connection, _alone(connection):
            for one in deliveries:
                self._write(connection, one)

    def forget(self, sending_ids: Iterable[str]) -> None:
        """Keep nothing of e-mails that surely did not leave. Raises LedgerError."""
        with self._connected() as connection, _alone(connection):
            connection.executemany(
                "DELETE FROM delivery WHERE workbook = ? AND id = ?", [(self._workbook, one) for one in sending_ids]
            )

    def _refuse_twice(self, connection: sqlite3.Connection, one: Delivery) -> str:
        """The sends that an e-mail which may leave was a part of before."""
        found = connection.execute(
            "SELECT stage, claim FROM delivery WHERE workbook = ? AND id = ?", (self._workbook, one.id)
        ).fetchone()
        if found is not None and Stage(found[0]) not in AGAIN:
            raise LedgerError(
                typographic(f"L’e-mail « {one.id} » est déjà parti, ou l’est peut-être : il n’est pas renvoyé.")
            )
        return found[1] if found else ""

    def _write(self, connection: sqlite3.Connection, one: Delivery) -> None:
        values = (one.id, one.template, one.numero, one.outlet, one.stage, one.detail, one.moment.isoformat())
        connection.execute(_PUT, (self._workbook, *values, one.stamp, one.claim))

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            private.make_folder(self._path.parent)
            private.make_file(self._path)
            with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.executescript(_SCHEMA)
                yield connection
        except OSError as error:
            raise self._unusable(why(error)) from None
        except sqlite3.Error as error:
            raise self._unusable(type(error).__name__) from None

    def _unusable(self, cause: str) -> LedgerError:
        return LedgerError(
            typographic(
                f"Le registre des envois {self._path} est inutilisable ({cause}) : rien n’est envoyé. Rétablissez ce "
                "fichier d’une sauvegarde ; sinon déplacez-le ailleurs, puis lancez « eig-sheets state adopt »."
            )
        )


_ALL = "SELECT id, template, numero, outlet, stage, detail, moment, stamp, claim FROM delivery WHERE workbook = ?"
_PUT = "INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@contextmanager
def _alone(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction, on disk before it ends, that no other process can come into."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _delivery(row: tuple[str, ...]) -> Delivery:
    sending_id, template, numero, outlet, stage, detail, moment, stamp, claim = row
    when = datetime.fromisoformat(moment)
    return Delivery(sending_id, template, numero, outlet, Stage(stage), detail, when, stamp, claim)
