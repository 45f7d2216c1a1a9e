"""The pages on personal data say what the register says; their commands exist."""

import importlib.util
import re
from pathlib import Path

import pytest

from eig_sheets.cli import cli
from eig_sheets.features.privacy.register import register_of
from eig_sheets.text.french import typographic
from tests.columns import EIG5

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "privacy" / "personal_data_doc.py"
REGISTER = register_of(EIG5.features)


def written(name):
    spec = importlib.util.spec_from_file_location(
        "personal_data_doc", ROOT / "scripts" / "privacy" / "personal_data_doc.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return text, module.with_tables(name, text)


@pytest.mark.parametrize("name", ["donnees-personnelles.fr.md", "aipd.fr.md"])
def test_the_page_is_up_to_date(name):
    """Else: `python scripts/privacy/personal_data_doc.py`."""
    text, as_it_should_be = written(name)
    assert text == as_it_should_be
    assert text.count("| --- |") + text.count("|---|") > 1


def test_every_entry_is_on_the_page_and_every_command_exists():
    text = (ROOT / "docs" / "donnees-personnelles.fr.md").read_text(encoding="utf-8")
    assert [holding.id for holding in register_of(EIG5.features) if typographic(holding.where) not in text] == []
    named = set(re.findall(r"«\u202f(?:eig-sheets )?(archives|person) ([a-z]+)", text))
    assert len(named) > 5
    assert [command for command in named if command[1] not in cli.commands[command[0]].commands] == []
