"""Fingerprints of e-mails: short digests of what each was made of, kept in `Envois` to detect changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Event, Message
from eig_sheets.workbook.read_back import digest

_MINUTE: Final = "%Y-%m-%dT%H:%M"
_FINGERPRINT: Final = re.compile(
    r"([0-9a-f]{10})\.([0-9a-f]{10})\.([0-9a-f]{10})(?: envoi=([0-9a-f]{12}))?(?: trous=([a-z]+))?(?: rdv=(.+))?",
    re.DOTALL,
)
_BOOKED: Final = re.compile(r"(\S+) (\d+) ([0-9a-f]{10}) (\S+) (\S+)( annulé)? \| (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Booked:
    """The appointment in the last e-mail about it; `details` is a digest of its hours, place and words."""

    uid: str
    sequence: int
    details: str
    starts: datetime
    ends: datetime
    cancelled: bool
    title: str


class HolesAnswer(StrEnum):
    """What people answered about what looks unfilled in a row: it leaves once they ticked it again.

    SHOWN: they ticked it, and a run held it; CLEARED: since then a run saw it without its tick.
    """

    NONE = ""
    SHOWN = "vus"
    CLEARED = "relus"
    MEANT = "voulus"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The digests of the robot's text, of all inputs of the draft, and of the row as last read.

    `batch_id` names the send that took the row, empty when none did; `holes` is what people answered about what looks
    unfilled in the row.
    """

    text: str
    whole: str
    row: str
    booked: Booked | None = None
    batch_id: str = ""
    holes: HolesAnswer = HolesAnswer.NONE


def text_fingerprint(to: str, cc: str, subject: str, body: str) -> str:
    """The fingerprint of a text that people may correct, whatever its line ends, outer spaces and coding of accents."""
    return digest(map(_normalized, (to, cc, subject, body)))


def fingerprint_of(draft: Draft, message: Message, row: str | None = None) -> Fingerprint:
    """The fingerprint of a draft whose row has the fingerprint `row`, or is as the robot writes it."""
    text = text_fingerprint(joined(message.to), joined(message.cc), message.subject, message.body)
    booked = booking(draft.event) if draft.event else None
    appointment = (booked.uid, booked.details, str(booked.cancelled)) if booked else ()
    file = (draft.file.name, draft.file.digest) if draft.file else ()
    whole = digest(
        (text, draft.template, draft.numero or "", message.reply_to, *draft.attachments, *appointment, *file)
    )
    return Fingerprint(text, whole, text if row is None else row, booked)


def booking(event: Event) -> Booked:
    """The booking of an event."""
    moments = (event.starts.isoformat(), event.ends.isoformat())
    details = digest((*moments, event.title, event.place, event.description))
    return Booked(event.uid, event.sequence, details, event.starts, event.ends, event.cancelled, event.title)


def joined(addresses: Iterable[str]) -> str:
    """Addresses joined as in a cell of the outbox."""
    return " ; ".join(addresses)


def as_text(fingerprint: Fingerprint) -> str:
    """The fingerprint as `Envois` and the ledger keep it."""
    batch_id = f" envoi={fingerprint.batch_id}" if fingerprint.batch_id else ""
    answer = f" trous={fingerprint.holes}" if fingerprint.holes else ""
    booked = f" rdv={_booking_text(fingerprint.booked)}" if fingerprint.booked else ""
    return f"{fingerprint.text}.{fingerprint.whole}.{fingerprint.row}{batch_id}{answer}{booked}"


def _booking_text(booked: Booked) -> str:
    moments = f"{booked.starts:{_MINUTE}} {booked.ends:{_MINUTE}}"
    cancelled = " annulé" if booked.cancelled else ""
    return f"{booked.uid} {booked.sequence} {booked.details} {moments}{cancelled} | {booked.title}"


def from_text(text: str) -> Fingerprint | None:
    """The fingerprint that `as_text` wrote; None for any other text."""
    match = _FINGERPRINT.fullmatch(text)
    if match is None:
        return None
    own, whole, row, batch_id, answer, booked = match.groups()
    known = HolesAnswer(answer) if answer in {*HolesAnswer} else HolesAnswer.NONE
    return Fingerprint(own, whole, row, _booking_from_text(booked) if booked else None, batch_id or "", known)


def _booking_from_text(text: str) -> Booked | None:
    match = _BOOKED.fullmatch(text)
    if match is None:
        return None
    uid, sequence, details, starts, ends, cancelled, title = match.groups()
    try:
        first, last = (datetime.strptime(moment, _MINUTE) for moment in (starts, ends))
    except ValueError:
        return None
    return Booked(uid, int(sequence), details, first, last, bool(cancelled), title)


def with_batch_id(fingerprint: Fingerprint, batch_id: str) -> Fingerprint:
    """The fingerprint with the id of the send batch that reserves the e-mail; '' releases it."""
    return replace(fingerprint, batch_id=batch_id)


def reread(fingerprint: Fingerprint, row: str) -> Fingerprint:
    """The fingerprint when the row has this one: what was answered about its holes holds for that text only."""
    return fingerprint if fingerprint.row == row else replace(fingerprint, row=row, holes=HolesAnswer.NONE)


def with_checksum(fingerprint: Fingerprint | None, *cells: str | None) -> str:
    """The fingerprint after a checksum of it and of the cells beside it, which detects lines mixed up by people."""
    core = as_text(fingerprint) if fingerprint else ""
    return f"{digest((core, *(word or '' for word in cells)))} {core}".rstrip()


def without_checksum(text: str, *cells: str | None) -> tuple[Fingerprint | None, bool]:
    """The fingerprint in such a text, and whether the checksum holds for the cells beside it."""
    checksum, _, core = text.partition(" ")
    return from_text(core), checksum == digest((core, *(word or "" for word in cells)))


def _normalized(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()
