"""An appointment as an .ics that calendars put in, move and take off: iTIP (RFC 5546) over iCalendar (RFC 5545).

Its time zone is in the only form that Outlook reads well: rules, without lists of dates ([MS-OXCICAL] 2.1.3.1.1.19: one
STANDARD and one DAYLIGHT, each with a yearly rule whose BYDAY names one day).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress
from icalendar import Event as Appointment

from eig_sheets.emails.mail.addresses import Address
from eig_sheets.emails.mail.filters import one_line
from eig_sheets.emails.mail.messages import Event

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONG_AGO = datetime(1970, 1, 1)

_MAKER: Final = "-//DINUM//eig-sheets//FR"
_PLAIN_NAME: Final = str.maketrans({'"': "'", "\\": "/", "^": "'"})
"""Calendars do not agree on how a parameter writes these (RFC 6868)."""


def method(event: Event) -> str:
    """The iTIP method: REQUEST puts an appointment in or moves it, CANCEL takes it off."""
    return "CANCEL" if event.cancelled else "REQUEST"


def invitation(
    event: Event,
    sender: Address,
    attendees: Sequence[Address],
    zone: ZoneInfo,
    written_at: datetime,
    optional: Sequence[Address] = (),
) -> bytes:
    """The .ics of an appointment. Its moments are in `zone`; `written_at`, aware, is its DTSTAMP.

    A calendar compares SEQUENCE, then DTSTAMP, among those of one UID. `optional` need not come. Raises ValueError
    when the event ends before it starts.
    """
    if event.ends <= event.starts:
        raise ValueError(event)
    calendar = Calendar()
    for name, value in (("prodid", _MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method(event))):
        calendar.add(name, value)
    calendar.add_component(vtimezone(zone, event.starts.year))
    calendar.add_component(_appointment(event, zone, written_at, _person(sender), _guests(attendees, optional)))
    ics: bytes = calendar.to_ical()
    return ics


def _appointment(
    event: Event, zone: ZoneInfo, written_at: datetime, organizer: vCalAddress, guests: Sequence[vCalAddress]
) -> Appointment:
    appointment = Appointment()
    appointment.add("uid", event.uid)
    appointment.add("sequence", event.sequence)
    appointment.add("dtstamp", written_at.astimezone(UTC).replace(microsecond=0))
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


@dataclass(frozen=True, slots=True)
class _Change:
    """Clocks that change: when, on the clock before; the offsets from UTC before and after; the name after."""

    moment: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def rule(self) -> dict[str, object]:
        """The yearly rule that this day may follow: « the last Sunday of March »."""
        moment = self.moment
        last = (moment + timedelta(days=7)).month != moment.month
        nth = -1 if last else (moment.day + 6) // 7
        return {"freq": "yearly", "bymonth": moment.month, "byday": f"{nth}{_WEEKDAYS[moment.weekday()]}"}


@lru_cache(maxsize=32)  # the events of a campaign are of one zone and of two years
def vtimezone(zone: ZoneInfo, year: int) -> Timezone:
    """The VTIMEZONE of a zone, right for that year, and for the following ones while its rule lasts."""
    timezone = Timezone()
    timezone.add("tzid", zone.key)
    for change, rule in _observed(zone, year):
        timezone.add_component(_component(change, rule))
    return timezone


def _observed(zone: ZoneInfo, year: int) -> Iterator[tuple[_Change, dict[str, object] | None]]:
    before, during = [*_changes(zone, year - 1)], [*_changes(zone, year)]
    if not before and not during:
        then = datetime(year, 1, 1, tzinfo=zone)
        offset = then.utcoffset() or timedelta()
        yield _Change(_LONG_AGO, offset, offset, then.tzname() or zone.key), None
    elif [change.rule for change in before] == [change.rule for change in during]:
        yield from ((change, change.rule) for change in before)
    else:
        yield from ((change, None) for change in (*before, *during))


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    start, hour = datetime(year, 1, 1, tzinfo=UTC), timedelta(hours=1)
    for day in range(366):
        first = start + timedelta(days=day)
        if _offset(zone, first) == _offset(zone, first + timedelta(days=1)):
            continue
        for instant in (first + hour * count for count in range(24)):
            before, after = _offset(zone, instant), _offset(zone, instant + hour)
            if before != after:
                change = (instant + hour).replace(tzinfo=None)
                yield _Change(change + before, before, after, (instant + hour).astimezone(zone).tzname() or zone.key)


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _component(change: _Change, rule: dict[str, object] | None) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    component.add("dtstart", change.moment)
    component.add("tzoffsetfrom", change.before)
    component.add("tzoffsetto", change.after)
    component.add("tzname", change.name)
    if rule:
        component.add("rrule", rule)
    return component
