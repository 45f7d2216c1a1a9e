"""The message that takes back an invitation, from what was sent and nothing else."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import pytest

from eig_sheets.emails.drafting.appointments import cancellation
from eig_sheets.emails.drafting.drafts import load_templates
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.emails.mail.templates import TemplateError
from eig_sheets.text.french import typographic
from tests.emails.drafting.support import EIG5, TEXTS, campaign

SENT: dict[str, Any] = {
    "to": ["camille@example.org"],
    "cc": ["sacha@example.org"],
    "title": "Audition du projet « Boussole *des* aides »",
    "starts": datetime(2021, 5, 4, 9, 30),
    "numero": "90001",
}


def made(rules=EIG5, **changes):
    return cancellation(TEXTS, rules, **SENT | changes)


def test_those_who_were_invited_read_what_is_cancelled():
    message = made()
    assert isinstance(message, Message)
    assert (message.to, message.cc) == (("camille@example.org",), ("sacha@example.org",))
    when = "mardi 4 mai 2021 à 9\u202fh\u202f30"
    assert message.subject == typographic(f"Annulation du rendez-vous du {when} ({SENT['title']})")
    assert f"- {when}\n" in message.body
    assert typographic("« Boussole \\*des\\* aides »") in message.body
    assert "(90001)" in message.body
    assert EIG5.emails.contact in message.body
    assert message.body.rstrip().endswith(EIG5.emails.signature)


def test_an_appointment_that_is_about_no_dossier_is_cancelled_too():
    message = made(numero=None, cc=[])
    assert isinstance(message, Message)
    assert message.cc == ()
    assert "dossier" not in message.body


def test_names_beside_addresses_are_left_out():
    message = made(to=["Camille Durand <Camille@EXAMPLE.org>", "b@example.org"], cc=["camille@example.org"])
    assert isinstance(message, Message)
    assert (message.to, message.cc) == (("Camille@example.org", "b@example.org"), ())


def test_who_wants_no_more_e_mails_receives_none():
    message = made(campaign(never=("Sacha@example.org",)))
    assert isinstance(message, Message)
    assert message.cc == ()
    assert made(campaign(never=("camille@Example.org",))) == Blocked(
        (typographic("camille@example.org ne veut plus d’e-mails (emails.never) : prévenez autrement."),)
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"to": []}, "« Destinataires de l’invitation » est vide."),
        ({"to": ["camille"]}, "« Destinataires de l’invitation » n’est pas une adresse valable."),
        ({"title": " "}, "« Titre du rendez-vous » est vide."),
        ({"starts": datetime(2021, 5, 4)}, "« Date et heure du rendez-vous » n’a pas d’heure."),
    ],
)
def test_what_is_missing_holds_it_back(changes, reason):
    assert made(**changes) == Blocked((typographic(reason),))


def test_a_campaign_that_does_without_it_tells_to_do_otherwise():
    assert made(campaign(disabled=("annulation",))) == Blocked(
        (typographic("« annulation » est désactivé (emails.disabled) : prévenez autrement."),)
    )


@pytest.mark.parametrize("disabled", [True, False])
def test_a_campaign_has_that_message_unless_it_does_without_it(tmp_path, disabled):
    folder = tmp_path / "emails"
    shutil.copytree(EIG5.templates_folder, folder, ignore=shutil.ignore_patterns("annulation.md"))
    rules = campaign(templates=str(folder), disabled=(*EIG5.emails.disabled, *(["annulation"] if disabled else [])))
    with nullcontext() if disabled else pytest.raises(TemplateError, match=r"annulation\.md.: ce modèle manque"):
        assert "annulation" not in load_templates(rules)
