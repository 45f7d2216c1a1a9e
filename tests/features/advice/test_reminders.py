"""Reminders of appointments: they leave once, and calendars show one event, whatever changes around them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.effort import first
from tests.features.advice.calendars import CLAUDE, AdviceTeam, slot, webinar

EVE, MARCH_15 = date(2021, 3, 14), datetime(2021, 3, 15)
TEMPLATES = ("confirmation_creneau", "rappel_creneau", "annulation")


def sent(team: AdviceTeam) -> list[str]:
    """What leaves, without the person."""
    return [sending_id.split("-claude-")[0] for sending_id in team.send_all()]


@pytest.mark.slow
def test_a_reminder_leaves_once_and_adds_no_second_event():
    team = AdviceTeam([slot(9)])
    assert sent(team) == ["confirmation_creneau"]
    uids = team.uids()
    assert sent(team) == []
    team.today = EVE
    assert sent(team) == ["rappel_creneau"]
    assert sent(team) == []
    assert (team.uids(), team.calendar()) == (uids, [(MARCH_15 + timedelta(hours=9), "Rendez-vous : Phare")])
    team.today = MARCH_15.date()
    assert sent(team) == []


@pytest.mark.slow
def test_two_slots_have_each_their_reminder_and_their_event():
    team = AdviceTeam([slot(9), slot(15)])
    team.send_all()
    uids, team.today = team.uids(), EVE
    team.slots.reverse()
    assert sent(team) == ["rappel_creneau"] * 2
    assert (team.uids(), len(team.calendar())) == (uids, 2)


@pytest.mark.slow
@pytest.mark.parametrize("lost", first(1, [True, False]))
def test_a_slot_that_is_called_off_or_moved_after_its_reminder_is_one_event_still(lost):
    team = AdviceTeam([slot(9)])
    team.send_all()
    uids, team.today = team.uids(), EVE
    team.send_all()
    if lost:
        team.lose_state()
    team.slots[0]["debut"] = MARCH_15 + timedelta(hours=11)
    assert sent(team) == ["confirmation_creneau", "rappel_creneau"]  # of the new hour, once it was confirmed
    assert (team.uids(), [starts.hour for starts, _ in team.calendar()]) == (uids, [11])
    team.slots[0]["statut"] = "Annulé"
    assert sent(team) == ["annulation-confirmation_creneau"]
    assert team.calendar() == []
    assert sent(team) == []


@pytest.mark.slow
def test_a_place_that_changes_after_the_reminder_is_told_by_both_and_stays_one_event():
    team = AdviceTeam([slot(9)])
    team.send_all()
    uids, team.today = team.uids(), EVE
    team.send_all()
    team.slots[0]["duree"] = 40
    assert sent(team) == ["confirmation_creneau"]
    assert team.uids() == uids
    assert len(team.calendar()) == 1


def test_switched_off_confirmations_leave_reminders_alone_with_the_event():
    team = AdviceTeam([slot(9)])
    team.disabled = (*team.disabled, "confirmation_creneau")
    assert sent(team) == []
    team.today = EVE
    assert sent(team) == ["rappel_creneau"]
    assert len(team.calendar()) == 1


@pytest.mark.slow
def test_a_webinar_is_one_event_for_who_was_invited_then_registers_then_is_reminded():
    team = AdviceTeam([slot(9)], webinars=(webinar("Présentation", 2),))
    assert sorted(sent(team)) == ["confirmation_creneau", "invitation_webinaire"]
    uids = team.uids()
    team.registrations = [{"webinaire": "Présentation", "nom": "Claude Roux", "email": CLAUDE}]
    assert sent(team) == []  # the invitation says it already
    team.today = date(2021, 3, 1)
    assert sent(team) == ["rappel_webinaire"]
    assert team.uids() == uids
    assert len(team.calendar()) == 2


@pytest.mark.slow
def test_who_registers_is_confirmed_then_reminded_as_one_event():
    team = AdviceTeam(webinars=(webinar("Présentation", 2),))
    team.registrations = [{"webinaire": "Présentation", "email": CLAUDE}] * 2
    assert sent(team) == ["confirmation_inscription"]
    team.today = date(2021, 3, 1)
    assert sent(team) == ["rappel_webinaire"]
    assert len(team.uids()) == len(team.calendar()) == 1
