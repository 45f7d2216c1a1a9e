"""The file of a book, as openpyxl reads it."""

import io
from datetime import datetime

import openpyxl

from eig_sheets.spreadsheet.model.snapshot import Area
from eig_sheets.spreadsheet.new_xlsx.content import (
    Book,
    Cell,
    ColourRule,
    ColourScale,
    DropDown,
    Style,
    Tab,
    Width,
    number_of,
)
from eig_sheets.spreadsheet.new_xlsx.writing import xlsx_file
from tests.spreadsheet.xlsx.package_check import problems


def written(*tabs):
    data = xlsx_file(Book(tabs))
    assert problems(data) == []
    return openpyxl.load_workbook(io.BytesIO(data))


def test_each_value_has_its_type_and_its_look():
    day, look = number_of(datetime(2021, 4, 7, 12)), Style(number_format="dd/mm/yyyy", bold=True, background="FF8033")
    cells = [Cell(day, look), Cell("=1+1", Style(quoted=True)), Cell(True), Cell("a\ud800"), Cell()]
    made = written(Tab("Onglet", [cells]))["Onglet"]
    assert (made["A1"].value, made["A1"].font.b, made["A1"].fill.fgColor.rgb) == (
        datetime(2021, 4, 7, 12), True, "FFFF8033",
    )  # fmt: skip
    assert (made["B1"].value, made["B1"].data_type, made["B1"].quotePrefix) == ("=1+1", "s", True)
    assert [made[cell].value for cell in ("C1", "D1", "E1")] == [True, "a\ufffd", None]


def test_what_stands_around_the_values():
    tab = Tab(
        "Onglet",
        [[Cell("voir", link="https://example.org/a b"), Cell("ici", link="#'Autre'!C4")]],
        [Width(20), Width(8, hidden=True)],
        frozen_rows=1,
        merges=[Area(3, 0, 3, 1)],
        notes=[(1, 0, "Une note")],
        drop_downs=[DropDown((Area(2, 0, 9, 0),), ("oui", "non"))],
        rules=[
            ColourRule((Area(2, 0, 9, 0),), "==", '"oui"', Style(bold=True)),
            ColourScale((Area(2, 1, 9, 1),), (("min", 0, "FF0000"), ("max", 0, "0000FF"))),
        ],
    )
    book = written(Tab("Masqué", [], hidden=True), tab, Tab("Autre", []))
    made = book["Onglet"]
    assert (book.active.title, book["Masqué"].sheet_state) == ("Onglet", "hidden")
    assert (made["A1"].hyperlink.target, made["B1"].hyperlink.location) == ("https://example.org/a%20b", "'Autre'!C4")
    assert (made.freeze_panes, made.column_dimensions["B"].hidden, made["A1"].comment.text) == ("A2", True, "Une note")
    assert [str(area) for area in made.merged_cells.ranges] == ["A3:B3"]
    assert [rule.formula1 for rule in made.data_validations.dataValidation] == ['"oui,non"']
    assert len(made.conditional_formatting) == 2


def test_choices_that_no_rule_holds_are_in_a_hidden_tab():
    choices = tuple(f"Administration de la forêt n° {number}" for number in range(20))
    book = written(Tab("Listes (robot)", []), Tab("Onglet", [], drop_downs=[DropDown((Area(2, 0, 9, 0),), choices)]))
    assert book["Listes (robot) (2)"].sheet_state == "veryHidden"
    assert [cell.value for (cell,) in book["Listes (robot) (2)"].iter_rows()] == [*choices]
