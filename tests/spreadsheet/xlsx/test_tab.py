"""Tabs that we create or replace: contents, styles, and what is preserved of people's."""

from __future__ import annotations

import re
from datetime import datetime

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import Formula
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet.xlsx.books import (
    MAIN,
    RANKING,
    STRICT_MAIN,
    STRICT_OFFICE,
    applied,
    new_book,
    opened,
    packed,
    parts,
    ranking,
    relations,
    sheet,
    unpacked,
)

LONG = tuple(f"Une réponse assez longue, numéro {n}" for n in range(20))
PEOPLE = Sheet(
    "candidatures",
    "Candidatures",
    Owner.PEOPLE,
    (
        Column("N° de dossier", note="Unique"),
        Column("Reçu le", Format.DATETIME, 18),
        Column("Avis", choices=("oui", "non")),
        Column("Coût", Format.EURO),
        Column("Région", choices=LONG),
        Column("Rang", Format.INTEGER),
    ),
    (("0123", datetime(2021, 4, 7, 23, 59, 59), "oui", 1234.5),),
    robot_columns=((5, "rang"),),
)


def seen(book, tab):
    return openpyxl.load_workbook(book.location)[tab]


def test_robot_tab_is_frozen_filtered_and_printed_across_a_page(tmp_path):
    book = new_book(tmp_path, RANKING)
    tab = seen(book, "Classement")
    assert (tab.freeze_panes, tab.auto_filter.ref, tab.print_title_rows) == ("A4", "A3:D5", "$3:$3")
    assert (tab.page_setup.orientation, tab.page_setup.fitToWidth, tab.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert tab.sheet_properties.pageSetUpPr.fitToPage
    assert [tab.column_dimensions[letter].width for letter in "ABCD"] == [
        10,
        42,
        12,
        18,
    ]  # room for the indent and the filter's button


def of_probability(format_, value):
    columns = (Column("N° de dossier"), Column("Probabilité de sélection", format_, bar=True))
    return Sheet("classement", "Classement", Owner.ROBOT, columns, (("0123", value),))


def test_a_probability_shows_in_the_format_of_the_night_and_stays_a_number(tmp_path):
    book = new_book(tmp_path, of_probability(Format.PROBABILITY, 0.9999))
    ends = '[<0.01]"<\xa01\xa0%";[>0.99]">\xa099\xa0%";'
    cell = seen(book, "Classement")["B2"]
    assert (cell.value, cell.number_format) == (0.9999, f'{ends}0"\xa0"%')
    applied(book, ReplaceTab("Classement", of_probability(Format.PROBABILITY_2, 0.2496)))
    cell = seen(book, "Classement")["B2"]
    assert (cell.value, cell.number_format) == (0.2496, f'{ends}0.00"\xa0"%')


def test_numbers_and_words_of_a_column_are_in_the_middle(tmp_path):
    columns = (Column("N° de dossier"), Column("Besoin", Format.MIXED), Column("Équipe", Format.MIXED))
    book = new_book(tmp_path, Sheet("notes", "Notes reçues", Owner.ROBOT, columns, (("0123", 3.5, "NSP"),)))
    tab = seen(book, "Notes reçues")
    assert [tab[cell].alignment.horizontal for cell in ("B2", "C2")] == ["center", "center"]
    assert (tab["B2"].value, tab["B2"].number_format) == (3.5, "General")


def test_robot_tab_may_be_sorted_but_not_typed_in(tmp_path):
    tab = seen(new_book(tmp_path, RANKING), "Classement")
    guard = tab.protection
    assert (guard.sheet, guard.password) == (True, None)
    assert (guard.sort, guard.autoFilter, guard.formatColumns) == (False, False, False)  # False: not forbidden
    assert [tab[cell].protection.locked for cell in ("A1", "A3", "A4", "D5")] == [True, True, False, False]
    (rule,) = tab.data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.errorStyle, str(rule.sqref)) == ("custom", "FALSE", "stop", "A4:D5")
    assert rule.error.startswith("Cet onglet est réécrit par le robot")
    assert max(len(rule.error) / 255, len(rule.errorTitle) / 32) <= 1


def test_robot_tab_has_its_colours(tmp_path):
    tab = seen(new_book(tmp_path, RANKING), "Classement")
    assert (tab["A2"].font.color.rgb, tab["A1"].font.color.rgb) == ("FFC9191E", "FF3A3A3A")
    assert (tab["A3"].fill.fgColor.rgb, tab["A3"].font.color.rgb) == ("FF2F4077", "FFFFFFFF")
    rules = {str(area.sqref): [rule.type for rule in area.rules] for area in tab.conditional_formatting}
    assert rules == {"C4:C5": ["colorScale"], "D4:D5": ["cellIs", "cellIs"]}
    assert tab["A3"].comment.text == "Le rang officiel."


def test_computed_banner_turns_red_by_itself(tmp_path):
    late = Formula('IF(NOW()>44300,"⚠ Trop ancien","À jour")', "À jour")
    book = new_book(tmp_path, Sheet("t", "Tableau", Owner.ROBOT, (Column("A"), Column("B")), (), (late,)))
    (area,) = seen(book, "Tableau").conditional_formatting
    assert (str(area.sqref), area.rules[0].formula) == ("A1:B1", ['LEFT($A$1,1)="⚠"'])
    assert book.read().tabs[0].value(1, 0) == "À jour"


def test_french_formats_and_texts_that_stay_texts(tmp_path):
    tab = seen(new_book(tmp_path, PEOPLE, RANKING), "Candidatures")
    assert [tab.cell(2, column).number_format for column in (1, 2, 3, 4)] == [
        "@", "dd/mm/yyyy hh:mm", "@", '#,##0.00"\u00a0€"',
    ]  # fmt: skip
    robot = openpyxl.load_workbook(tmp_path / "neuf.xlsx")["Classement"]
    assert (robot["B5"].value, robot["B5"].data_type, robot["B5"].quotePrefix) == ("=1+1", "s", True)


def test_people_type_in_formatted_columns_with_drop_downs(tmp_path):
    book = new_book(tmp_path, PEOPLE)
    tab = seen(book, "Candidatures")
    rules = {str(rule.sqref): (rule.formula1, rule.errorStyle) for rule in tab.data_validations.dataValidation}
    assert rules == {
        "C2:C1048576": ('"oui,non"', "warning"),
        "E2:E1048576": ("'Listes (robot)'!$A$1:$A$20", "warning"),
    }
    assert not tab.protection.sheet
    lists = openpyxl.load_workbook(book.location)["Listes (robot)"]
    assert ([cell.value for cell in lists["A"]], lists.sheet_state) == (list(LONG), "veryHidden")
    assert [seen.name for seen in book.read().tabs] == ["Candidatures"]


def test_long_list_is_kept_once(tmp_path):
    book = new_book(tmp_path, PEOPLE)
    other = Sheet("autre", "Autre", Owner.PEOPLE, (Column("A", choices=LONG), Column("B", choices=LONG[1:])))
    applied(book, CreateTab(other))
    lists = openpyxl.load_workbook(book.location)["Listes (robot)"]
    assert [[cell.value for cell in column if cell.value] for column in lists.columns] == [list(LONG), list(LONG[1:])]


def test_marks_name_tabs_and_columns(tmp_path):
    read = new_book(tmp_path, PEOPLE, RANKING).read()
    assert [(tab.mark, dict(tab.column_marks)) for tab in read.tabs] == [
        ("candidatures", {5: "rang"}),
        ("classement", {}),
    ]


def test_same_column_mark_in_two_tabs(tmp_path):
    twin = Sheet("autre", "Autre", Owner.PEOPLE, (Column("A"), Column("Rang")), robot_columns=((1, "rang"),))
    read = new_book(tmp_path, PEOPLE, twin).read()
    assert [dict(tab.column_marks) for tab in read.tabs] == [{5: "rang"}, {1: "rang"}]


def test_tab_goes_before_the_one_named_and_names_of_people_follow(tmp_path):
    names = (
        '<definedName name="Notes" localSheetId="0">Feuil1!$A$1</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="1">Feuil2!$A$1:$B$2</definedName>'
    )
    made = parts({"Feuil1": sheet(""), "Feuil2": sheet("")}, names=names)
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace("<workbookView/>", '<workbookView activeTab="1"/>')
    book = opened(tmp_path, packed(made))
    applied(book, CreateTab(RANKING, "Feuil2"))
    after = openpyxl.load_workbook(book.location)
    assert (after.sheetnames, after.active.title) == (["Feuil1", "Classement", "Feuil2"], "Feuil2")
    assert (list(after["Feuil1"].defined_names), after["Feuil2"].print_area) == (["Notes"], "'Feuil2'!$A$1:$B$2")


def test_replaced_tab_stays_where_and_what_people_made_it(tmp_path):
    book = new_book(tmp_path, PEOPLE, RANKING)
    renamed = openpyxl.load_workbook(book.location)
    renamed["Classement"].sheet_state = "hidden"
    renamed.save(book.location)
    content = unpacked(book._path)
    text = content["xl/workbook.xml"].decode().replace('name="Classement"', 'name="Rang d\'or"')
    content["xl/workbook.xml"] = text.replace("'Classement'", "'Rang d''or'").encode()
    book._path.write_bytes(packed(content))
    place = [re.findall(r'name="([^"]+)"[^>]*sheetId="(\d+)"', text)]
    applied(book, ReplaceTab("Rang d'or", ranking((1, "Seul", 20, None))))
    after = openpyxl.load_workbook(book.location)
    assert (after["Rang d'or"].sheet_state, [cell.value for cell in after["Rang d'or"][4]]) == (
        "hidden",
        [1, "Seul", 20, None],
    )
    assert [
        re.findall(r'name="([^"]+)"[^>]*sheetId="(\d+)"', unpacked(book._path)["xl/workbook.xml"].decode())
    ] == place
    assert book.read().tab("Rang d'or").mark == "classement"


def test_replaced_tab_keeps_widths_zoom_and_drawings_of_people(tmp_path):
    book = new_book(tmp_path, RANKING)
    edited = openpyxl.load_workbook(book.location)
    tab = edited["Classement"]
    tab.column_dimensions["B"].width = 77
    tab.sheet_view.zoomScale = 150
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(tab, min_col=3, min_row=3, max_row=5))
    tab.add_chart(chart, "F2")
    edited.save(book.location)
    applied(book, ReplaceTab("Classement", ranking((1, "Seul", 20, None))))
    after = seen(book, "Classement")
    assert (after.column_dimensions["B"].width, after.sheet_view.zoomScale, len(after._charts)) == (77, 150, 1)


def test_replacing_again_and_again_leaves_no_part_behind(tmp_path):
    book = new_book(tmp_path, RANKING)
    names = set(unpacked(book._path))
    for note in (1.0, 2.0, 3.0):
        applied(book, ReplaceTab("Classement", ranking((1, "Un", note, "Lauréat"))))
    assert set(unpacked(book._path)) == names


def test_strict_workbook_gets_strict_tabs(tmp_path):
    content = packed(parts({"Feuil1": sheet("", main=STRICT_MAIN)}, main=STRICT_MAIN, office=STRICT_OFFICE))
    book = opened(tmp_path, content)
    applied(book, CreateTab(RANKING))
    made = unpacked(book._path)
    assert made["xl/worksheets/sheet2.xml"].count(STRICT_MAIN.encode()) == 1
    assert MAIN.encode() not in b"".join(made[name] for name in made if name.startswith("xl/"))
    assert book.read().tab("Classement").value(4, 1) == "Un projet"


@pytest.mark.parametrize("name", ["feuil1", "x" * 32, "a/b", "a:b", "'a", ""])
def test_name_that_excel_refuses_is_refused(tmp_path, name):
    book = opened(tmp_path, packed(parts({"Feuil1": sheet("")})))
    before = book._path.read_bytes()
    with pytest.raises(WorkbookError, match=r"Renommez-le|nom d’onglet"):
        applied(book, CreateTab(Sheet("a", name, Owner.ROBOT, (Column("A"),))))
    assert book._path.read_bytes() == before


def test_chart_under_the_name_of_a_robot_tab_is_not_replaced(tmp_path):
    made = parts({"Feuil1": sheet(""), "Classement": "<chartsheet/>"})
    made["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "chartsheet", "worksheets/sheet2.xml")
    )
    with pytest.raises(WorkbookError, match="n’est pas une feuille de calcul"):
        applied(opened(tmp_path, packed(made)), ReplaceTab("Classement", RANKING))


def test_new_file_opens_on_its_first_tab(tmp_path):
    book = XlsxWorkbook(tmp_path / "neuf.xlsx", tmp_path / "versions")
    assert not book.exists()
    book.apply(Plan("", (CreateTab(PEOPLE), CreateTab(RANKING, "Candidatures"))))
    assert book.exists()
    assert openpyxl.load_workbook(book.location).active.title == "Classement"


def test_very_wide_tab_is_printed_across_several_pages_with_its_keys(tmp_path):
    wide = Sheet("large", "Large", Owner.PEOPLE, tuple(Column(f"Colonne {n}", width=30) for n in range(20)))
    tab = seen(new_book(tmp_path, wide), "Large")
    assert (tab.page_setup.fitToWidth, tab.print_title_cols, tab.print_title_rows) == (3, "$A:$A", "$1:$1")
    assert tab.freeze_panes == "B2"


def test_number_of_the_dossier_is_repeated_beside_its_rank(tmp_path):
    columns = (
        Column("Rang", width=8),
        Column("N° de dossier", width=15),
        *(Column(f"{n}", width=60) for n in range(8)),
    )
    tab = seen(new_book(tmp_path, Sheet("r", "R", Owner.ROBOT, columns)), "R")
    assert (tab.page_setup.fitToWidth, tab.print_title_cols) == (2, "$A:$B")


WIDE = tuple(Column(name, width=90) for name in ("Projet", "Administration", "Résumé", "Motif", "Explication"))
SAID = "⚠ Démonstration : notes fictives & décisions fictives, personnes fictives"


@pytest.mark.parametrize(
    ("owner", "place", "merged", "foot"), [(Owner.ROBOT, "A1", ["A1:B1"], None), (Owner.PEOPLE, "C1", [], SAID)]
)
def test_a_banner_is_whole_on_every_page_across(tmp_path, owner, place, merged, foot):
    columns = (Column("Rang", width=6), Column("N°", width=20), *WIDE)
    tab = seen(new_book(tmp_path, Sheet("t", "Large", owner, columns, (), (SAID,), frozen_columns=2)), "Large")
    assert (tab.print_title_cols, tab.page_setup.fitToWidth) == ("$A:$B", 2)
    assert [cell.coordinate for cell in tab[1] if cell.value] == [place]
    assert [str(area) for area in tab.merged_cells.ranges] == merged
    assert tab.oddFooter.center.text == (foot and foot.replace("&", "&&"))
    assert (tab.row_dimensions[1].height, bool(tab["A1"].alignment.wrap_text)) == (
        (50, True) if merged else (20, False)
    )
