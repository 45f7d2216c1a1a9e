"""An export that would fill the memory is refused before it is parsed."""

import errno

import openpyxl
import pytest

from eig_sheets.call.applications.importing.reading import csv_bytes, read_export, workbook_bytes
from tests.effort import slow


@pytest.mark.parametrize("text", ["," * 4_100_000, "a\n" * 4_100_000, '"' + ";" * 4_100_000])
def test_a_csv_of_too_many_cells(tmp_path, text):
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OSError, match=r".") as raised:
        csv_bytes(path)
    assert raised.value.errno == errno.EFBIG


@pytest.mark.parametrize(("one", "other"), [("XFD1", "A300"), *slow(("A1048576", "D1"))])
def test_a_sheet_that_is_large_up_to_its_last_cell(tmp_path, one, other):
    path = tmp_path / "export.xlsx"
    book = openpyxl.Workbook()
    for cell in (one, other):
        book.active[cell] = "x"
    book.save(path)
    with pytest.raises(Exception, match=r"export.xlsx.*trop gros"):
        read_export(path)


def test_what_is_wrong_otherwise_is_left_to_the_reader(tmp_path):
    path = tmp_path / "export.xlsx"
    path.write_bytes(b"PK no workbook")
    assert workbook_bytes(path) == b"PK no workbook"
