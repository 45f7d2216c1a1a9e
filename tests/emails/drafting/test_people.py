"""The addresses of the row that an e-mail is about."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.emails.drafting.subjects import People
from tests.emails.drafting.support import (
    DOSSIER,
    JUROR,
    LAUREATE,
    REVIEW,
    case,
)

pytestmark = pytest.mark.newest

OWN = {"camille@exemple.invalid", "sacha@exemple.invalid", "lou@exemple.invalid"}
MADE = case(
    candidatures=[{**LAUREATE, "email_porteur": "Camille@exemple.invalid"}, {**DOSSIER, "numero": "90002"}],
    jury=[JUROR], evaluations=[REVIEW],
)  # fmt: skip


DAYS = [date(2021, 4, 12), date(2021, 5, 6)]


@pytest.mark.parametrize(
    ("template", "whom", "addresses"),
    [
        ("laureat", "90001", OWN),
        ("non_retenu", "90002", OWN),
        ("relance_jure", "dominique@exemple.invalid", {"dominique@exemple.invalid"}),
        ("laureat", "1", set()),
        ("laureat", None, set()),
        ("inconnu", "90001", set()),
    ],
)
def test_who_belongs_to_a_row(template, whom, addresses):
    assert People(MADE.reading).of(template, whom) == addresses


def belong(made, days):
    """The templates of what is due on some days; everybody who receives one of them belongs to its row."""
    drafts, people = [draft for day in days for draft in made.drafts(day)], People(made.reading)
    for draft in drafts:
        known = people.of(draft.template, draft.numero or draft.person)
        assert {address.casefold() for address in (*draft.outcome.to, *draft.outcome.cc)} <= known
    return {draft.template for draft in drafts}


def test_everybody_who_receives_a_draft_belongs_to_its_row():
    assert belong(MADE, DAYS) >= {"remerciement_jure", "laureat"}
