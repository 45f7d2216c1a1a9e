"""A text about milestones knows which are past on the day of sending."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context
from eig_sheets.emails.mail.messages import Blocked
from eig_sheets.emails.mail.templates import load
from eig_sheets.text.french import typographic
from tests.emails.mail.fictional import VALUES, WORDS, as_text, cell, message
from tests.emails.mail.test_dates import AFTER_ALL, FUTURE, STILL
from tests.emails.mail.test_templates import HEAD
from tests.features.follow_up.fictional import MILESTONES


@pytest.mark.parametrize("template", ["rappel_jalon", "point_mensuel"])
def test_nothing_past_is_announced(template):
    text = as_text(message(template, AFTER_ALL)).replace("\u202f", " ")
    for words in STILL:
        text = text.replace(words, "")
    assert FUTURE.findall(text) == []


@pytest.mark.parametrize(
    ("today", "first", "second"),
    [
        (date(2022, 2, 1), "(dossier n° 90001) a pour échéance", "- S’il ne peut pas l’être à temps,"),
        (date(2022, 2, 2), "(dossier n° 90001) avait pour échéance", "- S’il ne l’est pas encore,"),
    ],
)
def test_each_side_of_the_date_of_a_milestone(today, first, second):
    text = as_text(message("rappel_jalon", today)).replace("\u202f", " ")
    assert first in text
    assert second in text


def test_past_milestones_are_not_said_to_come():
    text = as_text(message("point_mensuel", date(2022, 3, 13))).replace("\u202f", " ")
    assert "- Première version testée par des usagers (échéance passée : mardi 1er février 2022)\n" in text
    assert "reste" not in text.partition("Trois questions")[2]
    before = as_text(message("point_mensuel", date(2022, 1, 13), jalons=(Context(MILESTONES[0], cell, None),)))
    assert "Ce jalon n’est pas encore noté comme atteint" in before
    assert "(échéance : mardi 1er février 2022)" in before.replace("\u202f", " ")


@pytest.mark.parametrize("body", ["{{ jalons }}", "{% for d in jalons %}{% endfor %}{{ d }}"])
def test_a_list_that_a_template_writes_as_a_value_blocks_it(tmp_path, body):
    (tmp_path / "essai.md").write_text(HEAD + body, encoding="utf-8")
    sent = compose(load(tmp_path, WORDS)["essai"], Context(VALUES, cell))
    cause = "une valeur sans forme écrite"
    assert sent == Blocked(
        (typographic(f"Le modèle « essai » ne convient pas à ces valeurs ({cause}) : corrigez-le."),)
    )
