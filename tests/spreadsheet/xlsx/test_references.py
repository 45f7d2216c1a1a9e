"""Rows that an import wrote are not deleted from a file where anything refers to them, or lies on them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from eig_sheets.spreadsheet.model.base import RowsInUseError
from eig_sheets.spreadsheet.model.plan import DeleteRows, Plan
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.package import Package
from eig_sheets.spreadsheet.xlsx.references import RowUses
from tests.spreadsheet.xlsx.excel365 import SYNTHESIS, campaign
from tests.spreadsheet.xlsx.package_check import problems

ROWS = [["N° de dossier", "Nom"], *[[str(number), f"Projet {number}"] for number in range(101, 109)]]
DELETION = DeleteRows("Candidatures", 7, 9, 2)


@pytest.fixture
def made(tmp_path):
    """A file of eight dossiers, three of which an import wrote; `change` does what people did to it."""

    def make(change) -> XlsxWorkbook:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Candidatures"
        for row in ROWS:
            sheet.append(row)
        other = book.create_sheet("Suivi d’équipe")
        change(book, sheet, other)
        path = tmp_path / "campagne.xlsx"
        book.save(path)
        return XlsxWorkbook(path, tmp_path / "versions")

    return make


def apply(book: XlsxWorkbook) -> list[list[object]]:
    book.apply(Plan(book.read().version, (DELETION,)))
    return [list(row) for row in book.read().tab("Candidatures").rows]


def name(reference: str):
    return lambda book, *_: book.defined_names.add(DefinedName("retenus", attr_text=reference))


def rule(formula: str, area: str = "A2:B9"):
    fill = PatternFill("solid", bgColor="FFFF00")
    return lambda _, sheet, __: sheet.conditional_formatting.add(area, FormulaRule(formula=[formula], fill=fill))


def validation(formula: str):
    def change(_, __, other):
        rule = DataValidation("list", formula1=formula)
        rule.add("A1")
        other.add_data_validation(rule)

    return change


def table(area: str, totals: int = 0):
    def change(_, sheet, __):
        made = Table(displayName="Dossiers", ref=area, totalsRowCount=totals or None)
        sheet.add_table(made)

    return change


def chart(first: int, last: int):
    def change(_, sheet, other):
        bars = BarChart()
        bars.add_data(Reference(sheet, min_col=1, min_row=first, max_row=last))
        other.add_chart(bars, "D2")

    return change


def set_(cell: str, value: str):
    return lambda _, __, other: other.__setitem__(cell, value)


def link(_, sheet, __):
    sheet["B8"].hyperlink = "https://exemple.invalid"


def note(cell: str):
    return lambda _, sheet, __: setattr(sheet[cell], "comment", Comment("vu", "Léa"))


IN_USE = {
    "a name": (name("Candidatures!$A$2:$A$9"), "le nom « retenus »"),
    "a rule": (rule("$A$8=1"), "une règle"),
    "a validation elsewhere": (validation("Candidatures!$A$2:$A$9"), "une règle"),
    "a formula": (set_("A1", "=Candidatures!B8"), "une formule de l’onglet « Suivi d’équipe »"),
    "a chart": (chart(2, 9), "un graphique"),
    "a note": (note("B8"), "une note"),
    "a link": (link, "un lien"),
    "a table with totals": (table("A1:B9", 1), "le tableau « Dossiers » les totalise"),
}
FREE = {
    "nothing": lambda *_: None,
    "a name above": name("Candidatures!$A$2:$A$6"),
    "a whole column": set_("A1", "=COUNTA(Candidatures!A:A)"),
    "another tab": set_("A1", "=B8"),
    "a rule on whole rows": rule("$A2=1", "A2:B1048576"),
    "a chart above": chart(2, 6),
    "a note above": note("B6"),
}


@pytest.mark.parametrize(("change", "what"), IN_USE.values(), ids=IN_USE)
def test_what_refers_to_them_keeps_them(made, change, what):
    book = made(change)
    before = [list(row) for row in book.read().tab("Candidatures").rows]
    with pytest.raises(RowsInUseError) as caught:
        apply(book)
    assert str(caught.value).replace("\u202f", " ").startswith(what)
    assert [list(row) for row in book.read().tab("Candidatures").rows] == before


def test_each_row_that_is_in_use_is_named_and_no_other(made):
    def change(book, sheet, _):
        note("B8")(book, sheet, None)
        name("Candidatures!$A$9")(book, sheet, None)

    with pytest.raises(RowsInUseError) as caught:
        apply(made(change))
    assert {row: what.split()[1] for row, what in caught.value.rows.items()} == {8: "note", 9: "nom"}


@pytest.mark.parametrize("change", FREE.values(), ids=FREE)
def test_what_does_not_lets_them_go(made, change):
    book = made(change)
    assert apply(book) == ROWS[:6]


def test_a_table_and_a_filter_are_shortened(made, tmp_path):
    def change(_, sheet, other):
        sheet.add_table(Table(displayName="Dossiers", ref="A1:B9"))
        other["A1"] = "à nous"

    book = made(change)
    apply(book)
    after = openpyxl.load_workbook(io.BytesIO((tmp_path / "campagne.xlsx").read_bytes()))
    assert after["Candidatures"].tables["Dossiers"].ref == "A1:B6"
    assert problems((tmp_path / "campagne.xlsx").read_bytes()) == []


def test_a_filter_is_shortened_and_styles_stay(made, tmp_path):
    def change(_, sheet, __):
        sheet.auto_filter.ref = "A1:B9"
        sheet["B8"].fill = PatternFill("solid", fgColor="FFFF00")

    apply(made(change))
    after = openpyxl.load_workbook(tmp_path / "campagne.xlsx")["Candidatures"]
    assert (after.auto_filter.ref, after["B8"].value, after["B8"].fill.fgColor.rgb) == ("A1:B6", None, "00FFFF00")


def test_excel_s_own_charts_and_pivot_tables_are_seen():
    contents = Contents(Package(campaign()))
    tab = contents.tab(SYNTHESIS)
    uses = {*RowUses(contents, tab).uses(2, 2)}
    assert {"un graphique y renvoie", "un tableau croisé y renvoie"} <= uses
    assert not {"un tableau croisé y renvoie"} & {*RowUses(contents, tab).uses(900, 901)}
