"""The one interface of every outlet, and what becomes of a message in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self


class OutletError(Exception):
    """The outlet cannot be used at all. The message is in French and says what to do; nothing was delivered."""


class Outcome(StrEnum):
    """What became of one message. UNCERTAIN: it was handed over, and no answer came."""

    SENT = "sent"
    DRAFTED = "drafted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome, and a French sentence about it: who refused what, where the draft is."""

    outcome: Outcome
    detail: str = ""


class Outlet(Protocol):
    """Opened once for many messages. `name` is that of the command line; `sends` tells sending from drafting.

    `accents`: whether addresses may have some before the « @ », as `building.message` is to be told.
    """

    name: str
    sends: bool

    @property
    def accents(self) -> bool:
        """Known once it is open."""

    def __enter__(self) -> Self:
        """Connect. Raises OutletError."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; never raises."""

    def deliver(self, message_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:
        """One message, under its id of the outbox, once: whatever the answer, it is not tried again here."""
