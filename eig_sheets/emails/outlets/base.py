"""The interface of every outlet, the outcome of a delivery, and the bytes that are handed over."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import EmailPolicy
from enum import StrEnum
from types import TracebackType
from typing import Any, Final, Protocol, Self, cast

from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import typographic
from eig_sheets.text.printable import printable

_BREAK: Final = re.compile(rb"\r\n|\r|\n")
_IDENTITY: Final = re.compile(r"<[A-Za-z0-9._=+-]{1,200}@[A-Za-z0-9.-]{1,253}>")
_PEOPLE: Final = ("From", "Reply-To", "To", "Cc")


class OutletError(ExpectedError):
    """The outlet cannot be used at all; nothing was delivered. The message, in French, says what to do."""


class DeliveryOutcome(StrEnum):
    """The outcome of one delivery.

    REFUSED: somebody must change something first. DEFERRED: it surely did not leave, and nights try again. UNCERTAIN:
    it was handed over, and no plain answer came: whatever is none of the others.
    """

    SENT = "sent"
    DRAFTED = "drafted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome, and a French sentence about it: who refused what, where the draft is."""

    outcome: DeliveryOutcome
    detail: str = ""


def receipt(outcome: DeliveryOutcome, detail: str) -> Receipt:
    """A receipt in correct French."""
    return Receipt(outcome, typographic(printable(detail)))


class Outlet(Protocol):
    """A way out for messages, opened once for many. `name`: on the command line; `sends`: it sends, and drafts nothing.

    `accents`: whether addresses may have some before the « @ », which `mime.message` needs to know.
    """

    name: str
    sends: bool

    @property
    def accents(self) -> bool:
        """Whether it takes addresses with accents; known once it is open."""

    def __enter__(self) -> Self:
        """Connect, before anything is reserved for sending. Raises OutletError."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; never raises."""

    def deliver(self, sending_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:
        """One message, once: whatever the answer, it is not tried again here. `sending_id`: its id in the outbox."""


def accents_in(message: EmailMessage) -> bool:
    """Whether some address of the headers has accents, as only SMTPUTF8 carries them."""
    return not all(address.isascii() for address in mailboxes(message, *_PEOPLE))


def data_of(message: EmailMessage, *, draft: bool = False) -> bytes:
    """The message with CR LF, seven bits (but for addresses that have accents), and without Bcc.

    `draft`: with the header by which classic Outlook opens a file as a draft.
    """
    sent = copy.copy(message)
    del sent["Bcc"]  # also makes the copy's list of headers its own
    if draft:
        del sent["X-Unsent"]
        sent["X-Unsent"] = "1"
    policy = cast("EmailPolicy", sent.policy)
    data = sent.as_bytes(policy=policy.clone(utf8=accents_in(message), linesep="\r\n", cte_type="7bit"))
    data = _BREAK.sub(b"\r\n", data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def mailboxes(message: EmailMessage, *headers: str) -> list[str]:
    """The addresses in some headers."""
    values: list[Any] = [header for name in headers for header in message.get_all(name, [])]
    return [person.addr_spec for header in values for person in header.addresses]


def identity_of(message: EmailMessage) -> str:
    """The Message-ID, by which a draft is found again. Raises ValueError when it cannot be searched for."""
    identity = str(message["Message-ID"] or "")
    if not _IDENTITY.fullmatch(identity):
        raise ValueError("not a Message-ID that can be searched for")
    return identity
