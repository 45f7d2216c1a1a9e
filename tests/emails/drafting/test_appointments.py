"""Appointments: when, how long, where, and the uid of one that nobody was told of yet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.columns import cell_of
from tests.emails.drafting.support import DOSSIER, EIG5, SLOT, TALENT, campaign, case

APRIL, JUNE, FEBRUARY = date(2021, 4, 20), date(2021, 6, 1), date(2021, 2, 10)


def _event(template: str, today: date, rules=EIG5, **tabs):
    return case(rules=rules, **tabs).one(template, today).event


def test_an_audition_before_the_jury():
    event = _event("convocation_jury", APRIL, campaign(audition_place="20 avenue de Ségur"), candidatures=[DOSSIER])
    assert (event.uid, event.place) == ("audition-90001@eig5.eig-sheets", "20 avenue de Ségur")
    assert (event.starts, event.ends) == (datetime(2021, 5, 4, 9, 30), datetime(2021, 5, 4, 9, 50))
    assert event.title.replace("\u202f", " ") == "Audition du projet « Boussole des aides »"
    assert event.description.replace("\u202f", " ") == (
        "Dossier n° 90001. Une question, un empêchement ? eig@data.gouv.fr"
    )


def test_a_candidate_s_audition():
    event = _event("convocation_talent", JUNE, candidatures=[DOSSIER], talents=[TALENT])
    assert (event.uid, event.ends - event.starts) == ("audition-talent-70012@eig5.eig-sheets", timedelta(minutes=30))
    assert event.title.startswith("Audition")


@pytest.mark.parametrize(("typed", "minutes"), [(None, 20), (45, 45)])
def test_an_advice_slot_lasts_what_is_typed_or_what_the_configuration_says(typed, minutes):
    event = _event("confirmation_creneau", FEBRUARY, creneaux=[{**SLOT, "duree": typed}])
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
    event = _event("invitation_webinaire", date(2021, 2, 23), creneaux=[SLOT])
    assert (event.starts, event.ends) == (datetime(2021, 3, 2, 14), datetime(2021, 3, 2, 15))
    assert event.title.replace("\u202f", " ") == "Webinaire : Préparer sa candidature"


def test_an_audition_is_one_of_its_dossier_whatever_its_hour_and_its_title():
    later = {**DOSSIER, "audition": datetime(2021, 5, 5, 11), "projet": "Autre nom"}
    first, second = (_event("convocation_jury", APRIL, candidatures=[one]) for one in (DOSSIER, later))
    assert (first.uid, first.starts) == (second.uid, datetime(2021, 5, 4, 9, 30)) != (second.uid, second.starts)


def test_visits_of_one_person_are_distinguished_by_their_moment_and_not_by_their_rank():
    again = {**SLOT, "debut": datetime(2021, 3, 5, 9)}
    other = {**SLOT, "projet": "Autre"}
    made = case(creneaux=[SLOT, again, other]).drafts(FEBRUARY)
    uids = [draft.event.uid for draft in made if draft.template == "confirmation_creneau"]
    held = case(creneaux=[{**SLOT, "statut": "Tenu"}, again]).one("confirmation_creneau", FEBRUARY)
    assert len(set(uids)) == len(uids) == 2  # the same moment twice is one e-mail
    assert held.event.uid == uids[1]


def test_a_message_held_back_brings_no_appointment_and_others_have_none():
    held = case(candidatures=[{**DOSSIER, "questions": None}]).one("convocation_jury", APRIL)
    assert (held.event, held.attachments) == (None, ())
    assert held.about.starts == DOSSIER["audition"]
    told = case(candidatures=[{**DOSSIER, "decision": "Lauréat"}]).one("laureat", APRIL)
    assert (told.event, told.attachments) == (None, ())
    whole = case(candidatures=[DOSSIER]).one("convocation_jury", APRIL)
    assert whole.attachments == ("invitation",)
