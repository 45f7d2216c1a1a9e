"""The addresses of the row that an e-mail is about."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.emails.drafting.people import People
from tests.emails.drafting.support import (
    DOSSIER,
    JUROR,
    LAUREATE,
    MILESTONE,
    RECRUIT,
    REVIEW,
    SLOT,
    case,
)

pytestmark = pytest.mark.newest

OWN = {"camille@exemple.invalid", "sacha@exemple.invalid", "lou@exemple.invalid"}
MADE = case(
    candidatures=[{**LAUREATE, "email_porteur": "Camille@exemple.invalid"}, {**DOSSIER, "numero": "90002"}],
    jury=[JUROR], evaluations=[REVIEW], talents=[RECRUIT], creneaux=[SLOT], suivi=[MILESTONE],
)  # fmt: skip


DAYS = [date(2021, 2, 5), date(2021, 4, 12), date(2021, 5, 6), date(2021, 9, 13), date(2021, 10, 13), date(2022, 2, 1)]


@pytest.mark.parametrize(
    ("template", "whom", "addresses"),
    [
        ("laureat", "90001", OWN),
        ("bienvenue", "90001", OWN | {"alix@exemple.invalid"}),
        ("rappel_jalon", "90001", OWN | {"alix@exemple.invalid"}),
        ("point_mensuel", "90002", OWN),
        ("relance_jure", "dominique@exemple.invalid", {"dominique@exemple.invalid"}),
        ("talent_retenu", "70012", {"alix@exemple.invalid"}),
        ("confirmation_creneau", "claude@exemple.invalid", {"claude@exemple.invalid"}),
        ("laureat", "70012", set()),
        ("laureat", None, set()),
        ("inconnu", "90001", set()),
    ],
)
def test_who_belongs_to_a_row(template, whom, addresses):
    assert People(MADE.reading).of(template, whom) == addresses


def test_everybody_who_receives_a_draft_belongs_to_its_row():
    drafts = [draft for day in DAYS for draft in MADE.drafts(day)]
    assert len({draft.template for draft in drafts}) > 8
    people = People(MADE.reading)
    for draft in drafts:
        known = people.of(draft.template, draft.numero or draft.person)
        assert {address.casefold() for address in (*draft.outcome.to, *draft.outcome.cc)} <= known
