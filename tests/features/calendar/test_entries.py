"""The calendar of a call: every date of its configuration, under an identity that stays, and nobody's name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from eig_sheets import config
from eig_sheets.config import with_sections
from eig_sheets.emails.call_dates import Dates, entry
from eig_sheets.emails.mail.timetables import agenda
from eig_sheets.features.calendar.commands import calendar_entries
from eig_sheets.installed import FEATURES
from eig_sheets.registry import Feature, Features
from tests.columns import EIG5

pytestmark = pytest.mark.newest


def met(campaign):
    starts = datetime(2021, 3, 3, 14)
    yield entry(campaign, "rencontre", "Rencontre", starts, starts + timedelta(hours=1), "Paris")


MEETING = Feature(id="meeting", title="les rencontres", page="", occasional=lambda: (Dates(met),))
CALL = config.load(EIG5.path, features=Features((*FEATURES, MEETING)))
"""A call with a feature that has a date at an hour."""
NOON = datetime(2021, 1, 10, 12, tzinfo=UTC)


def with_emails(**changes):
    return with_sections(CALL, {"emails": {**CALL.emails.model_dump(), **changes}})


def events(campaign=CALL, before=None, at=NOON):
    ics = agenda("EIG5", calendar_entries(campaign), campaign.zone, at, before)
    entries = Calendar.from_ical(ics).walk("VEVENT")
    return ics, {str(event["UID"]).partition("@")[0].removeprefix("calendrier-"): event for event in entries}


def test_the_dates_of_eig5_are_there():
    _, entries = events()
    days = {name: event.decoded("dtstart") for name, event in entries.items()}
    assert days["ouverture"] == date(2021, 2, 1)
    assert days["cloture"] == date(2021, 4, 7)
    assert (days["audition-1"], days["audition-2"]) == (date(2021, 5, 4), date(2021, 5, 5))
    assert (days["debut"], days["fin"]) == (date(2021, 9, 13), date(2022, 7, 12))
    meeting = entries["rencontre"]
    starts = datetime(2021, 3, 3, 14, tzinfo=EIG5.zone)
    assert (meeting.decoded("dtstart"), meeting.decoded("dtend")) == (starts, starts + timedelta(hours=1))


@pytest.mark.needs("talents")
def test_those_of_candidates_are_too():
    days = {name: event.decoded("dtstart") for name, event in events()[1].items()}
    assert [days[f"talents-audition-{n}"].day for n in range(1, 6)] == [7, 8, 9, 14, 15]
    assert (days["talents-projets"], days["talents-voeux"]) == (date(2021, 5, 24), date(2021, 5, 31))


def test_a_day_lasts_all_of_it_and_ends_the_day_after():
    for event in events()[1].values():
        starts, ends = event.decoded("dtstart"), event.decoded("dtend")
        if not isinstance(starts, datetime):
            assert (ends - starts, event["dtstart"].params["VALUE"]) == (timedelta(days=1), "DATE")


def test_what_a_calendar_program_asks_of_the_file():
    ics, entries = events()
    lines = ics.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert len(entries) == len(calendar_entries(CALL))
    for event in entries.values():
        assert {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS"} <= event.keys()
    assert len(Calendar.from_ical(ics).walk("VTIMEZONE")) == 1


def test_it_has_what_google_outlook_and_apple_need_to_subscribe_to_it():
    """Read without a library, as the strictest of them would: RFC 5545, and a calendar that is published, not sent."""
    ics = events()[0]
    lines = ics.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    assert (lines[:2], lines[-2:]) == (["BEGIN:VCALENDAR", "VERSION:2.0"], ["END:VCALENDAR", ""])
    assert not ics.startswith(b"\xef\xbb\xbf")
    assert [line for line in lines if line.startswith("METHOD")] == ["METHOD:PUBLISH"]
    assert {"PRODID", "X-WR-CALNAME"} <= {line.partition(":")[0] for line in lines}
    assert not [line for line in lines if line.startswith(("ORGANIZER", "ATTENDEE", "BEGIN:VALARM"))]
    zones = {line.partition(":")[2] for line in lines if line.startswith("TZID:")}
    used = {part.partition("=")[2] for line in lines for part in line.partition(":")[0].split(";") if "TZID=" in part}
    assert zones == used == {"Europe/Paris"}
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len({*uids}) == lines.count("BEGIN:VEVENT")
    assert all(line.endswith("Z") for line in lines if line.startswith("DTSTAMP"))
    assert ics.count(b"BEGIN:") == ics.count(b"END:")


def test_written_again_it_is_the_same_byte_for_byte():
    first, _ = events()
    assert events(before=first, at=NOON + timedelta(days=3))[0] == first


def test_a_date_that_moves_keeps_its_identity_and_one_that_goes_is_cancelled():
    first, before = events()
    moved, after = events(with_emails(jury_dates="les 11 et 12 mai 2021", announced=None), first)
    assert {name for name in before if before[name]["UID"] not in {event["UID"] for event in after.values()}} == set()
    assert after["audition-1"].decoded("dtstart") == date(2021, 5, 11)
    assert int(after["audition-1"]["SEQUENCE"]) == int(before["audition-1"]["SEQUENCE"]) + 1
    one_day, last = events(with_emails(jury_dates="le 11 mai 2021"), moved)
    assert str(last["audition-2"]["STATUS"]) == "CANCELLED"
    assert one_day != moved


@pytest.mark.needs("talents")
def test_what_a_call_has_not_is_left_out():
    names = {*events(with_sections(CALL, {"talents": {}}))[1]}
    assert "talents-ouverture" not in names
    assert "ouverture" in names


def test_a_feature_that_the_call_turns_off_gives_no_date():
    text = EIG5.path.read_text(encoding="utf-8") + '\n[features]\nwithout = ["meeting"]\n'
    without = config.load(EIG5.path, text, Features((*FEATURES, MEETING)))
    assert [one for one in calendar_entries(CALL) if one not in calendar_entries(without)] == [*met(CALL)]
