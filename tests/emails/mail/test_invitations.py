"""Invitations: read back, put in, moved and taken off."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from eig_sheets.emails.mail.addresses import Address, addresses
from eig_sheets.emails.mail.filters import one_line
from eig_sheets.emails.mail.invitations import invitation, vtimezone
from eig_sheets.emails.mail.messages import Event
from tests.emails.mail.calendar_model import CalendarModel

PARIS = ZoneInfo("Europe/Paris")
WRITTEN_AT = datetime(2021, 4, 20, 14, 0, 0, 123, tzinfo=PARIS)
EVENT = Event(
    "convocation_jury-90001@example.org",
    datetime(2021, 5, 4, 9, 30),
    datetime(2021, 5, 4, 10, 10),
    "Audition : « Boussole des aides »",
    "20, avenue de Ségur ; Paris",
    "Jury à 9 h 30.\nApportez\\vos diapositives, merci.",
)
SENDER = Address("Équipe EIG", "eig@example.org", "eig@example.org")
GUESTS = addresses("Durand, Camille <camille.durand@example.org> ; contact@évêché.example.org")
OPTIONAL = addresses("lou.bernard@example.org")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def ics(event=EVENT, written_at=WRITTEN_AT, zone=PARIS):
    return invitation(event, SENDER, GUESTS, zone, written_at, OPTIONAL)


def appointment(data):
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return event


def property_names(data):
    unfolded = data.decode().replace("\r\n ", "").split("\r\n")
    return {line.partition(":")[0].partition(";")[0] for line in unfolded}


def test_an_invitation_reads_back():
    read, event = Calendar.from_ical(ics()), appointment(ics())
    assert [str(read[name]) for name in ("method", "version", "calscale")] == ["REQUEST", "2.0", "GREGORIAN"]
    assert [str(event[name]) for name in ("summary", "location", "description", "uid", "status")] == [
        EVENT.title,
        EVENT.place,
        EVENT.description,
        EVENT.uid,
        "CONFIRMED",
    ]
    assert event["sequence"] == 0
    assert event["dtstart"].dt == datetime(2021, 5, 4, 7, 30, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2021, 5, 4, 8, 10, tzinfo=UTC)
    assert event["dtstart"].params == {"TZID": "Europe/Paris"}
    assert event["dtstamp"].dt == datetime(2021, 4, 20, 12, 0, tzinfo=UTC)
    assert (event["organizer"], event["organizer"].params["CN"]) == ("mailto:eig@example.org", "Équipe EIG")


def test_each_guest_is_asked_to_answer():
    guests = appointment(ics())["attendee"]
    assert [(str(guest), guest.params["CN"], guest.params["ROLE"]) for guest in guests] == [
        ("mailto:camille.durand@example.org", "Durand, Camille", "REQ-PARTICIPANT"),
        ("mailto:contact@xn--vch-9ladd.example.org", "contact@évêché.example.org", "REQ-PARTICIPANT"),
        ("mailto:lou.bernard@example.org", "lou.bernard@example.org", "OPT-PARTICIPANT"),
    ]
    assert {(guest.params["RSVP"], guest.params["PARTSTAT"]) for guest in guests} == {("TRUE", "NEEDS-ACTION")}


def test_an_appointment_without_place_or_description_has_none():
    event = appointment(ics(replace(EVENT, place="", description=" \n")))
    assert not {"location", "description"} & {name.lower() for name in event}


def test_an_appointment_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="convocation_jury-90001"):
        ics(replace(EVENT, ends=EVENT.starts))


def test_the_same_invitation_is_the_same_bytes():
    assert ics() == ics()


def test_an_update_moves_the_appointment_and_a_cancellation_takes_it_off():
    calendar, other = CalendarModel(), replace(EVENT, uid="autre@example.org")
    moved = replace(EVENT, starts=datetime(2021, 5, 5, 14), ends=datetime(2021, 5, 5, 15), place="En ligne", sequence=1)
    calendar.receive(ics(other))
    calendar.receive(ics())
    assert calendar.shown(EVENT.uid)[0] == datetime(2021, 5, 4, 7, 30, tzinfo=UTC)
    calendar.receive(ics(moved))
    assert calendar.shown(EVENT.uid) == (
        datetime(2021, 5, 5, 12, tzinfo=UTC),
        datetime(2021, 5, 5, 13, tzinfo=UTC),
        "En ligne",
    )
    cancelled = ics(replace(moved, sequence=2, cancelled=True))
    assert str(appointment(cancelled)["status"]) == "CANCELLED"
    calendar.receive(cancelled)
    assert calendar.shown(EVENT.uid) is None
    assert [*calendar.appointments] == ["autre@example.org"]


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), min_size=1, max_size=5), st.randoms())
def test_whatever_the_order_of_arrival_the_last_state_is_shown(changes, chance):
    states = [
        replace(
            EVENT,
            starts=EVENT.starts + timedelta(hours=hours),
            ends=EVENT.ends + timedelta(hours=hours),
            sequence=sequence,
            cancelled=cancelled,
        )
        for sequence, (hours, cancelled) in enumerate(changes)
    ]
    messages, calendar = [ics(state) for state in states], CalendarModel()
    chance.shuffle(messages)
    for message in messages:
        calendar.receive(message)
    last, shown = states[-1], calendar.shown(EVENT.uid)
    assert (shown is None) == last.cancelled
    if shown:
        assert shown[0] == last.starts.replace(tzinfo=PARIS)


@given(TEXT, TEXT, st.lists(TEXT, max_size=3), TEXT)
@example("a;b,c:d\\n", "\\", ["BEGIN:VEVENT", "\\;"], "\\")
@example("é" * 100, "\U0001f600" * 40, ["\r\nX:1", "\u2028"], 'a"^n;:')
def test_whatever_people_wrote_lines_are_short_and_read_back(title, place, description, name):
    sender = Address(one_line(name), "eig@example.org", "eig@example.org")
    event = replace(EVENT, title=title, place=place, description="\n".join(description))
    data = invitation(event, sender, GUESTS, PARIS, WRITTEN_AT)
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert [line.decode() for line in lines]
    assert property_names(data) <= property_names(ics())
    read_back = appointment(data)
    assert str(read_back["summary"]) == one_line(title)
    assert str(read_back.get("location", "")) == one_line(place)
    assert str(read_back.get("description", "")) == "\n".join(map(one_line, event.description.splitlines())).strip()
    assert read_back["organizer"].params["CN"] == (
        re.sub('["^]', "'", one_line(name)).replace("\\", "/") or SENDER.address
    )


@pytest.mark.parametrize(
    "key",
    [
        "Europe/Paris",
        "Indian/Reunion",
        "America/Miquelon",
        "Pacific/Noumea",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
    ],
)
@pytest.mark.parametrize("year", [2021, 2026])
def test_the_zone_in_the_file_says_the_same_hours_as_the_real_one(key, year):
    zone = ZoneInfo(key)
    alone = b"BEGIN:VCALENDAR\r\n" + vtimezone(zone, year).to_ical() + b"END:VCALENDAR\r\n"
    read = tz.tzical(io.StringIO(alone.decode())).get()
    moment = datetime(year, 1, 1, 0, 30)
    while moment.year == year:
        if moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment:
            assert moment.replace(tzinfo=read).utcoffset() == moment.replace(tzinfo=zone).utcoffset(), moment
        moment += timedelta(hours=1)


def test_outlook_gets_one_rule_for_each_change_of_clocks():
    assert [
        (component.name, component["dtstart"].dt, component["rrule"].to_ical())
        for component in vtimezone(PARIS, 2021).subcomponents
    ] == [
        ("DAYLIGHT", datetime(2020, 3, 29, 2), b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        ("STANDARD", datetime(2020, 10, 25, 3), b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    ]
