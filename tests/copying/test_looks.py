"""What the copy looks like, as openpyxl sees it."""

import io

import openpyxl
import pytest

from eig_sheets.copying.reading import described
from tests.copying.builders import book, copied, shown, tab
from tests.workbook.opc import load
from tests.workbook.package_check import problems

RED, BLUE = {"red": 1}, {"blue": 1}


def sheet_of(*tabs, theme=()):
    """The first tab of the copy, which Excel would open without a repair."""
    data = copied(*tabs, theme=theme)
    assert problems(data) == []
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def wished(value="a", **more):
    return shown(value) | {"userEnteredFormat": more}


def test_fonts_backgrounds_and_borders():
    line = {"style": "SOLID_MEDIUM", "colorStyle": {"rgbColor": RED}}
    cell = wished(
        textFormat={
            "bold": True, "italic": True, "underline": True, "strikethrough": True, "fontSize": 14,
            "fontFamily": "Arial", "foregroundColorStyle": {"themeColor": "ACCENT1"},
        },
        backgroundColorStyle={"rgbColor": {"red": 1, "green": 0.5, "blue": 0.2}},
        borders={"bottom": line, "top": {"style": "NONE"}},
        horizontalAlignment="CENTER", verticalAlignment="MIDDLE", wrapStrategy="WRAP",
    )  # fmt: skip
    made = sheet_of(tab([[cell, shown("b")]]), theme=[("ACCENT1", BLUE)])
    font, plain = made["A1"].font, made["B1"]
    assert (font.b, font.i, font.u, font.strike, font.sz, font.name) == (True, True, "single", True, 14, "Arial")
    assert (font.color.rgb, made["A1"].fill.fgColor.rgb) == ("FF0000FF", "FFFF8033")
    borders = made["A1"].border
    assert (borders.bottom.style, borders.bottom.color.rgb, borders.top.style) == ("medium", "FFFF0000", None)
    alignment = made["A1"].alignment
    assert (alignment.horizontal, alignment.vertical, alignment.wrap_text) == ("center", "center", True)
    assert (plain.font.b, plain.fill.fill_type, plain.style_id) == (False, None, 0)


def test_a_text_that_begins_like_a_formula_stays_a_text_when_it_is_edited():
    made = sheet_of(tab([[shown("=A1"), shown("'a"), shown("b"), shown(-3)]]))
    assert [bool(made.cell(1, place).quotePrefix) for place in range(1, 5)] == [True, True, False, False]


def test_tabs_columns_and_rows():
    properties = {
        "tabColorStyle": {"rgbColor": RED},
        "gridProperties": {"frozenRowCount": 2, "frozenColumnCount": 1, "hideGridlines": True},
    }
    data = {
        "columnMetadata": [{"pixelSize": 145}, {"hiddenByUser": True}, {}],
        "rowMetadata": [{}, {}, {"hiddenByUser": True}],
    }
    merge = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}
    made = sheet_of(tab([[shown("Titre")], [shown("a")]], properties=properties, data=data, merges=[merge]))
    assert (made.sheet_properties.tabColor.rgb, made.freeze_panes, made.sheet_view.showGridLines) == (
        "FFFF0000", "B3", False,
    )  # fmt: skip
    assert [made.column_dimensions[letter].width for letter in "AC"] == [20, 13.57]
    assert [made.column_dimensions[letter].hidden for letter in "ABC"] == [False, True, False]
    assert [made.row_dimensions[row].hidden for row in (2, 3)] == [False, True]
    assert [str(area) for area in made.merged_cells.ranges] == ["A1:C1"]
    assert (made.print_title_rows, made.print_title_cols) == ("$1:$2", "$A:$A")


def test_the_file_opens_on_the_first_tab_that_is_seen():
    data = copied(
        tab([], title="a", properties={"hidden": True}), tab([], title="b", sheet_id=2), tab([], title="c", sheet_id=3)
    )
    made = openpyxl.load_workbook(io.BytesIO(data))
    assert made.active.title == "b"
    assert [one.sheet_state for one in made] == ["hidden", "visible", "visible"]
    assert [bool(one.sheet_view.tabSelected) for one in made] == [False, True, False]


def test_rows_that_people_will_add_look_like_the_last_one():
    dated = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}}
    rows = [[shown("Le"), shown("Qui")], [shown(44293) | dated], [dated], [dated]]
    made = sheet_of(tab(rows, row_count=4, data={"columnMetadata": [{}, {}]}))
    assert made.column_dimensions["A"].number_format == "dd/mm/yyyy"
    assert made["A1"].number_format == "General"
    assert made["A2"].number_format == "dd/mm/yyyy"
    assert made.max_row == 2
    shorter = sheet_of(tab(rows, row_count=9, data={"columnMetadata": [{}, {}]}))
    assert (shorter.column_dimensions["A"].number_format, shorter.max_row) == ("General", 4)


@pytest.mark.parametrize(
    ("link", "target", "location"),
    [
        ("https://example.org/a b?é=1&c=\"2\"", "https://example.org/a%20b?%C3%A9=1&c=%222%22", None),
        ("mailto:anne@example.org", "mailto:anne@example.org", None),
        ("#gid=7&range=C4", None, "'L’autre ''onglet'!C4"),
        ("#gid=7", None, "'L’autre ''onglet'!A1"),
    ],
)  # fmt: skip
def test_links_lead_where_they_did(link, target, location):
    made = sheet_of(tab([[shown("voir") | {"hyperlink": link}]]), tab([], title="L’autre 'onglet", sheet_id=7))
    found = made["A1"].hyperlink
    assert (made["A1"].value, found.target, found.location) == ("voir", target, location)
    assert (made["A1"].font.u, made["A1"].font.color.rgb) == ("single", "FF1155CC")


@pytest.mark.parametrize("link", ["#gid=8", "javascript:alert(1)", "#rangeid=1", "https://example.org/" + "a" * 2000])
def test_a_link_that_leads_nowhere_is_a_text(link):
    assert sheet_of(tab([[shown("voir") | {"hyperlink": link}]]))["A1"].hyperlink is None


def listed(*choices, kind="ONE_OF_LIST"):
    values = [{"userEnteredValue": choice} for choice in choices]
    return {"dataValidation": {"condition": {"type": kind, **({"values": values} if values else {})}}}


def test_drop_downs_and_boxes():
    long = [f"Administration de la forêt n° {number}" for number in range(20)]
    head = [shown(title) for title in "abcd"]
    row = [listed("oui", "non"), listed(*long), listed(kind="BOOLEAN"), listed("a", "b") | shown("a")]
    rows = [head, row, row, [*row[:3], {}]]
    data = copied(tab(rows, row_count=4), tab([], title="Listes (robot)", sheet_id=2))
    assert problems(data) == []
    made = openpyxl.load_workbook(io.BytesIO(data))
    rules = {str(rule.sqref): rule for rule in made["Onglet"].data_validations.dataValidation}
    assert {where: rule.formula1 for where, rule in rules.items()} == {
        "A2:A1048576 C2:C1048576": '"oui,non"',
        "B2:B1048576": "'Listes (robot) 2'!$A$1:$A$20",
        "D2:D3": '"a,b"',
    }
    assert made["Listes (robot) 2"].sheet_state == "veryHidden"
    assert [made["Listes (robot) 2"].cell(row, 1).value for row in range(1, 21)] == long


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
    made = sheet_of(tab([], conditionalFormats=[rule, colour("TEXT_EQ", "z")]))
    (where, (first, second)), = made.conditional_formatting._cf_rules.items()  # fmt: skip
    assert str(where.sqref) == "C2:C1048576"
    assert (first.type, first.operator, first.formula) == (kind, operator, [formula])
    assert (first.priority, second.priority) == (1, 2)
    assert (first.dxf.font.b, first.dxf.fill.bgColor.rgb) == (True, "FFFF0000")


def test_colour_scales():
    points = {
        "minpoint": {"type": "NUMBER", "value": "1", "colorStyle": {"rgbColor": RED}},
        "midpoint": {"type": "PERCENT", "value": "=7/2", "colorStyle": {"rgbColor": {}}},
        "maxpoint": {"type": "MAX", "colorStyle": {"rgbColor": BLUE}},
    }
    made = sheet_of(tab([], conditionalFormats=[{"ranges": [{"sheetId": 1}], "gradientRule": points}]))
    ((where, (rule,)),) = made.conditional_formatting._cf_rules.items()
    assert str(where.sqref) == "A1:Z1048576"
    assert [(one.type, one.val) for one in rule.colorScale.cfvo] == [("num", 1), ("percent", 3.5), ("max", 0)]
    assert [one.rgb for one in rule.colorScale.color] == ["FFFF0000", "FF000000", "FF0000FF"]


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
    made = described(book(tab([], conditionalFormats=[rule, colour("TEXT_EQ", "a")])), "x.txt").tabs[0]
    assert (len(made.rules), made.remarks.rules) == (1, 1)


def test_notes_are_comments():
    made = sheet_of(tab([[shown("a") | {"note": "Une\nnote <b>"}, {"note": "seule"}]]))
    assert [made[cell].comment.text for cell in ("A1", "B1")] == ["Une\nnote <b>", "seule"]


def test_nothing_in_the_file_names_the_original(tmp_path):
    path = tmp_path / "copie.xlsx"
    path.write_bytes(copied(tab([[shown("a")]])))
    assert not any(b"google" in part.lower() for part in load(path).values())


def test_a_tab_that_is_a_chart_keeps_its_place():
    chart = {"properties": {"sheetId": 3, "title": "Graphique", "sheetType": "OBJECT"}, "charts": [{"chartId": 1}]}
    answer = book(chart, tab([[shown("a")]]))
    assert [one.name for one in described(answer, "x.txt").tabs] == ["Graphique", "Onglet"]
