"""Drop-downs and colour rules of the copy, as openpyxl sees them."""

import io

import openpyxl
import pytest

from eig_sheets.features.copies.google_reading import read_book
from tests.features.copies.builders import book, copied, first_sheet, shown, tab
from tests.spreadsheet.xlsx.package_check import problems

RED, BLUE = {"red": 1}, {"blue": 1}


def listed(*choices, kind="ONE_OF_LIST"):
    values = [{"userEnteredValue": choice} for choice in choices]
    return {"dataValidation": {"condition": {"type": kind, **({"values": values} if values else {})}}}


def test_drop_downs_and_boxes():
    long = ["=1+1", "https://example.org", *(f"Administration de la forêt n° {number}" for number in range(18))]
    head = [shown(title) for title in "abcd"]
    row = [listed("oui", "non"), listed(*long), listed(kind="BOOLEAN"), listed("a", "b") | shown("a")]
    rows = [head, row, row, [*row[:3], {}]]
    data = copied(tab(rows, row_count=4), tab([], title="Listes (robot)", sheet_id=2))
    assert problems(data) == []
    made = openpyxl.load_workbook(io.BytesIO(data))
    rules = {str(rule.sqref): rule for rule in made["Onglet"].data_validations.dataValidation}
    assert {where: rule.formula1 for where, rule in rules.items()} == {
        "A2:A1048576 C2:C1048576": '"oui,non"',
        "B2:B1048576": "'Listes (robot) (2)'!$A$1:$A$20",
        "D2:D3": '"a,b"',
    }
    alerts = {(rule.type, rule.errorStyle, rule.errorTitle, rule.showErrorMessage) for rule in rules.values()}
    assert alerts == {("list", "warning", "Réponse inattendue", True)}
    assert made["Listes (robot) (2)"].sheet_state == "veryHidden"
    cells = [made["Listes (robot) (2)"].cell(row, 1) for row in range(1, 21)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(choice, "s", None) for choice in long]


def colour(kind, *values, **shades):
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    style = {"backgroundColorStyle": {"rgbColor": RED}, "textFormat": {"bold": True}} | shades
    ranges = [{"sheetId": 1, "startRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}]
    return {"ranges": ranges, "booleanRule": {"condition": condition, "format": style}}


@pytest.mark.parametrize(
    ("rule", "kind", "operator", "formula"),
    [
        (colour("TEXT_EQ", 'a "b"'), "cellIs", "equal", '"a ""b"""'),
        (colour("TEXT_STARTS_WITH", "⚠ a"), "expression", None, 'LEFT(C2,3)="⚠ a"'),
        (colour("TEXT_CONTAINS", "a"), "expression", None, 'ISNUMBER(FIND(UPPER("a"),UPPER(C2)))'),
        (colour("NUMBER_LESS", "1,5"), "cellIs", "lessThan", "1.5"),
        (colour("NOT_BLANK"), "expression", None, 'C2<>""'),
    ],
)
def test_colour_rules(rule, kind, operator, formula):
    made = first_sheet(tab([], conditionalFormats=[rule, colour("TEXT_EQ", "z")]))
    (where, (first, second)), = made.conditional_formatting._cf_rules.items()  # fmt: skip
    assert str(where.sqref) == "C2:C1048576"
    assert (first.type, first.operator, first.formula) == (kind, operator, [formula])
    assert (first.priority, second.priority, first.stopIfTrue) == (1, 2, True)
    assert (first.dxf.font.b, first.dxf.fill.bgColor.rgb) == (True, "FFFF0000")


def test_colour_scales():
    points = {
        "minpoint": {"type": "NUMBER", "value": "1", "colorStyle": {"rgbColor": RED}},
        "midpoint": {"type": "PERCENT", "value": "=7/2", "colorStyle": {"rgbColor": {}}},
        "maxpoint": {"type": "MAX", "colorStyle": {"rgbColor": BLUE}},
    }
    made = first_sheet(tab([], conditionalFormats=[{"ranges": [{"sheetId": 1}], "gradientRule": points}]))
    ((where, (rule,)),) = made.conditional_formatting._cf_rules.items()
    assert str(where.sqref) == "A1:Z1048576"
    assert [(point.type, point.val) for point in rule.colorScale.cfvo] == [("num", 1), ("percent", 3.5), ("max", 0)]
    assert [colour.rgb for colour in rule.colorScale.color] == ["FFFF0000", "FF000000", "FF0000FF"]


@pytest.mark.parametrize(
    "rule",
    [
        colour("CUSTOM_FORMULA", "=$A2>3"),
        colour("TEXT_EQ", "=A1"),
        colour("NUMBER_LESS", "abc"),
        colour("DATE_BEFORE", "x"),
        {"ranges": [{"sheetId": 1}], "gradientRule": {"minpoint": {"type": "MIN"}}},
    ],
)
def test_rules_that_only_google_can_say_are_counted(rule):
    made = read_book(book(tab([], conditionalFormats=[rule, colour("TEXT_EQ", "a")])), "x.txt").tabs[0]
    assert (len(made.tab.rules), made.remarks.rules) == (1, 1)
