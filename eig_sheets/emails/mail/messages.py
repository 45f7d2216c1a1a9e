"""A message ready to be read by a person, or why there is none; and an e-mail as it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.emails.mail.addresses import AddressError, checked, is_ordinary

_BRACES: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail: addresses, a subject on one line, a body in Markdown that reads as plain text.

    `reply_to` is where answers go, empty for the sender's own address.
    """

    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The reasons why there is no e-mail: French sentences, each naming a field and its cell."""

    reasons: tuple[str, ...]


def braces(text: str) -> str:
    """The first mark of a template ({{, %}…) that is left in a text; '' when there is none."""
    if "{" not in text and "}" not in text:  # nearly all of them, told ten times sooner
        return ""
    match = _BRACES.search(text)
    return match[0] if match else ""


def text_faults(subject: str, body: str) -> Iterator[tuple[str, str, str]]:
    """The faults that keep a text from being sent: « objet » or « message », what is wrong, the remedy, in French."""
    for field, text in (("objet", subject), ("message", body)):
        if is_blank(text):
            yield field, "est vide", "remplissez"
        elif sign := braces(text):
            yield field, unfilled(sign), "corrigez"


def is_blank(text: str) -> bool:
    """Whether a text says nothing."""
    return not text or text.isspace()


def unfilled(sign: str) -> str:
    """The French words for a text that holds this mark of a template."""
    return f"contient « {sign} », comme un modèle non rempli"


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    if is_ordinary(text):
        return True
    try:
        checked(text)
    except AddressError:
        return False
    return True


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
