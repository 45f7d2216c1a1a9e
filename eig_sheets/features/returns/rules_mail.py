"""What one received mail says of an e-mail that left, or of an appointment. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from enum import StrEnum
from typing import Final


class ReturnKind(StrEnum):
    """What a mail says, as the tab and JSON show it; UNREAD: it is about something of ours, and cannot be told."""

    RETURNED = "revenu"
    DELAYED = "retardé"
    ACCEPTED = "accepté"
    DECLINED = "décliné"
    TENTATIVE = "peut-être"
    UNREAD = "à lire"


ANSWERS: Final = (ReturnKind.ACCEPTED, ReturnKind.DECLINED, ReturnKind.TENTATIVE)


class Unread(StrEnum):
    """Why a mail cannot be told."""

    NO_CALENDAR = "calendrier illisible"
    NO_RESULT = "sans verdict"
    NO_ADDRESS = "sans adresse"
    SEVERAL_GUESTS = "plusieurs invités"
    OTHER_SENDER = "autre expéditeur"
    OTHER_ANSWER = "autre réponse"
    NOT_OURS = "d’aucun de nos e-mails"
    NOT_A_RECIPIENT = "pas destinataire"
    SEVERAL = "plusieurs à la fois"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a mail is (file, or number in a mailbox), when it arrived (naive, local), from whom, its subject."""

    place: str
    moment: datetime
    sender: str
    subject: str


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """What a mail says of one recipient of one e-mail, or of one guest of an appointment.

    `keys`: what stands before the « @ » of Message-IDs of ours that it quotes. `addresses`: the recipient, as each
    field spells it, or all of whom it may speak. `code`: RFC 3463, or the reply of SMTP; `said`: the words that go with
    it. `uid`, `sequence`: of the appointment.
    """

    origin: Origin
    kind: ReturnKind
    keys: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    code: str = ""
    said: str = ""
    uid: str = ""
    sequence: int = 0
    why: Unread | None = None


_KEY: Final = re.compile(r"(?<![0-9a-f])([0-9a-f]{32})@")
_LONGEST: Final = 300


def texts_of(mail: Message) -> Iterator[str]:
    """The text of each part that is text, decoded, attached messages and their headers included."""
    for part in mail.walk():
        yield from (f"{name}: {value}" for name, value in part.items())
        if part.get_content_maintype() == "text" and not part.is_multipart():
            yield text_of(part)


def text_of(part: Message) -> str:
    """The text of a part, decoded; what cannot be is replaced."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def keys_of(mail: Message) -> tuple[str, ...]:
    """What stands before the « @ » of each Message-ID of our form that a mail quotes."""
    return tuple(dict.fromkeys(key for text in texts_of(mail) for key in _KEY.findall(text)))


def one_line(text: str) -> str:
    """A server's or a person's words on one line, none too long."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line[:_LONGEST] + ("…" if len(line) > _LONGEST else "")
