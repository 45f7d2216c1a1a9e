"""A real LibreOffice opens a page, computes it and saves it: what comes back says the same."""

from dataclasses import replace

import openpyxl
import pytest

from eig_sheets.call.jury.pages.fields import HALF_DAY
from eig_sheets.call.jury.pages.files_pages import read_page
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.spreadsheet.model.cells import Formula
from tests.call.jury.pages.pages import DECLARATION, HALF_DAYS, NOTES, PARIS, file_of, filled, read_file
from tests.spreadsheet import libreoffice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL),
]
ANSWERS = {
    "101": {"besoin": 3.7, "equipe": "NSP", "commentaire": "=1+1", "communicable": "oui"},
    "102": {"besoin": 9.0},
    "103": {"deport": "oui"},
}


def test_what_was_filled_comes_back_and_the_marks_are_what_we_said(tmp_path):
    blank, page = read_file(file_of(NOTES)), filled(NOTES, ANSWERS)
    source = tmp_path / "anna.xlsx"
    source.write_bytes(file_of(NOTES))
    book = openpyxl.load_workbook(source)  # which keeps the formulas and forgets their values
    for row in blank.rows:
        for field, value in ANSWERS[row.numero].items():
            cell = book["Grille"][row.cells[field].removeprefix("Grille!")]
            cell.value, cell.data_type = value, "n" if isinstance(value, float) else "s"
    book.save(source)
    saved = libreoffice.convert(source, "xlsx", tmp_path / "rendu", profile=tmp_path / "profil")
    received = read_page(saved, PARIS)
    assert {row.numero: dict(row.values) for row in received.rows} == ANSWERS
    assert received.problems == ()
    assert [row.version for row in received.rows] == ["v101", "v102", "v103"]
    check_formulas(saved, page)


@pytest.mark.parametrize("word", ["Oui, je connais le porteur", " NON ", "peut-être"])
def test_the_formulas_of_a_deport_give_what_we_said(tmp_path, word):
    noted = {number: {"besoin": 3.0, "equipe": 3.0} for number in ("101", "102", "103")}
    page = filled(NOTES, {**noted, "101": {**noted["101"], "deport": word}})
    source = tmp_path / "anna.xlsx"
    source.write_bytes(file_of(page))
    check_formulas(libreoffice.convert(source, "xlsx", tmp_path / "rendu", profile=tmp_path / "profil"), page)


def check_formulas(saved, page):
    """What LibreOffice computed is the value that we gave with each formula."""
    tab = form_of(page).page
    shown = openpyxl.load_workbook(saved, data_only=True)[tab.name]
    formulas = [(row, column, cell.value) for row, column, cell in tab.cells() if isinstance(cell.value, Formula)]
    assert len(formulas) > 10
    for row, column, formula in formulas:
        assert (shown.cell(row, column + 1).value or "") == formula.value, (row, column)


def test_the_formulas_of_a_declaration_give_what_we_said(tmp_path):
    signed = {f"{HALF_DAY}{HALF_DAYS[0]}": "oui", f"{HALF_DAY}{HALF_DAYS[1]}": "non", "declared": "oui"}
    page = filled(
        replace(DECLARATION, half_days=HALF_DAYS), {"102": {"deport": "oui"}}, **signed, declared_on="12/04/2021"
    )
    source = tmp_path / "anna.xlsx"
    source.write_bytes(file_of(page))
    book = openpyxl.load_workbook(source)
    book.save(source)
    saved = libreoffice.convert(source, "xlsx", tmp_path / "rendu", profile=tmp_path / "profil")
    check_formulas(saved, page)
    assert read_page(saved, PARIS).deports == ("102",)
