"""Tests name a column of a people's tab by the id of its field, so that a column can be added anywhere."""

from __future__ import annotations

import re

import pytest

from tests.columns import SCHEMA
from tests.contributing.examples import ROOT

NAMES = "|".join(re.escape(tab.name) for tab in SCHEMA.tabs)
BY_LETTER = re.compile(
    rf"""["'](?:{NAMES})["'],\s*(?:cell=|["']cell["']:\s*)?f?["'][A-Z]{{1,2}}(?:\d+["']|\{{)|(?:{NAMES})![A-Z]{{1,2}}\d"""
)
OWN_BOOKS = {"sheets_server", "test_sheets_server", "copying", "spreadsheet", "workbook"}
"""Folders of tests on workbooks of their own, whose columns are not those of a campaign."""
OWN_CELLS = {"run/test_accueil.py", "run/test_anomalies.py"}
"""Other tests whose cells are of no workbook."""


def by_letter(text: str) -> list[str]:
    return [found[0] for found in BY_LETTER.finditer(text)]


@pytest.mark.parametrize(
    "line",
    [
        'edit(book, "set", tab="Candidatures", cell="AQ4", value=1)',
        '{"kind": "set", "tab": "Jury", "cell": "B2"}',
        'type_in(book, "Évaluations", f"C{row}", 1)',
        'assert one == ("bloquant", "Candidatures", "A3")',
        '"remplissez Talents!O2."',
    ],
)
def test_a_letter_is_seen(line):
    assert by_letter(line)


def test_no_test_names_a_column_of_people_s_by_its_letter():
    folder = ROOT / "tests"
    own = {folder / name for name in OWN_CELLS}
    paths = [
        one
        for one in folder.rglob("*.py")
        if one.relative_to(folder).parts[0] not in {*OWN_BOOKS, "contributing"} and one not in own
    ]
    assert folder / "run" / "test_nightly.py" in paths
    found = {one.relative_to(ROOT).as_posix(): by_letter(one.read_text(encoding="utf-8")) for one in paths}
    assert {path: letters for path, letters in found.items() if letters} == {}
