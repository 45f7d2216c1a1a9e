"""The texts of messages, as a careful editor of French reads them: faults that were found once, and their families."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from eig_sheets import loading
from eig_sheets.call.applications import letter_words
from eig_sheets.call.applications.rules_eligibility import BREAKING, EligibilityCode
from eig_sheets.call.cofinancing.rules_cofinancing import Missing
from eig_sheets.text.french import NARROW
from tests.emails.drafting.support import DOSSIER, EIG5, case
from tests.emails.examples import EXAMPLES
from tests.emails.mail.fictional import ROOT, as_text, message, sparsest
from tests.messages import FOLDERS as TEXT_FOLDERS
from tests.messages import TEMPLATES

FOLDERS = (*TEXT_FOLDERS, *(ROOT / "examples" / name / "config" / "emails" for name in ("eig6", "fondation")))
PATHS = [path for folder in FOLDERS for path in sorted(folder.glob("*.md"))]
IDS = [path.relative_to(ROOT).as_posix() for path in PATHS]

FORBIDDEN = {
    r"y revenir aussi": "on répond à des questions",
    r"prêter votre regard|votre regard": "on participe à un jury",
    r"marche à suivre": "rien ne la donne",
    r"renvoyer votre déclaration": "rien ne la joint",
    r"vous appellerons": "personne ne le fera",
    r"dans tous les cas où en est": "personne ne le dira",
    r"rest(?:e|ent) à atteindre": "un jalon peut être passé",
    r"\d min \d": "une heure se dit à la minute",
    r"\b\d+(?:e|ème|ième) promotion": "5ᵉ",
    r"(?<!_)[Cc]ofinanc(?!ement_)": "co-financement, comme le cahier des charges",
    r"absence de conflit": "déclaration d’intérêts",
    r"lance un appel chaque année": "rien ne l’assure",
    r"^Objet : .* : .* : ": "deux deux-points de suite",
    r"\bl’automne|\bl’été\b|\bcet été": "une saison est celle d’un seul appel",
}
"""What was read once and must not come back, with the reason."""


def renderings() -> Iterator[tuple[str, str]]:
    """Each message: on its example's day, after all its days, and with nothing but what it needs."""
    for name in TEMPLATES:
        yield name, as_text(message(name))
        yield name, as_text(message(name, date(2023, 1, 1)))
        yield name, as_text(sparsest(name))
    for name, example in EXAMPLES.items():
        yield name, as_text(example.draft(name).outcome)


@pytest.mark.slow
def test_a_fault_that_was_mended_does_not_come_back():
    read = [(name, text.replace(NARROW, " ")) for name, text in renderings()]
    assert len(read) > 3 * len(TEMPLATES)
    faults = [
        (name, fault, why)
        for fault, why in FORBIDDEN.items()
        for name, text in read
        if re.search(fault, text, re.MULTILINE)
    ]
    assert faults == []


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_nor_in_any_branch_of_a_template(path):
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    assert [fault for fault in FORBIDDEN if re.search(fault, text)] == []


def body_and_head(path: Path) -> tuple[str, str]:
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return body, head


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_something_is_sent_to_an_address_by_e_mail_and_not_at_it(path):
    """« confirmer votre présence à eig@… » would have people come to an address."""
    body, _ = body_and_head(path)
    before = [before_contact[-30:] for before_contact in body.split("à {{ contact }}")[:-1]]
    assert [words for words in before if not re.search(r"(?:par courriel|[ÉéEe]crivez-nous|écrire) $", words)] == []


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_what_is_said_to_be_joined_is(path):
    body, head = body_and_head(path)
    assert bool(re.search(r"\bjointe?\b", body)) <= ("attachments" in head)


def test_an_invitation_to_an_audition_says_how_long_it_lasts():
    text = as_text(EXAMPLES["convocation_jury"].draft("convocation_jury").outcome).replace(NARROW, " ")
    assert f" {EIG5.emails.audition_minutes} minutes" in text


ARTICLE = re.compile(r"(?:le |la |les |l’|votre |la rubrique « )")


@pytest.mark.parametrize("path", ["config", "examples/eig6/config", "examples/fondation/config"])
def test_what_is_missing_is_named_as_in_a_sentence(path):
    """The header of a column is no sentence: « il nous manque : Fiche détaillée »."""
    campaign = loading.load(ROOT / path / "campaign.toml")
    asked = {*campaign.eligibility.required, *campaign.eligibility.attestations, "nombre_eig"}
    fields = [field for field in case().reading.schema.tab("candidatures").fields if field.id in asked]
    assert len(fields) == len(asked)
    for field in fields:
        said = letter_words.piece(field, field.header)
        assert ARTICLE.match(said)
        assert field.header not in said
        assert letter_words.piece(field, "Autre nom") == "la rubrique « Autre nom »"


def test_so_is_what_a_co_financing_lacks():
    unread = {Missing.COUNT, Missing.COSTS, Missing.RECRUITMENT}  # cells for officers to mend
    assert {*letter_words.MISSING} == {code.value for code in Missing} - unread
    assert all(ARTICLE.match(said) for said in letter_words.MISSING.values())


@pytest.mark.parametrize("code", sorted(BREAKING))
def test_a_motive_of_ineligibility_agrees_with_what_announces_it(code):
    """« Votre candidature… : déposé après la clôture » does not."""
    said = letter_words.motive(code, "Travail hors les murs", datetime(2021, 4, 8), EIG5.campaign)
    assert ARTICLE.match(said)


def test_a_late_dossier_is_told_when_it_came_and_when_the_call_closed():
    late = {**DOSSIER, "date_depot": datetime(2021, 4, 8, 10, 3, 7), "preselection": "Écarté – inéligible"}
    body = case(candidatures=[late]).message("ineligible", date(2021, 4, 20)).body.replace(NARROW, " ")
    assert (
        "Voici le point en cause :\n\n- le dépôt de votre dossier le jeudi 8 avril 2021 à 10 h 03, après la clôture de "
        "l’appel (le mercredi 7 avril 2021 à 23 h 59).\n"
    ) in body
    assert "lue avec attention" not in body


def test_missing_pieces_are_listed_in_words():
    lacking = {**DOSSIER, "preselection": None, "mentor": None, "presentation": None}
    body = case(candidatures=[lacking]).message("pieces_manquantes", date(2021, 4, 20)).body.replace(NARROW, " ")
    assert "- le nom du mentor de haut niveau ;\n" in body
    assert "- la présentation de synthèse" in body
    assert "Fiche détaillée" not in body


def test_each_code_of_a_broken_rule_is_known():
    assert {*BREAKING} == {
        EligibilityCode.TOO_LATE,
        EligibilityCode.TOO_EARLY,
        EligibilityCode.EIG_NUMBER_REFUSED,
        EligibilityCode.COMMITMENT_REFUSED,
    }
