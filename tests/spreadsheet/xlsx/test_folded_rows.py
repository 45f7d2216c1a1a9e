"""The last rows of a tab of the robot's are folded together, unless people unfolded them."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook

HOME = Sheet("accueil", "Accueil", Owner.ROBOT, (Column("Quoi"), Column("Nombre")))


def with_rows(*names, folded):
    return replace(HOME, rows=tuple((name, 1) for name in names), folded=folded)


@pytest.fixture
def book(tmp_path):
    return XlsxWorkbook(str(tmp_path / "a.xlsx"), tmp_path / "versions")


def write(book, operation):
    version = book.read().version if book.exists() else ""
    book.apply(Plan(version, (operation,)))


def folded(book):
    """The level of each row of values, and whether it is hidden; openpyxl reads what Excel would."""
    sheet = openpyxl.load_workbook(book.location)["Accueil"]
    rows = (sheet.row_dimensions[row] for row in range(2, sheet.max_row + 1))
    return [(row.outlineLevel, bool(row.hidden)) for row in rows]


def test_the_last_rows_are_folded_and_a_row_that_comes_before_them_shows(book):
    write(book, CreateTab(with_rows("a", "b", "c", folded=1)))
    assert folded(book) == [(0, False), (1, True), (1, True)]
    write(book, ReplaceTab("Accueil", with_rows("a", "urgent", "b", "c", folded=2)))
    assert folded(book) == [(0, False), (0, False), (1, True), (1, True)]
    sheet = openpyxl.load_workbook(book.location)["Accueil"]
    assert sheet.sheet_properties.outlinePr.summaryBelow is False  # the « + » is on the line above
    assert sheet.row_dimensions[3].collapsed is True


def test_rows_that_people_unfolded_stay_so(book):
    write(book, CreateTab(with_rows("a", "b", "c", folded=1)))
    opened = openpyxl.load_workbook(book.location)
    for row in (3, 4):
        opened["Accueil"].row_dimensions[row].hidden = False
    opened.save(book.location)
    write(book, ReplaceTab("Accueil", with_rows("a", "urgent", "b", folded=2)))
    assert folded(book) == [(0, False), (0, False), (1, False)]


def test_a_tab_without_any_has_no_outline(book):
    write(book, CreateTab(with_rows("a", "b", folded=None)))
    assert folded(book) == [(0, False), (0, False)]
