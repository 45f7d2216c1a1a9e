"""An e-mail as it leaves, and the appointment and the file that it may bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """An appointment in a calendar: moments are naive, in the campaign's time zone.

    `uid` stays the same through changes of place or hour, `sequence` grows with each; `cancelled` takes it off.
    """

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str = ""
    description: str = ""
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """The file of a juror's grille that goes with an e-mail: its name, and the SHA-256 of the bytes that may leave."""

    juror: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class OutgoingEmail:
    """One e-mail under its stable id: addresses, a subject on one line, a body in Markdown as the outbox shows it.

    `reply_to`: where answers go, empty for where those of the sender go. `file`: what is read when it leaves.
    """

    id: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str
    event: Event | None = None
    reply_to: str = ""
    file: AttachedFile | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the address and name that readers see, where answers go, how to write no more to someone."""

    address: str
    name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
