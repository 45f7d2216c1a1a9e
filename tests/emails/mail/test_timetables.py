"""Agendas of auditions, read by an independent reader: identities stay, changes count up, what is off is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.emails.mail.timetables import agenda, is_agenda

PARIS = ZoneInfo("Europe/Paris")
THEN = datetime(2021, 4, 20, 9, tzinfo=UTC)
LATER = THEN + timedelta(days=1)
NINE = datetime(2021, 5, 4, 9)
ONE = AgendaEntry(
    "audition-1@eig5.eig-sheets", NINE, NINE + timedelta(minutes=40), "Audition du projet « Æ ; , \n»", "Salle 1",
    "N° 1.", settled=True,
)  # fmt: skip
TWO = replace(ONE, uid="audition-2@eig5.eig-sheets", settled=False, place="")


def events(ics: bytes) -> dict[str, dict[str, str]]:
    """The events of a calendar, line by line, by uid: nothing of it is the program's library."""
    by_uid: dict[str, dict[str, str]] = {}
    lines = ics.replace(b"\r\n ", b"").decode().split("\r\n")
    inside: dict[str, str] = {}
    for line in lines:
        if line == "BEGIN:VEVENT":
            inside = {}
        name, _, value = line.partition(":")
        inside[name] = value
        if line == "END:VEVENT":
            by_uid[inside["UID"]] = inside
    return by_uid


def stamp(event: dict[str, str]) -> datetime:
    return datetime.strptime(event["DTSTAMP"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def written(*entries: AgendaEntry, before: bytes | None = None, at: datetime = THEN) -> bytes:
    return agenda("Auditions", entries, PARIS, at, before)


def test_an_agenda_says_when_where_and_whether_it_is_settled():
    ics = written(ONE, TWO)
    first, second = events(ics).values()
    assert first["DTSTART;TZID=Europe/Paris"] == "20210504T090000"
    assert first["DTEND;TZID=Europe/Paris"] == "20210504T094000"
    assert first["SUMMARY"] == "Audition du projet « Æ \\; \\, »"
    assert (first["LOCATION"], first["STATUS"], first["SEQUENCE"]) == ("Salle 1", "CONFIRMED", "0")
    assert (second.get("LOCATION"), second["STATUS"]) == (None, "TENTATIVE")
    assert stamp(first) == THEN
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
    assert ics.count(b"BEGIN:VTIMEZONE") == 1


def test_what_did_not_change_is_the_same_bytes():
    before = written(ONE, TWO)
    assert written(ONE, TWO, before=before, at=LATER) == before


def test_what_moved_keeps_its_identity_and_counts_up():
    before = written(ONE, TWO)
    moved = replace(TWO, starts=NINE + timedelta(hours=1), ends=NINE + timedelta(hours=2))
    after = events(written(ONE, moved, before=before, at=LATER))
    assert after[ONE.uid] == events(before)[ONE.uid]
    assert (after[TWO.uid]["SEQUENCE"], stamp(after[TWO.uid])) == ("1", LATER)
    assert after[TWO.uid]["DTSTART;TZID=Europe/Paris"] == "20210504T100000"


def test_it_never_counts_lower_than_the_invitation_of_its_applicants():
    before = written(ONE)
    assert events(written(replace(ONE, sequence=3), before=before, at=LATER))[ONE.uid]["SEQUENCE"] == "3"


def test_what_is_held_no_more_is_cancelled_once_and_may_come_back():
    gone = written(ONE, before=written(ONE, TWO), at=LATER)
    assert (events(gone)[TWO.uid]["STATUS"], events(gone)[TWO.uid]["SEQUENCE"]) == ("CANCELLED", "1")
    assert written(ONE, before=gone, at=LATER + timedelta(days=1)) == gone
    back = events(written(ONE, TWO, before=gone, at=LATER))[TWO.uid]
    assert (back["STATUS"], back["SEQUENCE"]) == ("TENTATIVE", "2")


@pytest.mark.parametrize(
    "ics", [b"", b"BEGIN:VCALENDAR\r\nPRODID:-//autre//FR\r\nEND:VCALENDAR\r\n", b"\xff\xfe", b"BEGIN:X"]
)
def test_a_calendar_of_somebody_else_s_is_not_ours(ics):
    assert not is_agenda(ics)
    assert is_agenda(written())
