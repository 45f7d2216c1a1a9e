"""How a new tab of a file first shows: hidden, with columns that stay on the screen, with folded ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.plan import AddColumn, CreateTab, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet import libreoffice
from tests.spreadsheet.contract_first_view import FOLDED, HIDDEN, hidden_tabs
from tests.spreadsheet.xlsx.books import RANKING, applied, new_book


def folds(path: str | Path) -> dict[str, tuple[int, bool, bool]]:
    """The outline level of each column of `Jury`, whether it is hidden, and whether the group before it is folded."""
    columns = openpyxl.load_workbook(path)["Jury"].column_dimensions
    return {
        letter: (dimension.outlineLevel, dimension.hidden, dimension.collapsed)
        for first, dimension in columns.items()
        for letter in map(openpyxl.utils.get_column_letter, range(dimension.min or 1, (dimension.max or 1) + 1))
        if first and letter <= "E"
    }


DETAILS = {"A": (0, False, False), "B": (0, False, False), "C": (1, True, False), "D": (1, True, False),
           "E": (0, False, True)}  # fmt: skip


def test_folded_columns_have_the_button_that_unfolds_them_and_the_first_stay_on_the_screen(tmp_path):
    book = new_book(tmp_path, RANKING, FOLDED)
    assert folds(book.location) == DETAILS
    tab = openpyxl.load_workbook(book.location)["Jury"]
    assert (tab.freeze_panes, tab.sheet_format.outlineLevelCol) == ("C2", 1)
    assert tab.print_title_cols in (None, "$A:$B")


def test_what_people_unfold_stays_so_when_a_column_is_added(tmp_path):
    book = new_book(tmp_path, RANKING, FOLDED)
    people = openpyxl.load_workbook(book.location)
    for letter in "CD":
        people["Jury"].column_dimensions[letter].hidden = False
    people["Jury"].column_dimensions["E"].collapsed = False
    people.save(book.location)
    before = folds(book.location)
    applied(book, AddColumn("Jury", 1, 5, Column("Rang"), "rang"))
    assert folds(book.location) == before != DETAILS


@pytest.mark.parametrize("frozen", ["A4", "C4"])
def test_a_replaced_tab_keeps_the_columns_that_people_froze(tmp_path, frozen):
    book = new_book(tmp_path, replace(RANKING, frozen_columns=1))
    assert openpyxl.load_workbook(book.location)["Classement"].freeze_panes == "B4"
    people = openpyxl.load_workbook(book.location)
    people["Classement"].freeze_panes = frozen
    people.save(book.location)
    applied(book, ReplaceTab("Classement", replace(RANKING, frozen_columns=1, rows=RANKING.rows[:1])))
    assert openpyxl.load_workbook(book.location)["Classement"].freeze_panes == frozen


def test_a_file_opens_on_a_tab_that_shows(tmp_path):
    book = new_book(tmp_path, RANKING, HIDDEN, FOLDED)
    made = openpyxl.load_workbook(book.location)
    assert [tab.sheet_state for tab in made] == ["visible", "hidden", "visible"]
    assert made.active.title == "Classement"


@pytest.mark.slow
def test_libreoffice_keeps_it_all(tmp_path):
    book = new_book(tmp_path, RANKING, HIDDEN, FOLDED)
    saved = libreoffice.convert(Path(book.location), "xlsx", tmp_path / "lo", profile=tmp_path / "profile")
    again = XlsxWorkbook(saved, tmp_path / "versions")
    assert hidden_tabs(again.read()) == ["Anomalies"]
    assert {letter: fold[:2] for letter, fold in folds(saved).items()} == {
        letter: fold[:2] for letter, fold in DETAILS.items()
    }
    assert openpyxl.load_workbook(saved)["Jury"].freeze_panes == "C2"
    applied(again, CreateTab(replace(HIDDEN, id="autre", name="Autre")))
    assert hidden_tabs(again.read()) == ["Anomalies", "Autre"]
