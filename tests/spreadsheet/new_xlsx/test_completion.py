"""What XlsxWriter cannot write."""

import io

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.new_xlsx.completion import needs_completion
from eig_sheets.spreadsheet.new_xlsx.content import Book, Cell, Style, Tab
from eig_sheets.spreadsheet.new_xlsx.writing import xlsx_file
from tests.spreadsheet.xlsx.opc import load

RICH = "<r>&\x01</r>"


@pytest.mark.parametrize("value", [CellError("#REF!"), 10 / 3, 0.1 + 0.2, RICH])
def test_values_that_xlsxwriter_has_no_call_for(value):
    assert needs_completion(value)


@pytest.mark.parametrize("value", [None, True, 3, 0.1, 44293.5, 1e300, "<r>", "a<r></r>", "#REF!"])
def test_values_that_it_writes(value):
    assert not needs_completion(value)


def written(*rows):
    """The file of one tab."""
    return xlsx_file(Book((Tab("Onglet", [[*row] for row in rows]),)))


def test_they_are_in_the_file_with_their_style():
    bold = Style(bold=True)
    cells = Cell(CellError("#REF!"), bold), Cell(10 / 3, bold), Cell(RICH)
    made = openpyxl.load_workbook(io.BytesIO(written(cells))).active
    assert [(cell.value, cell.data_type, cell.font.b) for cell in made[1]] == [
        ("#REF!", "e", True),
        (10 / 3, "n", True),
        ("<r>&_x0001_</r>", "s", False),
    ]


def test_equal_books_make_equal_files_of_nobody(tmp_path):
    first, other = written([Cell("a")]), written([Cell("a")])
    assert first == other
    (tmp_path / "copie.xlsx").write_bytes(first)
    assert not any("docProps" in name for name in load(tmp_path / "copie.xlsx"))


def test_no_cell_names_the_usual_style(tmp_path):
    """LibreOffice would put all the lines of its text on one."""
    (tmp_path / "copie.xlsx").write_bytes(written([Cell("a\nb"), Cell(1)]))
    sheet = load(tmp_path / "copie.xlsx")["xl/worksheets/sheet1.xml"]
    assert b' s="' not in sheet
    assert b'<c r="B1"><v>1</v></c>' in sheet
