"""E-mails about advice slots and webinars: their recipients, their appointments, the cell that holds each back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from eig_sheets.emails.drafting.missing_values import missing_values
from eig_sheets.emails.drafting.subjects import People
from eig_sheets.emails.mail.templates import unused
from tests.columns import cell_of
from tests.emails.drafting.support import TEXTS, case
from tests.emails.drafting.test_appointments import event_of
from tests.emails.drafting.test_people import belong
from tests.features.advice.rows import SLOT

pytestmark = pytest.mark.newest

FEBRUARY = date(2021, 2, 10)


@pytest.mark.slow
def test_a_slot_without_an_address_blocks_and_names_its_cell():
    made = case(creneaux=[{**SLOT, "email": None}])
    assert made.reasons("confirmation_creneau", FEBRUARY) == [
        f"« E-mail » est vide : remplissez Créneaux!{cell_of('creneaux', 'email', 2)}."
    ]
    wrong = case(creneaux=[{**SLOT, "email": "claude"}])
    assert wrong.reasons("confirmation_creneau", FEBRUARY) == [
        f"« E-mail » n’est pas une adresse valable : corrigez Créneaux!{cell_of('creneaux', 'email', 2)}."
    ]


@pytest.mark.parametrize(("typed", "minutes"), [(None, 20), (45, 45)])
def test_an_advice_slot_lasts_what_is_typed_or_what_the_configuration_says(typed, minutes):
    event = event_of("confirmation_creneau", FEBRUARY, creneaux=[{**SLOT, "duree": typed}])
    assert event.ends - event.starts == timedelta(minutes=minutes)
    assert event.title.replace("\u202f", " ") == "Rendez-vous : Phare"


@pytest.mark.parametrize("minutes", [0, 1441, 1e14])
def test_a_duration_that_no_calendar_holds_keeps_the_message_back(minutes):
    made = case(creneaux=[{**SLOT, "duree": minutes}])
    assert made.reasons("confirmation_creneau", FEBRUARY) == [
        f"« Durée (min) » va de 1 à 1440 minutes : corrigez Créneaux!{cell_of('creneaux', 'duree', 2)}."
    ]


@pytest.mark.parametrize("minutes", [-5, "une heure"])
def test_a_duration_that_cannot_be_read_keeps_the_message_back(minutes):
    made = case(creneaux=[{**SLOT, "duree": minutes}])
    cell = cell_of("creneaux", "duree", 2)
    assert made.reasons("confirmation_creneau", FEBRUARY) == [
        f"« Durée (min) » ne se lit pas : corrigez Créneaux!{cell}."
    ]


def test_a_webinar():
    event = event_of("invitation_webinaire", date(2021, 2, 23), creneaux=[SLOT])
    assert (event.starts, event.ends) == (datetime(2021, 3, 2, 14), datetime(2021, 3, 2, 15))
    assert event.title.replace("\u202f", " ") == "Webinaire : Préparer sa candidature"


def test_visits_of_one_person_are_distinguished_by_their_moment_and_not_by_their_rank():
    again = {**SLOT, "debut": datetime(2021, 3, 5, 9)}
    other = {**SLOT, "projet": "Autre"}
    made = case(creneaux=[SLOT, again, other]).drafts(FEBRUARY)
    uids = [draft.event.uid for draft in made if draft.template == "confirmation_creneau"]
    held = case(creneaux=[{**SLOT, "statut": "Tenu"}, again]).one("confirmation_creneau", FEBRUARY)
    assert len(set(uids)) == len(uids) == 2  # the same moment twice is one e-mail
    assert held.event.uid == uids[1]


def test_it_belongs_to_who_booked():
    made = case(creneaux=[SLOT])
    assert People(made.reading).of("confirmation_creneau", SLOT["email"]) == {SLOT["email"]}
    assert belong(made, [FEBRUARY]) == {"confirmation_creneau", "invitation_webinaire"}


def test_a_missing_address_is_found_before_the_message_is_due():
    made = case(creneaux=[{**SLOT, "email": None}])
    missing = missing_values(made.reading, made.results, {"confirmation_creneau": TEXTS["confirmation_creneau"]})
    assert [(value.template, value.tab, value.row, value.whom) for value in missing] == [
        ("confirmation_creneau", "Créneaux", 2, None)
    ]


def test_an_invitation_to_a_webinar_says_where_it_is():
    assert unused(TEXTS["invitation_webinaire"]).count("webinaire_lien") == 0
