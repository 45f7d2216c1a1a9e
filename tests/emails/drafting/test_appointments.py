"""Appointments: when, how long, where, and the uid of one that nobody was told of yet."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.emails.drafting.support import DOSSIER, EIG5, campaign, case

APRIL, JUNE = date(2021, 4, 20), date(2021, 6, 1)


def event_of(template: str, today: date, rules=EIG5, **tabs):
    return case(rules=rules, **tabs).one(template, today).event


def test_an_audition_before_the_jury():
    event = event_of("convocation_jury", APRIL, campaign(audition_place="20 avenue de Ségur"), candidatures=[DOSSIER])
    assert (event.uid, event.place) == ("audition-90001@eig5.eig-sheets", "20 avenue de Ségur")
    assert (event.starts, event.ends) == (datetime(2021, 5, 4, 9, 30), datetime(2021, 5, 4, 9, 50))
    assert event.title.replace("\u202f", " ") == "Audition du projet « Boussole des aides »"
    assert event.description.replace("\u202f", " ") == (
        "Dossier n° 90001. Une question, un empêchement ? eig@data.gouv.fr"
    )


@pytest.mark.slow
def test_an_audition_is_one_of_its_dossier_whatever_its_hour_and_its_title():
    later = {**DOSSIER, "audition": datetime(2021, 5, 5, 11), "projet": "Autre nom"}
    first, second = (event_of("convocation_jury", APRIL, candidatures=[dossier]) for dossier in (DOSSIER, later))
    assert (first.uid, first.starts) == (second.uid, datetime(2021, 5, 4, 9, 30)) != (second.uid, second.starts)


@pytest.mark.slow
def test_a_message_held_back_brings_no_appointment_and_others_have_none():
    held = case(candidatures=[{**DOSSIER, "questions": None}]).one("convocation_jury", APRIL)
    assert (held.event, held.attachments) == (None, ())
    assert held.about.starts == DOSSIER["audition"]
    told = case(candidatures=[{**DOSSIER, "decision": "Lauréat"}]).one("laureat", APRIL)
    assert (told.event, told.attachments) == (None, ())
    whole = case(candidatures=[DOSSIER]).one("convocation_jury", APRIL)
    assert whole.attachments == ("invitation",)
