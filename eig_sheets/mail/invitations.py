"""An appointment as an .ics that calendars put in, move and take off: iTIP (RFC 5546) over iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress
from icalendar import Event as Appointment

from eig_sheets.mail.addresses import Address
from eig_sheets.mail.letters import Event
from eig_sheets.mail.markdown import one_line
from eig_sheets.mail.timezones import described

_MAKER: Final = "-//DINUM//eig-sheets//FR"
_PLAIN_NAME: Final = str.maketrans({'"': "'", "\\": "/", "^": "'"})
"""Calendars do not agree on how a parameter writes these (RFC 6868)."""


def method(event: Event) -> str:
    """What a calendar is asked to do: REQUEST puts in or moves, CANCEL takes off."""
    return "CANCEL" if event.cancelled else "REQUEST"


def invitation(
    event: Event,
    sender: Address,
    attendees: Sequence[Address],
    zone: ZoneInfo,
    stamp: datetime,
    optional: Sequence[Address] = (),
) -> bytes:
    """The .ics of an appointment. Its moments are in `zone`; `stamp`, aware, is when it is written.

    A calendar compares SEQUENCE, then DTSTAMP, among those of one UID. `optional` need not come. Raises ValueError
    when the event ends before it starts.
    """
    if event.ends <= event.starts:
        raise ValueError(event)
    calendar = Calendar()
    for name, value in (("prodid", _MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method(event))):
        calendar.add(name, value)
    calendar.add_component(described(zone, event.starts.year))
    calendar.add_component(_appointment(event, zone, stamp, _person(sender), _guests(attendees, optional)))
    ics: bytes = calendar.to_ical()
    return ics


def _appointment(
    event: Event, zone: ZoneInfo, stamp: datetime, organizer: vCalAddress, guests: Sequence[vCalAddress]
) -> Appointment:
    appointment = Appointment()
    appointment.add("uid", event.uid)
    appointment.add("sequence", event.sequence)
    appointment.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    appointment.add("dtstart", event.starts.replace(tzinfo=zone))
    appointment.add("dtend", event.ends.replace(tzinfo=zone))
    appointment.add("summary", one_line(event.title))
    for name, text in (("location", one_line(event.place)), ("description", _lines(event.description))):
        if text:
            appointment.add(name, text)
    appointment.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    appointment.add("transp", "OPAQUE")
    appointment.add("organizer", organizer)
    for guest in guests:
        appointment.add("attendee", guest)
    return appointment


def _lines(text: str) -> str:
    return "\n".join(map(one_line, text.splitlines())).strip()


def _guests(attendees: Sequence[Address], optional: Sequence[Address]) -> list[vCalAddress]:
    return [
        *(_person(guest, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp="TRUE") for guest in attendees),
        *(_person(guest, role="OPT-PARTICIPANT", partstat="NEEDS-ACTION", rsvp="TRUE") for guest in optional),
    ]


def _person(person: Address, **parameters: str) -> vCalAddress:
    name = one_line(person.name).translate(_PLAIN_NAME) or person.address
    return vCalAddress(f"mailto:{person.wire}", params={"CN": name, "CUTYPE": "INDIVIDUAL", **parameters})
