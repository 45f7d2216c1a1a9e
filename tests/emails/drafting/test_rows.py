"""Who belongs to a row, and what keeps messages from being written about any row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eig_sheets.emails.drafting.missing_values import missing_columns, missing_values
from eig_sheets.emails.drafting.people import People
from eig_sheets.emails.mail.templates import unused
from tests.columns import cell_of
from tests.emails.drafting.support import (
    DOSSIER,
    JUROR,
    LAUREATE,
    MILESTONE,
    RECRUIT,
    REVIEW,
    SLOT,
    TALENT,
    TEXTS,
    campaign,
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


def test_missing_values_are_found_in_every_row_that_may_receive_the_message():
    holed = {**DOSSIER, "retour": None, "email_porteur": None}
    rows = [DOSSIER, {**holed, "numero": "90002"}, {**holed, "numero": "90003", "decision": "Lauréat"}]
    made = case(candidatures=rows, jury=[JUROR], talents=[TALENT], creneaux=[{**SLOT, "email": None}])
    texts = {name: TEXTS[name] for name in ("non_retenu", "relance_jure", "convocation_talent", "confirmation_creneau")}
    found = missing_values(made.reading, made.results, texts)
    assert [(one.template, one.tab, one.row, one.whom) for one in found] == [
        ("non_retenu", "Candidatures", 3, "90002"),
        ("confirmation_creneau", "Créneaux", 2, None),
    ]
    assert [reason.replace("\u202f", " ") for reason in found[0].reasons] == [
        f"« E-mail du porteur » est vide : remplissez Candidatures!{cell_of('candidatures', 'email_porteur', 3)}.",
        f"« Retour au porteur » est vide : remplissez Candidatures!{cell_of('candidatures', 'retour', 3)}.",
    ]


def test_missing_values_of_messages_that_can_never_be_due_are_left_alone():
    blank = {**DOSSIER, "date_depot": None, "retour": None, "preselection": None}
    made = case(candidatures=[blank], creneaux=[SLOT], jury=[JUROR])
    named = {"ineligible", "non_preselectionne", "non_retenu"}
    assert {one.template for one in missing_values(made.reading, made.results, TEXTS)} == named
    rules = campaign(disabled=("ineligible",), webinars=(), experimentation=None)
    found = {one.template for one in missing_values(made.reading.with_campaign(rules), made.results, TEXTS)}
    assert found == named - {"ineligible"} | {"accuse_reception"}


def test_a_template_of_the_staff_s_own_is_checked_against_dossiers():
    made = case(candidatures=[{**DOSSIER, "retour": None}])
    found = missing_values(made.reading, made.results, {"essai": replace(TEXTS["non_retenu"], id="essai")})
    assert [(one.template, one.whom) for one in found] == [("essai", "90001")]


def test_columns_that_the_workbook_lacks_are_named():
    made = case(talents=[TALENT], without={"talents": ["audition", "cv"], "candidatures": ["retour", "mentor"]})
    missing = {name: missing_columns(made.reading, text) for name, text in TEXTS.items()}
    assert missing["convocation_talent"] == ["Audition décidée"]
    assert missing["non_retenu"] == ["Retour au porteur"]
    assert missing["accuse_talent"] == []


def test_what_a_template_could_say_and_does_not():
    left = unused(TEXTS["convocation_talent"])
    assert "metier" in left
    assert not {"audition", "email", "prenom", "commentaire", "motif", "pieces"} & set(left)
    assert unused(TEXTS["invitation_webinaire"]).count("webinaire_lien") == 0
