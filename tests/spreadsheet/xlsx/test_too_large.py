"""A file that would fill the memory is refused with a sentence, before it does."""

import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet.xlsx.books import packed, unpacked


def stretched(path, replace):
    """The file with each part as `replace(name, bytes)` gives it."""
    path.write_bytes(packed({name: replace(name, data) for name, data in unpacked(path).items()}))


def refused(path, *words):
    with pytest.raises(WorkbookError) as raised:
        XlsxWorkbook(path, path.parent / "versions").read()
    said = str(raised.value).replace("\u202f", " ")
    for word in ("campagne.xlsx", *words):
        assert word in said


def with_rows(demo, rows):
    """More rows in the first sheet."""
    name = "xl/worksheets/sheet1.xml"
    stretched(
        demo.workbook,
        lambda part, data: data.replace(b"</sheetData>", rows + b"</sheetData>") if part == name else data,
    )


def row(number, column="XFD"):
    return b'<row r="%d"><c r="%s%d" t="str"><v>x</v></c></row>' % (number, column.encode(), number)


def test_a_value_in_the_last_column_of_many_rows(demo):
    with_rows(demo, b"".join(map(row, range(1000, 1600))))
    refused(demo.workbook, "Accueil", "qui va jusqu’à la cellule XFD", "supprimez les lignes et les colonnes")


@pytest.mark.slow
def test_one_value_in_the_last_cell_is_read(demo):
    with_rows(demo, row(1_048_576))
    tab = XlsxWorkbook(demo.workbook, demo.folder).read().tabs[0]
    assert tab.value(1_048_576, 16_383) == "x"


@pytest.mark.slow
def test_more_xml_than_is_read(demo):
    with_rows(demo, b'<row r="1000"><c r="A1000" t="str"><v>' + b"0123456789" * (10 << 20) + b"</v></c></row>")
    refused(demo.workbook, "est trop gros")


def test_a_text_a_hundred_times_too_long(demo):
    with_rows(demo, b'<row r="1000"><c r="A1000" t="str"><v>' + b"0123456789" * 500_000 + b"</v></c></row>")
    refused(demo.workbook, "est trop gros")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(b"<a>" * 20_000 + b"</a>" * 20_000, id="deep"),
        pytest.param(b"<dxf/>" * 600_000, id="wide", marks=pytest.mark.slow),
    ],
)
def test_markup_without_end(demo, more):
    stretched(
        demo.workbook,
        lambda name, data: (
            data.replace(b"</styleSheet>", more + b"</styleSheet>") if name.endswith("styles.xml") else data
        ),
    )
    refused(demo.workbook)


def test_a_file_too_large_to_be_read_at_all(demo):
    with demo.workbook.open("r+b") as file:
        file.truncate(1 << 40)  # of no size on the disk
    refused(demo.workbook, "fichier trop gros")
