"""Appointments that move or are called off once people were told: their calendars follow, by what they received."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests import in_memory
from tests.clock import today
from tests.emails.mail.calendar_model import CalendarModel
from tests.end_to_end.sending.campaign import address, made, refused

pytestmark = pytest.mark.in_memory

PARIS = ZoneInfo("Europe/Paris")
SOON = datetime.combine(today() + timedelta(days=30), time(9, 30))
ID, NUMBER = "convocation_jury-4512000", "4512000"


@pytest.fixture(scope="module")
def invited(tmp_path_factory):
    """Two dossiers that the jury will hear: not to be changed."""
    due = {"decision": None, "preselection": "Présélectionné", "questions": "Qui s’en sert ?", "audition": SOON}
    without = {"paid_from = 2021-10-01": ""}  # without its months, a call of 2021 bounds no audition
    dossiers = [{**refused(place), **due} for place in range(2)]
    return made(tmp_path_factory.mktemp("invited") / "campaign", dossiers, without)


@pytest.fixture
def notified(invited, tmp_path, post, request):
    """The same, once one of the two was invited."""
    team = invited.copy(tmp_path / "campaign", memory=in_memory.is_for(request))
    team.serve(post.port)
    sent(team, ID)
    return team


def sent(team, sending_id):
    team.tick(sending_id)
    done = team.send(1)
    assert done.code == 0, done


def agenda(post):
    """The calendar of who is invited, once everything was received in any order; and each message's number."""
    calendar, heard = CalendarModel(), []
    letters = [letter.invitation for letter in post.of(address(0)) if letter.invitation]
    for ics in letters:
        [event] = Calendar.from_ical(ics).walk("VEVENT")
        heard.append((str(Calendar.from_ical(ics)["method"]), str(event["uid"]), int(event["sequence"])))
    for ics in reversed(letters):
        calendar.receive(ics)
    return calendar, heard


def hours(calendar, uid):
    shown = calendar.shown(uid)
    return shown and shown[0].astimezone(PARIS).replace(tzinfo=None)


def typed(team, **cells):
    team.type_in("Candidatures", {(NUMBER, header.replace("_", " ")): value for header, value in cells.items()})
    done = team.run("sync")
    assert done.code == 0, done


@pytest.mark.slow
def test_it_moves_then_is_called_off(notified, post):
    calendar, [(method, uid, first)] = agenda(post)
    assert (method, hours(calendar, uid)) == ("REQUEST", SOON)

    later = SOON + timedelta(days=1, hours=2)
    typed(notified, Audition_décidée=later)
    assert (notified.states[ID], notified.states[f"{ID}.v2"]) == ("Envoyé", "À valider")
    sent(notified, f"{ID}.v2")
    calendar, heard = agenda(post)
    assert heard[1:] == [("REQUEST", uid, first + 1)]
    assert hours(calendar, uid) == later

    typed(notified, Décision="Désisté")
    [off] = [one for one in notified.states if one.startswith("annulation-")]
    sent(notified, off)
    calendar, heard = agenda(post)
    assert heard[2:] == [("CANCEL", uid, first + 2)]
    assert calendar.shown(uid) is None
    assert notified.run("sync").code == 0
    assert set(notified.states.values()) == {"Envoyé", "À valider"}
    assert [one for one, state in notified.states.items() if state == "À valider"] == ["convocation_jury-4512001"]


@pytest.mark.slow
def test_it_is_called_off_then_is_due_again(notified, post):
    typed(notified, Audition_décidée=None, Présélection=None)
    [off] = [one for one in notified.states if one.startswith("annulation-")]
    assert notified.states[off] == "À valider"
    sent(notified, off)
    typed(notified, Audition_décidée=SOON, Présélection="Présélectionné")
    sent(notified, f"{ID}.v2")
    calendar, heard = agenda(post)
    [(_, uid, first), *later] = heard
    [off, (asked, new, number)] = later
    assert off == ("CANCEL", uid, first + 1)
    assert (asked, number, new == uid) == ("REQUEST", 0, False)
    assert (hours(calendar, uid), hours(calendar, new)) == (None, SOON)


@pytest.mark.slow
def test_it_is_called_off_when_its_hour_is_erased(notified, post):
    typed(notified, Audition_décidée=None)
    [off] = [one for one in notified.states if one.startswith("annulation-")]
    sent(notified, off)
    calendar, [(_, uid, first), *later] = agenda(post)
    assert later == [("CANCEL", uid, first + 1)]
    assert calendar.shown(uid) is None


@pytest.mark.slow
def test_it_moves_and_comes_back_before_anything_was_sent(notified, post):
    typed(notified, Audition_décidée=SOON + timedelta(hours=1))
    notified.tick(f"{ID}.v2")
    typed(notified, Audition_décidée=SOON)
    assert notified.states[f"{ID}.v2"] == "Obsolète"
    assert notified.run("emails", "send").code == 0
    assert len(post.of(address(0))) == 1


@pytest.mark.slow
@pytest.mark.on_a_file
def test_what_is_doubtful_is_not_moved_twice(notified, post, killer):
    """A move whose sending was cut: once a person says that it left, nothing more is due; else it is due again."""
    later = SOON + timedelta(days=2)
    typed(notified, Audition_décidée=later)
    notified.tick(f"{ID}.v2")
    killer(notified).killed("emails", "send", "--confirm", "1", where=("delivered", "before", 1))
    assert notified.run("sync").code == 0
    assert notified.states[f"{ID}.v2"] == "Incertain"
    assert f"{ID}.v3" not in notified.states
    assert notified.run("emails", "settle", f"{ID}.v2", "--not-sent").code == 0
    assert notified.send(1).code == 0
    calendar, heard = agenda(post)
    [(_, uid, first), *later_ones] = heard
    assert later_ones == [("REQUEST", uid, first + 1)]
    assert hours(calendar, uid) == later


@pytest.mark.slow
def test_a_state_that_was_lost_forgets_no_appointment(notified, post):
    notified.lose_the_state()
    assert notified.run("state", "adopt").code == 0
    later = SOON + timedelta(days=1)
    typed(notified, Audition_décidée=later)
    sent(notified, f"{ID}.v2")
    calendar, heard = agenda(post)
    [(_, uid, first), *later_ones] = heard
    assert later_ones == [("REQUEST", uid, first + 1)]
    assert hours(calendar, uid) == later
