"""The ledger of what came back: what each mail said, and how far the folder or the mailbox was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from eig_sheets.features.returns.rules_mail import ReceivedMail
from eig_sheets.storage.records import Record


@dataclass(frozen=True, slots=True)
class Received:
    """What is known of received mail.

    `source`: the folder or the mailbox that `files`, `validity` and `last` are of: the files that were read; the
    UIDVALIDITY of the mailbox, and the last UID that was read. `failed_since`, `failure`: since when it cannot be read,
    and why, in French.
    """

    mails: tuple[ReceivedMail, ...] = ()
    source: str = ""
    files: tuple[str, ...] = ()
    validity: int = 0
    last: int = 0
    failed_since: datetime | None = None
    failure: str = ""

    def of(self, source: str) -> Received:
        """The same, of that source: what was read of another one says nothing of it."""
        return self if self.source == source else Received(self.mails, source)

    def having(self, mails: tuple[ReceivedMail, ...]) -> Received:
        """The same with more mails, each once."""
        return replace(self, mails=tuple(dict.fromkeys((*self.mails, *mails))), failed_since=None, failure="")

    def failing(self, now: datetime, why: str) -> Received:
        """The same, which could not be read now either."""
        return replace(self, failed_since=self.failed_since or now, failure=why)


NOTHING_RECEIVED = Received()


class ReturnLedger(Record[Received]):
    """The ledger of one workbook, in the state folder."""

    name = "retours"
    value_type = Received
    empty = NOTHING_RECEIVED
    unusable = "Le registre des retours {path} est inutilisable ({cause}) : les retours ne sont pas relevés."

    def has_to_go(self) -> bool:
        """Whether a mail is kept: how far the mailbox was read says nothing of anybody."""
        return bool(self.read().mails)

    def purge(self) -> None:
        """Forget what the mails said; they are not read again."""
        self.forget(lambda received: replace(received, mails=()))
