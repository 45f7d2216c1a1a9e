"""The page of guarantees: each that the code cites is there, and each test that it names."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
STATED = re.findall(r"^\*\*(G\d+)\. ", PAGE, re.MULTILINE)


def test_each_guarantee_is_stated_once_with_tests():
    assert sorted(STATED, key=lambda name: int(name[1:])) == [f"G{number}" for number in range(1, 17)]
    for paragraph in PAGE.split("\n\n**G")[1:]:
        assert re.search(r"^Tests: `", paragraph, re.MULTILINE), paragraph[:40]


def test_each_test_that_it_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)`", PAGE)
    assert len(named) >= 16
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_what_the_code_cites_is_on_the_page():
    cited = {
        name
        for folder in ("eig_sheets", "tests", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        for comment in re.findall(r"[Gg]uarantees? G[\d, Gandto]+", path.read_text(encoding="utf-8"))
        for name in re.findall(r"G\d+", comment)
    }
    assert cited
    assert cited <= {*STATED}
