"""Conversion of a whole spreadsheet."""

import io

import openpyxl
import pytest

from eig_sheets.features.copies.google_reading import read_book
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.features.copies.builders import book, copied, shown, tab


def test_a_tab_that_is_a_chart_keeps_its_place():
    chart = {"properties": {"sheetId": 3, "title": "Graphique", "sheetType": "OBJECT"}, "charts": [{"chartId": 1}]}
    answer = book(chart, tab([[shown("a")]]))
    assert [tab.name for tab in read_book(answer, "x.txt").book.tabs] == ["Graphique", "Onglet"]


def test_a_cell_that_no_xlsx_has_is_refused():
    far = [{}] * 16_384
    openpyxl.load_workbook(io.BytesIO(copied(tab([far]))))
    with pytest.raises(
        WorkbookError, match="« Onglet ».*trop grand".replace(" ", "\u202f", 1).replace(" »", "\u202f»")
    ):
        read_book(book(tab([[*far, shown("a")]])), "textes.txt")
