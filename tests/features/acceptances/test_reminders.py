"""Reminders to accept: who is asked again, when, and who no longer is."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.emails.catalogue.due import message_id
from tests.emails.drafting.support import DOSSIER, JUROR, LAUREATE, REVIEW, campaign, case

pytestmark = pytest.mark.newest
DOSSIER_ASKED, JUROR_ASKED = (message_id("laureat", "90001"), message_id("invitation_jury", JUROR["email"]))
REMINDED = message_id("rappel_acceptation_jure", JUROR["email"])
TOLD, EVE, DAY = date(2021, 5, 10), date(2021, 5, 16), date(2021, 5, 17)
SITS = campaign(jury_dates="les 4 et 5 mai 2021")


def of_dossier(day, received, **fields):
    return due(case(candidatures=[{**LAUREATE, **fields}]), day, received)


def of_juror(day, received=None, *, reviews=(), rules=SITS, **fields):
    there = case(rules=rules, candidatures=[DOSSIER], jury=[{**JUROR, **fields}], evaluations=[*reviews])
    return due(there, day, received or {JUROR_ASKED: date(2021, 4, 20)})


def due(there, day, received):
    return [draft.id for draft in there.drafts(day, received) if draft.template.startswith("rappel_acceptation")]


def test_a_laureate_who_has_not_answered_is_asked_again_once_seven_days_after_the_first_time():
    asked = {DOSSIER_ASKED: TOLD}
    assert of_dossier(EVE, asked) == []
    assert of_dossier(DAY, asked) == ["rappel_acceptation-90001"]
    assert of_dossier(date(2021, 8, 1), asked) == ["rappel_acceptation-90001"]


@pytest.mark.parametrize("received", [{}, {DOSSIER_ASKED: None}, {"laureat-90002": TOLD}])
def test_nobody_is_reminded_of_what_nothing_proves_that_they_received(received):
    assert of_dossier(DAY, received) == []


@pytest.mark.parametrize("answer", ["oui", "non", "peut-être", "#REF!"])
def test_an_answer_stops_the_reminder_even_one_that_cannot_be_read(answer):
    assert of_dossier(DAY, {DOSSIER_ASKED: TOLD}, acceptation=answer) == []


@pytest.mark.parametrize("decision", ["Désisté", "Liste d’attente", "Non retenu", None])
def test_a_dossier_that_is_no_longer_selected_is_asked_nothing(decision):
    assert of_dossier(DAY, {DOSSIER_ASKED: TOLD}, decision=decision) == []


def test_a_dossier_that_is_promoted_is_asked_from_the_day_of_its_promotion():
    promoted = {"promotion_liste_attente-90001": date(2021, 5, 15)}
    assert of_dossier(DAY, promoted) == []
    assert of_dossier(date(2021, 5, 22), promoted) == ["rappel_acceptation-90001"]
    both = {DOSSIER_ASKED: TOLD, **promoted}
    assert of_dossier(DAY, both) == []


def test_a_juror_who_did_nothing_is_asked_again_until_the_last_day_of_the_jury():
    assert of_juror(date(2021, 4, 26)) == []
    for day in (date(2021, 4, 27), date(2021, 5, 5)):
        assert of_juror(day) == [REMINDED]
    assert of_juror(date(2021, 5, 6)) == []


@pytest.mark.parametrize("answer", ["oui", "non", "peut-être"])
def test_a_juror_who_answered_is_asked_nothing(answer):
    assert of_juror(date(2021, 4, 27), acceptation=answer) == []


def test_a_juror_who_declared_or_noted_has_answered():
    day = date(2021, 4, 27)
    assert of_juror(day, declaration=datetime(2021, 4, 21)) == []
    assert of_juror(day, reviews=[REVIEW]) == []


def test_a_workbook_without_the_column_asks_nobody():
    there = case(candidatures=[LAUREATE], without={"candidatures": ["acceptation"]})
    assert due(there, DAY, {DOSSIER_ASKED: TOLD}) == []
