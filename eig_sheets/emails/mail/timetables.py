"""Agendas, as one .ics each to import again, or subscribe to, after each change (RFC 5545, 5546)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Appointment

from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.emails.mail.filters import one_line
from eig_sheets.emails.mail.invitations import vtimezone

_MAKER: Final = "-//DINUM//eig-sheets//FR"
_STAMP: Final = "DTSTAMP"
_NEEDED: Final = ("UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "SUMMARY")


def agenda(
    name: str, entries: Sequence[AgendaEntry], zone: ZoneInfo, written_at: datetime, before: bytes | None = None
) -> bytes:
    """The .ics of some events. `written_at`, aware, is the DTSTAMP of what changed.

    `before`: the agenda that it replaces. What changed since has a higher SEQUENCE, what is no longer there is
    CANCELLED; when nothing changed, it is `before`, byte for byte.
    """
    previous = _events(before) if before else {}
    calendar = Calendar()
    for key, value in (("prodid", _MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(key, value)
    calendar.add("x-wr-calname", one_line(name))
    for year in sorted({entry.starts.year for entry in entries} | {_year(event) for event in previous.values()})[:1]:
        calendar.add_component(vtimezone(zone, year))
    for event in _current(entries, previous, zone, written_at):
        calendar.add_component(event)
    for uid in sorted(previous.keys() - {entry.uid for entry in entries}):
        calendar.add_component(_cancelled(previous[uid], written_at))
    ics: bytes = calendar.to_ical()
    return ics


def _current(
    entries: Sequence[AgendaEntry], previous: Mapping[str, Appointment], zone: ZoneInfo, written_at: datetime
) -> Iterator[Appointment]:
    for entry in entries:
        old = previous.get(entry.uid)
        event = _event(entry, zone)
        if old is not None and _details(old) == _details(event) and _sequence(old) >= entry.sequence:
            yield old
            continue
        sequence = entry.sequence if old is None else max(entry.sequence, _sequence(old) + 1)
        yield _stamped(event, sequence, written_at)


def _event(entry: AgendaEntry, zone: ZoneInfo) -> Appointment:
    event = Appointment()
    event.add("uid", entry.uid)
    event.add("dtstart", _in_zone(entry.starts, zone))
    event.add("dtend", _in_zone(entry.ends, zone))
    event.add("summary", one_line(entry.title))
    for name, text in (("location", one_line(entry.place)), ("description", entry.description.strip())):
        if text:
            event.add(name, text)
    event.add("status", "CONFIRMED" if entry.settled else "TENTATIVE")
    event.add("transp", "OPAQUE" if isinstance(entry.starts, datetime) else "TRANSPARENT")
    return event


def _in_zone(value: date | datetime, zone: ZoneInfo) -> date | datetime:
    return value.replace(tzinfo=zone) if isinstance(value, datetime) else value


def _stamped(event: Appointment, sequence: int, written_at: datetime) -> Appointment:
    event.add("sequence", sequence)
    event.add(_STAMP, written_at.astimezone(UTC).replace(microsecond=0))
    return event


def _cancelled(event: Appointment, written_at: datetime) -> Appointment:
    """An audition that is held no more: once it says so, it stays as it is."""
    if str(event["STATUS"]) == "CANCELLED":
        return event
    gone = Appointment()
    for name in ("UID", "DTSTART", "DTEND", "SUMMARY"):
        gone[name] = event[name]
    gone.add("status", "CANCELLED")
    return _stamped(gone, _sequence(event) + 1, written_at)


def _details(event: Appointment) -> list[tuple[str, bytes]]:
    kept = (item for item in event.property_items(recursive=False) if item[0] not in ("SEQUENCE", _STAMP))
    return sorted((name, value.to_ical() if hasattr(value, "to_ical") else str(value).encode()) for name, value in kept)


def _sequence(event: Appointment) -> int:
    return int(str(event["SEQUENCE"]))


def _year(event: Appointment) -> int:
    year: int = event.decoded("dtstart").year
    return year


def is_agenda(ics: bytes) -> bool:
    """Whether this is a calendar of ours."""
    return _calendar(ics) is not None


def _calendar(ics: bytes) -> Calendar | None:
    try:
        calendar = Calendar.from_ical(ics)
    except (ValueError, UnicodeDecodeError):
        return None
    return calendar if str(calendar.get("prodid")) == _MAKER else None


def _events(ics: bytes) -> dict[str, Appointment]:
    """The auditions of an earlier file, by uid; none of one that is not ours."""
    calendar = _calendar(ics)
    events = [event for event in calendar.walk("VEVENT") if isinstance(event, Appointment)] if calendar else []
    return {str(event["UID"]): event for event in events if all(key in event for key in _NEEDED)}
