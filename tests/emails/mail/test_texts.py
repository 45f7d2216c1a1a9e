"""The texts of the programme: what arrives, and what keeps each of them from leaving."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from eig_sheets.emails.mail.context import Context
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.text.french import typographic
from tests.emails.mail.fictional import (
    EXPECTED,
    PENDING,
    SPARSEST,
    TEXTS,
    as_sparsest,
    as_text,
    message,
    path_of,
    sparsest,
    written,
)
from tests.messages import TEMPLATES

WRITTEN = written(SPARSEST)
"""The others are told by tests/emails/catalogue/test_catalogue.py, and by it alone."""
USES = [(name, used) for name in WRITTEN for used in sorted(TEXTS[name].placeholders)]


@pytest.mark.parametrize("name", written(EXPECTED))
def test_message_reads_as_expected(name):
    assert as_text(message(name)) == path_of(name, EXPECTED).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WRITTEN)
def test_message_without_what_it_does_without_reads_as_expected(name):
    assert as_sparsest(name) == path_of(name, SPARSEST).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("written", [message, sparsest])
def test_message_has_french_spaces_quotes_and_apostrophes(name, written):
    sent = as_text(written(name)).partition("Objet : ")[2]
    assert not re.search(r"[ \w][;?!»]|«\w| :|'|\"|\.\.\.|\{|\}|%", sent)


def done_without(name):
    first, _, _ = path_of(name, SPARSEST).read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("Se passe de : ").split(", ")


BLANKS = [None, "", " \u202f\n", float("nan"), (), ("",)]


@pytest.mark.parametrize(("name", "used"), USES)
def test_a_blank_blocks_and_names_its_cell_unless_the_text_does_without(name, used):
    sent = [message(name, **{used: blank}) for blank in BLANKS]
    if used in done_without(name):
        assert all(isinstance(outcome, Message) for outcome in sent)
    else:
        missing = typographic(f"« {TEXTS[name].vocabulary.headers[used]} » est vide : remplissez Candidatures!{used}.")
        assert sent == [Blocked((missing,))] * len(BLANKS)


def test_an_ineligible_dossier_without_any_reason_needs_the_feedback_of_a_person():
    sent = message("ineligible", motifs=(), retour=None)
    assert sent == Blocked((typographic("« Retour au porteur » est vide : remplissez Candidatures!retour."),))


def test_all_that_is_missing_is_reported_at_once():
    sent = message("convocation_jury", projet=None, numero=None, audition=None, questions=" ", email_porteur=None)
    assert isinstance(sent, Blocked)
    assert [re.search(r"!(\w+)", reason)[1] for reason in sent.reasons] == [
        "email_porteur",
        "audition",
        "projet",
        "numero",
        "questions",
    ]


def test_an_audition_without_its_hour_blocks():
    sent = message("convocation_jury", audition=datetime(2021, 5, 4))
    assert sent == Blocked((typographic("« Audition décidée » n’a pas d’heure : complétez Candidatures!audition."),))


def test_a_pending_dossier_without_a_name_blocks_the_reminder_and_names_its_cell():
    nameless = Context({"numero": "90009", "projet": None}, lambda name: "Candidatures!projet")
    sent = message("relance_jure", dossiers=(nameless,))
    assert sent == Blocked((typographic("« Nom du projet » est vide : remplissez Candidatures!projet."),))


@pytest.mark.parametrize(
    "address",
    ["camille", "camille@", "camille@example", "a@example.org; b@example.org", "a b@example.org", "<a@example.org>"],
)
@pytest.mark.parametrize("field", ["email_porteur", "email_mentor"])
def test_an_address_that_is_none_blocks_and_names_its_cell(field, address):
    sent = message("laureat", **{field: address})
    header = TEXTS["laureat"].vocabulary.headers[field]
    reason = f"« {header} » n’est pas une adresse valable : corrigez Candidatures!{field}."
    assert sent == Blocked((typographic(reason),))


def test_nobody_is_written_to_twice_by_one_message():
    sent = message("laureat", email_porteur_2="Camille.Durand@example.org", email_mentor=None)
    assert (sent.to, sent.cc) == (("camille.durand@example.org",), ())


def test_one_amount_is_not_a_range():
    body = message("cofinancement_a_completer", montant_max=36750.0).body
    assert typographic("Le montant prévisionnel est de 36\u202f750,00 €.") in body


def test_one_missing_thing_is_singular():
    assert "nous transmettre cet élément par courriel à" in message("pieces_manquantes", pieces=("la simulation",)).body


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_administration_with_its_acronym_does_not_double_the_parentheses(name):
    long = "Direction de la recherche, des études, de l’évaluation et des statistiques (DREES)"
    of_lists = tuple(Context(dossier | {"administration": long}) for dossier in PENDING)
    lists = dict.fromkeys(("voeux", "projets", "dossiers"), of_lists)
    sent = as_text(message(name, administration=long, administration_retenue=long, **lists))
    assert not re.search(r"\([^()]*\(", sent)
