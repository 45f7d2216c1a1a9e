"""What texts say of the days of candidates, before and after them."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.config import with_sections
from eig_sheets.text.french import NARROW
from tests.columns import EIG5
from tests.emails.drafting.support import LAUREATE, case
from tests.emails.examples import EXAMPLES
from tests.emails.mail.fictional import as_text, message

pytestmark = pytest.mark.newest

PAST_AND_FUTURE = [
    ("remerciement_jure", date(2021, 5, 23), "Jusqu’à l’annonce des lauréats, le lundi 24 mai 2021, merci", "arrivent"),
    ("remerciement_jure", date(2021, 5, 24), "quel que soit le résultat. Merci de garder nos", "qui arrivent le lundi"),
    ("laureat", date(2021, 5, 31), "- Nous cadrons avec vous, en mai, le projet", "; il se réunit les 7, 8, 9, 14 et"),
    ("laureat", date(2021, 6, 1), "- Nous cadrons avec vous le projet", "; il se réunit les 7, 8, 9, 14 et 15 juin"),
    ("liste_attente", date(2021, 5, 23), "seront présentés aux", "le lundi 24 mai 2021."),
    ("talent_retenu", date(2021, 7, 13), "avec vous en juillet et en août.", "le lundi 13 septembre 2021."),
    ("laureat", date(2021, 6, 15), "siégez au jury", "; il se réunit les 7, 8, 9, 14 et 15 juin"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "today", "first", "second"), PAST_AND_FUTURE)
def test_each_side_of_a_date(template, today, first, second):
    text = as_text(message(template, today)).replace(NARROW, " ")
    assert first in text
    assert second in text


def test_laureates_are_not_invited_to_a_jury_that_is_over():
    assert "siégez au jury" not in as_text(message("laureat", date(2021, 6, 16)))


@pytest.mark.slow
def test_who_waits_is_told_when_candidates_know_the_projects():
    emails = EIG5.emails.model_dump()
    without = with_sections(EIG5, {"emails": {**emails, "talents": {**emails["talents"], "revealed": None}}})
    told = "aussitôt. Les projets lauréats seront présentés aux candidates et aux candidats le lundi 24 mai 2021.\n"
    rows = [{**LAUREATE, "decision": "Liste d’attente"}]
    for rules, words in ((EIG5, told), (without, "nous vous écrirons aussitôt.\n")):
        waiting = case(rules=rules, candidatures=rows).message("liste_attente", date(2021, 5, 10))
        assert words in waiting.body.replace(NARROW, " ")


def test_an_invitation_to_an_audition_says_how_long_it_lasts():
    text = as_text(EXAMPLES["convocation_talent"].draft("convocation_talent").outcome).replace(NARROW, " ")
    assert f" {EIG5.emails.talents.audition_minutes} minutes" in text
