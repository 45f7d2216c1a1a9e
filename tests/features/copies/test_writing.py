"""Content and look of the file, as openpyxl and our .xlsx backend read it."""

import io

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.google import cells as google_cells
from eig_sheets.spreadsheet.xlsx.package import Package
from eig_sheets.spreadsheet.xlsx.read import snapshot
from tests.features.copies.builders import copied, dated, first_sheet, shown, tab
from tests.spreadsheet.xlsx.opc import load
from tests.spreadsheet.xlsx.package_check import problems

RED, BLUE = {"red": 1}, {"blue": 1}


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["=1+1", "'a", "<r>a</r>", "_x0041_", "a\rb\n", " \t", "\ufffe\uffff", "]]>", "&amp;", "0012"]),
)
CELLS = st.one_of(
    st.just({}),
    TEXTS.map(shown),
    st.booleans().map(shown),
    st.floats(allow_nan=False, allow_infinity=False).map(shown),
    st.integers(-(2**53), 2**53).map(shown),
    st.floats(61, 2_958_465).map(dated),
    st.floats(0, 0.999).map(lambda serial: dated(serial, "TIME", "hh:mm:ss")),
    st.floats(-100, 100).map(lambda serial: dated(serial, "TIME", "[h]:mm:ss")),
    st.sampled_from(["REF", "N_A", "NUM"]).map(lambda kind: {"effectiveValue": {"errorValue": {"type": kind}}}),
)


def as_read(cell):
    """What our Google workbook reads of a cell; a duration that is a time of day there is one in a file only."""
    value, _ = google_cells.read(cell)
    pattern = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("pattern", "")
    number = cell.get("effectiveValue", {}).get("numberValue")
    if pattern.startswith("["):
        return round(number * 86_400_000)
    return value


def as_copied(value, cell):
    pattern = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("pattern", "")
    return round(value.total_seconds() * 1000) if pattern.startswith("[") else value


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
@example([[shown("a" * 32_767)]])
@example([[{}, shown(True)], [], [shown(-0.0)]])
def test_our_workbook_reads_in_the_copy_what_it_reads_on_google(rows):
    data = copied(tab(rows))
    tabs = snapshot(Package(data), "").tabs
    assert [sheet.name for sheet in tabs] == ["Onglet"]
    assert dict(tabs[0].formulas) == {}
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            assert as_copied(tabs[0].value(number, column), cell) == as_read(cell)
    assert problems(data) == []


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
    made = first_sheet(tab([[cell, shown("b")]]), theme=[("ACCENT1", BLUE)])
    font, plain = made["A1"].font, made["B1"]
    assert (font.b, font.i, font.u, font.strike, font.sz, font.name) == (True, True, "single", True, 14, "Arial")
    assert (font.color.rgb, made["A1"].fill.fgColor.rgb) == ("FF0000FF", "FFFF8033")
    borders = made["A1"].border
    assert (borders.bottom.style, borders.bottom.color.rgb, borders.top.style) == ("medium", "FFFF0000", None)
    alignment = made["A1"].alignment
    assert (alignment.horizontal, alignment.vertical, alignment.wrap_text) == ("center", "center", True)
    assert (plain.font.b, plain.fill.fill_type, plain.style_id) == (False, None, 0)


def test_a_text_that_begins_like_a_formula_stays_a_text_when_it_is_edited():
    made = first_sheet(tab([[shown("=A1"), shown("'a"), shown("b"), shown(-3)]]))
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
    made = first_sheet(tab([[shown("Titre")], [shown("a")]], properties=properties, data=data, merges=[merge]))
    assert (made.sheet_properties.tabColor.rgb, made.freeze_panes, made.sheet_view.showGridLines) == (
        "FFFF0000", "B3", False,
    )  # fmt: skip
    assert [round(made.column_dimensions[letter].width, 2) for letter in "AC"] == [20, 13.57]
    assert [made.column_dimensions[letter].hidden for letter in "ABC"] == [False, True, False]
    assert [made.row_dimensions[row].hidden for row in (2, 3)] == [False, True]
    assert [str(area) for area in made.merged_cells.ranges] == ["A1:C1"]
    assert (made.print_title_rows, made.print_title_cols) == ("$1:$2", "$A:$A")


def test_groups_of_columns_are_folded_as_in_the_original():
    def group(first, end, **more):
        return {"range": {"dimension": "COLUMNS", "startIndex": first, "endIndex": end}, "depth": 1, **more}

    data = {"columnMetadata": [{}, {"hiddenByUser": True}, {"hiddenByUser": True}, {}, {}, {}]}
    made = first_sheet(tab([[shown("a")]], data=data, columnGroups=[group(1, 3, collapsed=True), group(4, 5)]))
    folds = [made.column_dimensions[letter] for letter in "ABDEF"]  # B and C are one range
    assert [(fold.outlineLevel, fold.hidden, fold.collapsed) for fold in folds] == [
        (0, False, False), (1, True, False), (0, False, True), (1, False, False), (0, False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(("pixels", "pages"), [(145, 1), (2000, 2), (3000, 4)])
def test_a_page_in_print_is_readable(pixels, pages):
    made = first_sheet(tab([[shown("a"), shown("b")]], data={"columnMetadata": [{"pixelSize": pixels}] * 2}))
    setup, margins = made.page_setup, made.page_margins
    assert (setup.orientation, setup.paperSize, setup.fitToWidth or 1, setup.fitToHeight) == ("landscape", 9, pages, 0)
    assert (margins.left, margins.right, margins.top, margins.bottom) == (0.4, 0.4, 0.5, 0.6)
    assert (made.oddFooter.left.text, made.oddFooter.right.text) == ("&A", "page &P / &N")
    assert made.print_title_cols == ("$A:$A" if pages > 1 else None)
    assert made.print_options.gridLines is True
    assert made.sheet_view.showGridLines is not False


def test_the_file_opens_on_the_first_tab_that_is_seen():
    data = copied(
        tab([], title="a", properties={"hidden": True}), tab([], title="b", sheet_id=2), tab([], title="c", sheet_id=3)
    )
    made = openpyxl.load_workbook(io.BytesIO(data))
    assert made.active.title == "b"
    assert [sheet.sheet_state for sheet in made] == ["hidden", "visible", "visible"]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in made] == [False, True, False]


def test_rows_that_people_will_add_look_like_the_last_one():
    dated = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}}
    rows = [[shown("Le"), shown("Qui")], [shown(44293) | dated], [dated], [dated]]
    made = first_sheet(tab(rows, row_count=4, data={"columnMetadata": [{}, {}]}))
    assert made.column_dimensions["A"].number_format == "dd/mm/yyyy"
    assert (made["A1"].number_format, made.freeze_panes) == ("General", None)
    assert made["A2"].number_format == "dd/mm/yyyy"
    assert made.max_row == 2
    shorter = first_sheet(tab(rows, row_count=9, data={"columnMetadata": [{}, {}]}))
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
    made = first_sheet(tab([[shown("voir") | {"hyperlink": link}]]), tab([], title="L’autre 'onglet", sheet_id=7))
    hyperlink = made["A1"].hyperlink
    assert (made["A1"].value, hyperlink.target, hyperlink.location) == ("voir", target, location)
    assert (made["A1"].font.u, made["A1"].font.color.rgb) == ("single", "FF1155CC")


@pytest.mark.parametrize("value", ["a\x01 & <b>", "=A1", 3, True])
def test_what_a_linked_cell_holds_is_as_it_was(value):
    for link in ("#gid=1&range=C4", "https://example.org"):
        made = first_sheet(tab([[shown(value) | {"hyperlink": link}]]))["A1"]
        kept = value.replace("\x01", "_x0001_") if isinstance(value, str) else value
        assert (made.value, made.data_type) == (kept, {str: "s", bool: "b"}.get(type(value), "n"))


@pytest.mark.parametrize("link", ["#gid=8", "javascript:alert(1)", "#rangeid=1", "https://example.org/" + "a" * 2000])
def test_a_link_that_leads_nowhere_is_a_text(link):
    assert first_sheet(tab([[shown("voir") | {"hyperlink": link}]]))["A1"].hyperlink is None


def test_notes_are_comments():
    made = first_sheet(tab([[shown("a") | {"note": "Une\nnote <b>"}, {"note": "seule"}]]))
    assert [made[cell].comment.text for cell in ("A1", "B1")] == ["Une\nnote <b>", "seule"]


def test_nothing_in_the_file_names_the_original(tmp_path):
    path = tmp_path / "copie.xlsx"
    path.write_bytes(copied(tab([[shown("a")]])))
    assert not any(b"google" in part.lower() for part in load(path).values())
