"""A text that speaks of a date knows whether it is past on the day of sending."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context, DatedText
from eig_sheets.emails.mail.messages import Blocked
from eig_sheets.emails.mail.templates import load
from eig_sheets.text.french import MONTHS
from tests.emails.mail.fictional import ROOT, VALUES, WORDS, as_text, cell, message
from tests.messages import FOLDERS, TEMPLATES

FIRST, LAST = date(2021, 5, 4), date(2021, 5, 5)
DAY = timedelta(1)
AFTER_ALL = date(2023, 1, 1)


def conditions(tmp_path, value, today, blank=False):
    """What « passe » and « commence » say of a value on a day."""
    head = '+++\nsubject = "s"\nto = ["email_porteur"]\nwhen = "w"\n+++\n'
    body = "{% if dates_jury|passe %}passe{% endif %} {% if dates_jury|commence %}commence{% endif %} fin"
    (tmp_path / "essai.md").write_text(head + body, encoding="utf-8")
    values = VALUES | {"dates_jury": None if blank else value}
    sent = compose(load(tmp_path, WORDS)["essai"], Context(values, cell, today))
    return sent if isinstance(sent, Blocked) else sent.body.split()[:-1]


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (FIRST - DAY, []),
        (FIRST, ["commence"]),
        (LAST, ["commence"]),
        (LAST + DAY, ["passe", "commence"]),
        (None, []),
    ],
)
def test_days_begin_with_the_first_and_are_past_after_the_last(tmp_path, today, said):
    assert conditions(tmp_path, DatedText.of("les 4 et 5 mai 2021", FIRST, LAST), today) == said


@pytest.mark.parametrize("value", [LAST, datetime(2021, 5, 5), datetime(2021, 5, 5, 23, 59)])
def test_a_day_is_past_the_day_after_whatever_its_hour(tmp_path, value):
    assert conditions(tmp_path, value, LAST) == ["commence"]
    assert conditions(tmp_path, value, LAST + DAY) == ["passe", "commence"]


def test_what_nobody_knows_is_not_past_and_blocks_nothing(tmp_path):
    assert conditions(tmp_path, "au printemps", AFTER_ALL) == []
    assert conditions(tmp_path, None, AFTER_ALL, blank=True) == []


def test_what_is_no_date_is_a_mistake_of_the_template(tmp_path):
    sent = conditions(tmp_path, 4.0, AFTER_ALL)
    assert isinstance(sent, Blocked)
    assert "le filtre « passe »" in sent.reasons[0].replace("\u202f", " ")


FUTURE = re.compile(
    r"se réunit|au plus tard|avant le jury|d’ici|\b(?:seront|arrive|arrivent|commence) (?:présentés|le)\b"
    r"|à temps|en (?:" + "|".join(MONTHS) + r")\b|rejoignez votre équipe|[Jj]usqu’à l’annonce"
)  # fmt: skip
"""What is only said of days to come."""
STILL = {"se termine le", "d’ici une semaine", "Vous n’avez rien à faire d’ici là"}
"""What does not depend on the day, or on one of another year."""
LATE = {
    "accuse_reception", "ineligible", "relance_jure", "remerciement_jure", "laureat", "liste_attente",
    "promotion_liste_attente", "cofinancement_a_completer", "accuse_talent", "talent_non_retenu", "bienvenue",
}  # fmt: skip
"""The messages that may leave when the days that they speak of are past."""


def late(template: str) -> str:
    """A message sent after all its days, without what does not depend on them."""
    text = as_text(message(template, AFTER_ALL)).replace("\u202f", " ")
    for words in STILL:
        text = text.replace(words, "")
    return text


@pytest.mark.parametrize("template", sorted(LATE & {*TEMPLATES}))
def test_nothing_past_is_announced(template):
    assert FUTURE.findall(late(template)) == []


@pytest.mark.needs("talents")
def test_before_its_days_a_message_announces_them():
    """What the test above looks for is there when it should be."""
    early = {template: as_text(message(template, date(2021, 4, 1))).replace("\u202f", " ") for template in LATE}
    assert {template for template, text in early.items() if FUTURE.search(text)} == LATE - {"talent_non_retenu"}


DAYS = (
    "reponse_avant", "dates_jury", "dates_jury_talents", "voeux_avant", "revelation_projets", "cofinancement_avant",
    "mois_cadrage", "mois_contrats", "debut_experimentation", "fin_experimentation",
)  # fmt: skip
"""The placeholders of days that the configuration gives."""
ALWAYS_TO_COME = {
    ("accuse_reception", "reponse_avant"), ("pieces_manquantes", "reponse_avant"), ("choix_projets", "voeux_avant"),
    ("rappel_voeux", "voeux_avant"),
    ("invitation_jury", "dates_jury"), ("bienvenue", "fin_experimentation"),
}  # fmt: skip
"""Messages that are not due any more once that day is past."""
ALWAYS_PAST = {("remerciement_jure", "dates_jury")}


PATHS = sorted([
    *(path for folder in FOLDERS for path in folder.glob("*.md")), *ROOT.glob("examples/*/config/emails/*.md"),
])  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_asks_of_each_day_that_it_tells_whether_it_is_past(path):
    text = path.read_text(encoding="utf-8")
    told = {name for name in DAYS if re.search(rf"{{{{ {name}\b", text)}
    asked = {name for name in DAYS if re.search(rf"\b{name}\|(?:passe|commence)\b", text)}
    known = {name for template, name in ALWAYS_TO_COME | ALWAYS_PAST if template == path.stem}
    assert told - asked - known == set()


PAST_AND_FUTURE = [
    ("laureat", date(2021, 5, 31), "- Nous cadrons avec vous, en mai, le projet", "- Votre équipe arrive le"),
    ("laureat", date(2021, 6, 1), "- Nous cadrons avec vous le projet", "- Votre équipe arrive le"),
    ("relance_jure", FIRST - DAY, "qui se réunit les 4 et 5 mai 2021", "Merci de la saisir avant le jury."),
    ("relance_jure", LAST, "qui se réunit les 4 et 5 mai 2021", "Merci de la saisir dès que possible."),
    ("relance_jure", LAST + DAY, "qui s’est réuni les 4 et 5 mai 2021", "Merci de la saisir dès que possible."),
    ("ineligible", FIRST - DAY, "et en tout cas avant le jury, qui se réunit les 4 et 5 mai 2021 :", "erreur"),
    ("ineligible", LAST, "dès que possible : nous regarderons", "votre dossier."),
    ("convocation_jury", FIRST - DAY, "ou le lien de connexion, avant ce jour.", "le mardi 4 mai 2021 à 9 h 30"),
    ("convocation_jury", FIRST, "ou le lien de connexion, dès que possible.", "le mardi 4 mai 2021 à 9 h 30"),
    ("laureat", date(2021, 6, 16), "établit les contrats en juillet et en août.", "arrive le lundi 13 septembre 2021,"),
    ("laureat", date(2021, 9, 14), "établit les contrats.\n", "- Votre équipe arrive ensuite.\n"),
    ("bienvenue", date(2021, 9, 13), " commence\n", "– commence le lundi 13 septembre 2021 et se termine le"),
    ("bienvenue", date(2021, 9, 14), " a commencé\n", "– a commencé le lundi 13 septembre 2021 et se termine le"),
    ("liste_attente", date(2021, 5, 24), "nous vous écrirons aussitôt.\n", "rien à faire"),
    ("cofinancement_a_completer", date(2021, 9, 1), "au plus tard le mercredi 1er septembre 2021,", "ces éléments"),
    ("cofinancement_a_completer", date(2021, 9, 2), "dès que possible, en rappelant", "ces éléments"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "today", "first", "second"), PAST_AND_FUTURE)
def test_each_side_of_a_date(template, today, first, second):
    text = as_text(message(template, today)).replace("\u202f", " ")
    assert first in text
    assert second in text


def test_an_hour_is_told_without_seconds():
    text = as_text(message("accuse_reception", date_depot=datetime(2021, 4, 6, 10, 3, 7))).replace("\u202f", " ")
    assert "le mardi 6 avril 2021 à 10 h 03 :" in text
