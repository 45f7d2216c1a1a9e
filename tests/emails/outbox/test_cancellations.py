"""Cancelling: those who were told of an appointment that is no longer due are told so, once."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.emails.outlets.base import Outcome
from tests.emails.outbox.office import DOSSIERS, INVITED, REFUSED, copied, invitation, made, number, refused
from tests.workbook.xlsx_desk import edit

OFF = f"annulation-{INVITED}"


@pytest.fixture(scope="module")
def after_the_send(first_night, tmp_path_factory):
    """The invitation has left: not to be changed."""
    office = copied(first_night, tmp_path_factory.mktemp("envoi") / "campagne")
    office.send(INVITED)
    return office


@pytest.fixture
def told(after_the_send, tmp_path):
    """The invitation has left."""
    return copied(after_the_send, tmp_path / "campagne")


def cancelled(office):
    """The ids of cancellations that have a row."""
    return [one for one in office.ids if str(one).startswith("annulation")]


def withdraw(office):
    office.decide("90001", "Décision", "Désisté")
    office.night()


def test_an_appointment_that_is_no_longer_due_is_cancelled_once(told):
    withdraw(told)
    assert cancelled(told) == [OFF]
    row = told.row(OFF)
    assert row["Destinataires"] == "porteur90001@exemple.invalid"
    assert row["Copie"] == "second90001@exemple.invalid ; mentor90001@exemple.invalid"
    assert (row["N° de dossier"], row["Pièces jointes"]) == ("90001", "invitation.ics")
    box = told.send(OFF)
    [(message, recipients)] = box.received.values()
    assert number(box) == 1
    assert b"METHOD:CANCEL" in message.as_bytes()
    assert {one.partition("@")[0] for one in recipients} == {"porteur90001", "second90001", "mentor90001"}
    for _ in range(2):
        told.night()
        assert cancelled(told) == [OFF]
    assert [one for one in told.ready if "90001" in one] == []


@pytest.mark.slow
def test_the_uid_is_that_of_the_invitation(office):
    sent = office.send(INVITED)
    withdraw(office)
    assert uid(office.send(OFF)) == uid(sent)


def uid(box):
    return invitation(box).partition(b"UID:")[2].split(b"\r\n")[0]


def test_it_goes_to_those_who_were_invited(office):
    office.type("Destinataires", INVITED, "mentor90001@exemple.invalid")
    office.type("Copie", INVITED, None)
    office.night()
    office.send(INVITED)
    office.decide("90001", "E-mail du porteur", "nouveau@exemple.invalid")
    withdraw(office)
    assert (office.row(OFF)["Destinataires"], office.row(OFF)["Copie"]) == ("mentor90001@exemple.invalid", None)


def test_it_goes_to_nobody_that_a_sort_put_there_since(told):
    told.swap(["Destinataires", "Copie"], INVITED, REFUSED)
    withdraw(told)
    assert (told.row(OFF)["Destinataires"], told.row(OFF)["Copie"]) == ("porteur90001@exemple.invalid", None)


def test_it_goes_out_when_the_row_or_the_dossier_is_there_no_more(told):
    told.delete(INVITED)
    row = int(told.robot.tab(DOSSIERS).cell("N° de dossier", "90001")[1:])
    edit(told.path, "delete_row", tab=DOSSIERS, at=row)
    told.night()
    assert told.row(OFF)["Destinataires"] == "porteur90001@exemple.invalid"
    assert OFF in told.ready


@pytest.mark.slow
def test_an_invitation_that_may_have_left_is_cancelled(office):
    office.send(INVITED, outcome=Outcome.UNCERTAIN)
    withdraw(office)
    assert cancelled(office) == [OFF]


@pytest.mark.parametrize("outcome", [None, Outcome.REFUSED, Outcome.DEFERRED])
def test_an_invitation_that_did_not_leave_is_not(office, outcome):
    if outcome:
        office.send(INVITED, outcome=outcome)
    withdraw(office)
    assert cancelled(office) == []
    assert office.states[INVITED] == "Obsolète"


def test_a_row_that_lacks_a_value_cancels_nothing(told):
    told.decide("90001", "Questions de présélection", None)
    told.night()
    assert cancelled(told) == []


def test_a_template_that_is_switched_off_cancels_nothing(told):
    names = '["accuse_reception", "accuse_talent"]'
    told.configure(names, '["accuse_reception", "accuse_talent", "convocation_jury"]')
    told.night()
    assert cancelled(told) == []


def test_whoever_wants_no_more_e_mails_is_not_told(told):
    told.configure("never = []", 'never = ["porteur90001@exemple.invalid"]')
    told.night()
    assert cancelled(told) == []
    withdraw(told)
    assert cancelled(told) == []
    assert "emails.never" in told.said(OFF)


def test_the_past_is_not_cancelled(told):
    told.robot.today = date(2021, 5, 4)
    withdraw(told)
    assert cancelled(told) == [OFF]
    told.robot.today = date(2021, 5, 5)
    told.night()
    assert told.states[OFF] == "Obsolète"


def test_an_audition_that_is_over_is_not_cancelled(told):
    told.robot.today = date(2021, 5, 5)
    withdraw(told)
    assert cancelled(told) == []


def test_it_is_taken_back_when_the_appointment_is_on_again(told):
    withdraw(told)
    told.decide("90001", "Décision", None)
    told.night()
    assert told.states[OFF] == "Obsolète"
    assert [one for one in told.ready if "90001" in one] == []


def test_once_cancelled_it_is_told_anew_as_another_appointment(told):
    withdraw(told)
    first = uid(told.send(OFF))
    told.decide("90001", "Décision", None)
    told.night()
    again = f"{INVITED}.v2"
    assert [one for one in told.ready if "90001" in one] == [again]
    second = told.send(again)
    assert (number(second), uid(second) == first) == (0, False)
    withdraw(told)
    assert cancelled(told) == [OFF, f"annulation-{INVITED}-v2"]
    off = told.send(f"annulation-{INVITED}-v2")
    assert (number(off), uid(off)) == (1, uid(second))


def test_an_audition_that_is_erased_is_cancelled(told):
    told.decide("90001", "Audition décidée", None)
    told.night()
    assert cancelled(told) == [OFF]
    assert "à 9" in told.row(OFF)["Objet"]


def test_one_that_cannot_be_read_any_more_is_not(told):
    told.decide("90001", "Audition décidée", "mardi 4 ou mercredi 5 mai")
    told.night()
    assert cancelled(told) == []


def test_an_appointment_that_moved_is_cancelled_once_whatever_was_told(told):
    told.decide("90001", "Audition décidée", datetime(2021, 5, 4, 14))
    told.night()
    told.send(f"{INVITED}.v2")
    withdraw(told)
    assert cancelled(told) == [f"annulation-{INVITED}-v2"]
    assert number(told.send(f"annulation-{INVITED}-v2")) == 2


def test_a_deleted_cancellation_does_not_come_back(told):
    withdraw(told)
    told.delete(OFF)
    told.night()
    assert cancelled(told) == []
    assert told.states[OFF] == "Retiré"


def test_a_lost_state_cancels_no_more_and_no_less(told):
    told.lose_state()
    withdraw(told)
    assert cancelled(told) == [OFF]
    assert told.row(OFF)["Copie"] is not None


def slot(hour, **fields):
    return {
        "debut": datetime(2021, 5, 19, hour), "reserve_par": "Claude Roux", "email": "claude@exemple.invalid",
        "projet": "Phare", "statut": "Réservé", **fields,
    }  # fmt: skip


@pytest.fixture
def booked(tmp_path):
    """Somebody booked two slots about one project, and was told so."""
    office = made(tmp_path / "campagne", candidatures=[refused("90002")], creneaux=[slot(9), slot(15)])
    office.send(*(one for one in office.ids if one.startswith("confirmation")))
    return office


def test_a_slot_that_is_freed_is_cancelled(booked):
    edit(booked.path, "set", tab="Créneaux", cell=status(booked, 15), value="Libre")
    booked.night()
    [off] = cancelled(booked)
    assert "1500" in off
    assert booked.row(off)["Destinataires"] == "claude@exemple.invalid"
    assert "à 15" in booked.row(off)["Objet"]


def test_a_slot_that_moves_is_an_update_and_no_cancellation(booked):
    cell = booked.robot.tab("Créneaux").cell("Début", datetime(2021, 5, 19, 15))
    edit(booked.path, "set", tab="Créneaux", cell=cell, value=datetime(2021, 5, 19, 16))
    booked.night()
    assert cancelled(booked) == []
    [moved] = booked.ready.keys() - {REFUSED}
    assert "1600" in moved
    assert number(booked.send(moved)) == 1


def status(office, hour):
    return office.robot.tab("Créneaux").cell("Statut", datetime(2021, 5, 19, hour), "Début")
