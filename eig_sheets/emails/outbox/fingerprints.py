"""What an e-mail was made of, in a few letters: the robot writes them in `Envois`, to see later what changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.mail.outgoing import Event
from eig_sheets.workbook.checksums import digest

_MINUTE: Final = "%Y-%m-%dT%H:%M"
_STAMP: Final = re.compile(
    r"([0-9a-f]{10})\.([0-9a-f]{10})\.([0-9a-f]{10})(?: envoi=([0-9a-f]{12}))?(?: rdv=(.+))?", re.DOTALL
)
_BOOKED: Final = re.compile(r"(\S+) (\d+) ([0-9a-f]{10}) (\S+) (\S+)( annulé)? \| (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment as the last e-mail about it told it; `details` stands for its hours, its place and its words."""

    uid: str
    sequence: int
    details: str
    starts: datetime
    ends: datetime
    cancelled: bool
    title: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The robot's own text, all that the draft was made of, the row as people had left it when it was last read.

    `batch_id` names the send that took the row, empty when none did.
    """

    text: str
    whole: str
    row: str
    booked: Booked | None = None
    batch_id: str = ""


def text_fingerprint(to: str, cc: str, subject: str, body: str) -> str:
    """What people read and may correct. Line ends, outer spaces and ways to code an accent do not count."""
    return digest(map(_as_read, (to, cc, subject, body)))


def fingerprint_of(draft: Draft, message: Message, row: str | None = None) -> Fingerprint:
    """The stamp of a draft whose row is `row`, or as the robot writes it."""
    text = text_fingerprint(joined(message.to), joined(message.cc), message.subject, message.body)
    booked = booking(draft.event) if draft.event else None
    appointment = (booked.uid, booked.details, str(booked.cancelled)) if booked else ()
    whole = digest((text, draft.template, draft.numero or "", message.reply_to, *draft.attachments, *appointment))
    return Fingerprint(text, whole, text if row is None else row, booked)


def booking(event: Event) -> Booked:
    """An appointment as it is remembered."""
    moments = (event.starts.isoformat(), event.ends.isoformat())
    details = digest((*moments, event.title, event.place, event.description))
    return Booked(event.uid, event.sequence, details, event.starts, event.ends, event.cancelled, event.title)


def joined(addresses: Iterable[str]) -> str:
    """Addresses as a cell of the outbox holds them."""
    return " ; ".join(addresses)


def written(fingerprint: Fingerprint) -> str:
    """The stamp as it is kept."""
    batch_id = f" envoi={fingerprint.batch_id}" if fingerprint.batch_id else ""
    booked = f" rdv={_written(fingerprint.booked)}" if fingerprint.booked else ""
    return f"{fingerprint.text}.{fingerprint.whole}.{fingerprint.row}{batch_id}{booked}"


def _written(booked: Booked) -> str:
    moments = f"{booked.starts:{_MINUTE}} {booked.ends:{_MINUTE}}"
    cancelled = " annulé" if booked.cancelled else ""
    return f"{booked.uid} {booked.sequence} {booked.details} {moments}{cancelled} | {booked.title}"


def read(text: str) -> Fingerprint | None:
    """The stamp that was written so; None when it was not."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    own, whole, row, batch_id, booked = found.groups()
    return Fingerprint(own, whole, row, _read(booked) if booked else None, batch_id or "")


def _read(text: str) -> Booked | None:
    found = _BOOKED.fullmatch(text)
    if found is None:
        return None
    uid, sequence, details, starts, ends, cancelled, title = found.groups()
    try:
        first, last = (datetime.strptime(moment, _MINUTE) for moment in (starts, ends))
    except ValueError:
        return None
    return Booked(uid, int(sequence), details, first, last, bool(cancelled), title)


def with_batch_id(fingerprint: Fingerprint, batch_id: str) -> Fingerprint:
    """The same, taken by a send; or given back, when `batch_id` is empty."""
    return replace(fingerprint, batch_id=batch_id)


def sealed(fingerprint: Fingerprint | None, *about: str | None) -> str:
    """The stamp with a seal on the words beside it: a line that people moved about no longer fits its own."""
    core = written(fingerprint) if fingerprint else ""
    return f"{digest((core, *(word or '' for word in about)))} {core}".rstrip()


def unsealed(text: str, *about: str | None) -> tuple[Fingerprint | None, bool]:
    """The stamp in a sealed text, and whether the words beside it are those that it was written with."""
    seal, _, core = text.partition(" ")
    return read(core), seal == digest((core, *(word or "" for word in about)))


def _as_read(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()
