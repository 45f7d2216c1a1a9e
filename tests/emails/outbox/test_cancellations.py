"""Cancelling: those who were told of an appointment that is no longer due are told so, once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.emails.outlets.base import DeliveryOutcome
from tests.effort import first
from tests.emails.outbox.team import DOSSIERS, INVITED, REFUSED, copied, invitation, number
from tests.spreadsheet.xlsx_desk import edit

OFF = f"annulation-{INVITED}"


@pytest.fixture(scope="module")
def after_the_send(first_night, tmp_path_factory):
    """The invitation has left: not to be changed."""
    team = copied(first_night, tmp_path_factory.mktemp("envoi") / "campagne")
    team.send(INVITED)
    return team


@pytest.fixture
def invited_team(after_the_send, tmp_path):
    """The invitation has left."""
    return copied(after_the_send, tmp_path / "campagne")


def cancelled(team):
    """The ids of cancellations that have a row."""
    return [sending_id for sending_id in team.ids if str(sending_id).startswith("annulation")]


def withdraw(team):
    team.decide("90001", "Décision", "Désisté")
    team.night()


@pytest.mark.slow
def test_an_appointment_that_is_no_longer_due_is_cancelled_once(invited_team):
    withdraw(invited_team)
    assert cancelled(invited_team) == [OFF]
    row = invited_team.row(OFF)
    assert row["Destinataires"] == "porteur90001@exemple.invalid"
    assert row["Copie"] == "second90001@exemple.invalid ; mentor90001@exemple.invalid"
    assert (row["N° de dossier"], row["Pièces jointes"]) == ("90001", "invitation.ics")
    box = invited_team.send(OFF)
    [(message, recipients)] = box.received.values()
    assert number(box) == 1
    assert b"METHOD:CANCEL" in message.as_bytes()
    assert {recipient.partition("@")[0] for recipient in recipients} == {"porteur90001", "second90001", "mentor90001"}
    for _ in range(2):
        invited_team.night()
        assert cancelled(invited_team) == [OFF]
    assert [sending_id for sending_id in invited_team.ready if "90001" in sending_id] == []


@pytest.mark.slow
def test_the_uid_is_that_of_the_invitation(team):
    sent = team.send(INVITED)
    withdraw(team)
    assert uid(team.send(OFF)) == uid(sent)


def uid(box):
    return invitation(box).partition(b"UID:")[2].split(b"\r\n")[0]


@pytest.mark.slow
def test_it_goes_to_those_who_were_invited(team):
    team.type("Destinataires", INVITED, "mentor90001@exemple.invalid")
    team.type("Copie", INVITED, None)
    team.night()
    team.send(INVITED)
    team.decide("90001", "E-mail du porteur", "nouveau@exemple.invalid")
    withdraw(team)
    assert (team.row(OFF)["Destinataires"], team.row(OFF)["Copie"]) == ("mentor90001@exemple.invalid", None)


@pytest.mark.slow
def test_it_goes_to_nobody_that_a_sort_put_there_since(invited_team):
    invited_team.swap(["Destinataires", "Copie"], INVITED, REFUSED)
    withdraw(invited_team)
    assert (invited_team.row(OFF)["Destinataires"], invited_team.row(OFF)["Copie"]) == (
        "porteur90001@exemple.invalid",
        None,
    )


@pytest.mark.slow
def test_it_goes_out_when_the_row_or_the_dossier_is_there_no_more(invited_team):
    invited_team.delete(INVITED)
    row = int(invited_team.robot.tab(DOSSIERS).cell("N° de dossier", "90001")[1:])
    edit(invited_team.path, "delete_row", tab=DOSSIERS, at=row)
    invited_team.night()
    assert invited_team.row(OFF)["Destinataires"] == "porteur90001@exemple.invalid"
    assert OFF in invited_team.ready


@pytest.mark.slow
def test_an_invitation_that_may_have_left_is_cancelled(team):
    team.send(INVITED, outcome=DeliveryOutcome.UNCERTAIN)
    withdraw(team)
    assert cancelled(team) == [OFF]


@pytest.mark.slow
@pytest.mark.parametrize("outcome", first(1, [None, DeliveryOutcome.REFUSED, DeliveryOutcome.DEFERRED]))
def test_an_invitation_that_did_not_leave_is_not(team, outcome):
    if outcome:
        team.send(INVITED, outcome=outcome)
    withdraw(team)
    assert cancelled(team) == []
    assert team.states[INVITED] == "Obsolète"


@pytest.mark.slow
def test_a_row_that_lacks_a_value_cancels_nothing(invited_team):
    invited_team.decide("90001", "Questions de présélection", None)
    invited_team.night()
    assert cancelled(invited_team) == []


def test_a_template_that_is_switched_off_cancels_nothing(invited_team):
    names = '["accuse_reception"]'
    invited_team.configure(names, '["accuse_reception", "convocation_jury"]')
    invited_team.night()
    assert cancelled(invited_team) == []


@pytest.mark.slow
def test_a_person_who_wants_no_more_e_mails_is_not_notified(invited_team):
    invited_team.configure("never = []", 'never = ["porteur90001@exemple.invalid"]')
    invited_team.night()
    assert cancelled(invited_team) == []
    withdraw(invited_team)
    assert cancelled(invited_team) == []
    assert "emails.never" in invited_team.said(OFF)


@pytest.mark.slow
def test_the_past_is_not_cancelled(invited_team):
    invited_team.robot.today = date(2021, 5, 4)
    withdraw(invited_team)
    assert cancelled(invited_team) == [OFF]
    invited_team.robot.today = date(2021, 5, 5)
    invited_team.night()
    assert invited_team.states[OFF] == "Obsolète"


@pytest.mark.slow
def test_an_audition_that_is_over_is_not_cancelled(invited_team):
    invited_team.robot.today = date(2021, 5, 5)
    withdraw(invited_team)
    assert cancelled(invited_team) == []


@pytest.mark.slow
def test_it_is_taken_back_when_the_appointment_is_on_again(invited_team):
    withdraw(invited_team)
    invited_team.decide("90001", "Décision", None)
    invited_team.night()
    assert invited_team.states[OFF] == "Obsolète"
    assert [sending_id for sending_id in invited_team.ready if "90001" in sending_id] == []


@pytest.mark.slow
def test_once_cancelled_it_is_another_appointment(invited_team):
    withdraw(invited_team)
    first = uid(invited_team.send(OFF))
    invited_team.decide("90001", "Décision", None)
    invited_team.night()
    again = f"{INVITED}.v2"
    assert [sending_id for sending_id in invited_team.ready if "90001" in sending_id] == [again]
    second = invited_team.send(again)
    assert (number(second), uid(second) == first) == (0, False)
    withdraw(invited_team)
    assert cancelled(invited_team) == [OFF, f"annulation-{INVITED}-v2"]
    off = invited_team.send(f"annulation-{INVITED}-v2")
    assert (number(off), uid(off)) == (1, uid(second))


@pytest.mark.slow
def test_an_audition_that_is_erased_is_cancelled(invited_team):
    invited_team.decide("90001", "Audition décidée", None)
    invited_team.night()
    assert cancelled(invited_team) == [OFF]
    assert "à 9" in invited_team.row(OFF)["Objet"]


@pytest.mark.slow
def test_one_that_cannot_be_read_any_more_is_not(invited_team):
    invited_team.decide("90001", "Audition décidée", "mardi 4 ou mercredi 5 mai")
    invited_team.night()
    assert cancelled(invited_team) == []


@pytest.mark.slow
def test_an_appointment_that_moved_is_cancelled_once_whatever_was_sent(invited_team):
    invited_team.decide("90001", "Audition décidée", datetime(2021, 5, 4, 14))
    invited_team.night()
    invited_team.send(f"{INVITED}.v2")
    withdraw(invited_team)
    assert cancelled(invited_team) == [f"annulation-{INVITED}-v2"]
    assert number(invited_team.send(f"annulation-{INVITED}-v2")) == 2


@pytest.mark.slow
def test_a_deleted_cancellation_does_not_come_back(invited_team):
    withdraw(invited_team)
    invited_team.delete(OFF)
    invited_team.night()
    assert cancelled(invited_team) == []
    assert invited_team.states[OFF] == "Retiré"


def test_a_lost_state_cancels_no_more_and_no_less(invited_team):
    invited_team.lose_state()
    withdraw(invited_team)
    assert cancelled(invited_team) == [OFF]
    assert invited_team.row(OFF)["Copie"] is not None
