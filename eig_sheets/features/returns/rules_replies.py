"""Answers to invitations: iTIP REPLY (RFC 5546, 3.2.3) in a mail (RFC 6047). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Any, Final

from icalendar import Calendar

from eig_sheets.features.returns.rules_mail import Origin, ReceivedMail, ReturnKind, Unread, one_line

_ANSWERS: Final = {
    "ACCEPTED": ReturnKind.ACCEPTED,
    "DECLINED": ReturnKind.DECLINED,
    "TENTATIVE": ReturnKind.TENTATIVE,
}
_TELLING: Final = ("REPLY", "COUNTER")
"""Methods of an answer; a counter-proposal is one that only a person can read."""


def calendar_parts(mail: Message) -> list[bytes]:
    """The calendars of a mail, the same one once: many senders attach what they show."""
    parts = (part for part in mail.walk() if part.get_content_type() in ("text/calendar", "application/ics"))
    contents = (part.get_payload(decode=True) for part in parts)
    return [*dict.fromkeys(content for content in contents if isinstance(content, bytes))]


def replies(mail: Message, origin: Origin) -> Iterator[ReceivedMail]:
    """The answers that its calendars hold; an invitation, or a cancellation, is none."""
    found: dict[tuple[str, tuple[str, ...]], ReceivedMail] = {}
    for content in calendar_parts(mail):
        for reply in _of_calendar(content, origin):
            found.setdefault((reply.uid, reply.addresses), reply)
    yield from found.values()


def _of_calendar(content: bytes, origin: Origin) -> Iterator[ReceivedMail]:
    unread = ReceivedMail(origin, ReturnKind.UNREAD, why=Unread.NO_CALENDAR)
    try:
        calendar = Calendar.from_ical(content)
        method = str(calendar.get("method", "")).upper()
        events = [_of_event(event, method, origin) for event in calendar.walk("VEVENT")] if method in _TELLING else []
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        yield unread
        return
    yield from events or ([unread] if method in _TELLING else ())


def _of_event(event: Any, method: str, origin: Origin) -> ReceivedMail:
    written = event.get("attendee", [])
    guests = written if isinstance(written, list) else [written]
    uid, sequence, said = (
        str(event.get("uid", "")),
        int(event.get("sequence", 0)),
        one_line(str(event.get("comment", ""))),
    )
    addresses = tuple(_address(guest) for guest in guests)

    def reply(kind: ReturnKind, why: Unread | None = None) -> ReceivedMail:
        return ReceivedMail(origin, kind, (), addresses, "", said, uid, sequence, why)

    if len(guests) != 1:
        return reply(ReturnKind.UNREAD, Unread.SEVERAL_GUESTS)
    answer = _ANSWERS.get(str(guests[0].params.get("PARTSTAT", "")).upper())
    if answer is None or method != "REPLY":
        return reply(ReturnKind.UNREAD, Unread.OTHER_ANSWER)
    speaking = {addresses[0].casefold(), _bare(str(guests[0].params.get("SENT-BY", ""))).casefold()}
    if origin.sender.casefold() not in speaking:
        return reply(ReturnKind.UNREAD, Unread.OTHER_SENDER)
    return reply(answer)


def _address(guest: Any) -> str:
    return _bare(str(guest))


def _bare(uri: str) -> str:
    text = uri.strip().strip('"')
    return text[len("mailto:") :] if text.lower().startswith("mailto:") else text
