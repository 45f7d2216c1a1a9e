"""The statuses of e-mails: told in one place, coloured and explained wherever people read them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from eig_sheets.call.applications.importing.columns import ARCHIVED
from eig_sheets.emails.catalogue import deliveries
from eig_sheets.emails.catalogue.deliveries import GONE, TO_ADD, UNSENT_STAGES, DeliveryStatus, Stage
from eig_sheets.workbook import envois, journal
from tests.features.modules import modules_of_features

ROOT = Path(__file__).parents[3]
OTHERS = {
    ("journal.py", journal.FAILED),
    ("columns.py", ARCHIVED),
    ("table.py", ARCHIVED),
    *(one for module in modules_of_features("words_of_statuses") for one in module.OTHERS),
}
"""The same words for something else: how a run ended, a column of exports, what features add."""


def texts_among(words: set[str], path: Path) -> set[str]:
    """Which of the words are whole texts of a module."""
    source = path.read_text(encoding="utf-8")
    if not any(word in source for word in words):
        return set()
    return words & {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}


def test_no_other_module_writes_the_word_of_a_status():
    words = {*DeliveryStatus, TO_ADD}
    modules = [path for path in (ROOT / "eig_sheets").rglob("*.py") if path != Path(deliveries.__file__)]
    found = {(path.name, word) for path in modules for word in texts_among(words, path)}
    assert found == OTHERS


def test_each_status_has_its_colour():
    assert sorted(word for word, _ in envois.TONES) == sorted(DeliveryStatus)


def test_each_status_is_explained_to_the_staff():
    page = (ROOT / "docs" / "emails.fr.md").read_text(encoding="utf-8")
    table = page.partition("| État | Ce que cela veut dire |\n|---|---|\n")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)) == sorted(DeliveryStatus)


@pytest.mark.parametrize("stage", Stage)
def test_an_e_mail_that_may_have_left_is_gone_and_no_other(stage):
    assert (stage.status in GONE) == (stage not in UNSENT_STAGES)
