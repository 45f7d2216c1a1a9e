"""LibreOffice opens, prints and saves our files without loss."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.plan import CreateTab, ReplaceTab
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet import libreoffice
from tests.spreadsheet.xlsx.books import RANKING, applied, new_book, ranking
from tests.spreadsheet.xlsx.test_tab import LONG, PEOPLE


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture
def book(tmp_path):
    return new_book(tmp_path, RANKING, PEOPLE)


@pytest.mark.slow
def test_saved_again_it_holds_the_same(book, tmp_path, profile):
    before = book.read()
    path = libreoffice.convert(Path(book.location), "xlsx", tmp_path / "lo", profile=profile)
    again = XlsxWorkbook(path, tmp_path / "versions")
    after = again.read()
    assert before.identity
    assert after.identity == before.identity
    assert [(tab.name, tab.mark, dict(tab.column_marks)) for tab in after.tabs] == [
        (tab.name, tab.mark, dict(tab.column_marks)) for tab in before.tabs
    ]
    for tab, other in zip(before.tabs, after.tabs, strict=True):
        assert [len(row) for row in tab.rows] == [len(row) for row in other.rows]
        assert all(same(b, a) for x, y in zip(tab.rows, other.rows, strict=True) for a, b in zip(x, y, strict=True))
    applied(again, ReplaceTab("Classement", ranking((1, "Seul", 20, "Lauréat"))))
    assert again.read().tab("Classement").value(4, 1) == "Seul"


@pytest.mark.slow
def test_long_lists_survive_and_are_used_again(book, tmp_path, profile):
    path = libreoffice.convert(Path(book.location), "xlsx", tmp_path / "lo", profile=profile)
    again = XlsxWorkbook(path, tmp_path / "versions")
    assert "Listes (robot)" not in [tab.name for tab in again.read().tabs]
    twin = type(PEOPLE)("suivi", "Suivi", PEOPLE.owner, PEOPLE.columns)
    applied(again, CreateTab(twin))
    lists = openpyxl.load_workbook(path)["Listes (robot)"]
    assert [[cell.value for cell in column] for column in lists.columns] == [list(LONG)]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing")
def test_robot_tab_is_printed_on_one_page_with_its_name(book, tmp_path, profile):
    pdf = libreoffice.convert(Path(book.location), "pdf", tmp_path / "lo", profile=profile)
    page = subprocess.run(
        ["pdftotext", "-f", "1", "-l", "1", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
    assert lines[:3] == ["Notes fictives", "⚠ Un dossier en retard", "Rang Projet Note /20 Proposition"]
    assert lines[3].startswith("1 Un projet 18")
    assert lines[-1].startswith("Classement page 1 /")
