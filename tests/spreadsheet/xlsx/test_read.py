"""Values come typed, unformatted, at their addresses, whatever program wrote the file."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed
from eig_sheets.spreadsheet.model.snapshot import Area
from tests.spreadsheet.xlsx.books import (
    DATED,
    LASTING,
    MAIN,
    MOMENT,
    PERCENT,
    STRICT_MAIN,
    STRICT_OFFICE,
    TIMED,
    of_rows,
    opened,
    packed,
    parts,
    relations,
    sheet,
)


def cell(tmp_path, xml, **options):
    return of_rows(tmp_path, f'<row r="1">{xml}</row>', **options).read().tabs[0].value(1, 0)


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c r="A1"><v>4512345</v></c>', 4512345.0),
        ('<c r="A1" t="n"><v> 3.5 </v></c>', 3.5),
        ('<c r="A1"><v>1E3</v></c>', 1000.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#REF!</v></c>', CellError("#REF!")),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
        ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', "a"),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', None),
        ('<c r="A1"><f>3+0.5</f><v>3.5</v></c>', 3.5),
        ('<c r="A1"><f>3+0.5</f></c>', Uncomputed("3+0.5")),
        ('<c r="A1"><f>_xlfn.IFNA(B1,&quot;&quot;)</f><v></v></c>', Uncomputed('IFNA(B1,"")')),
        ('<c r="A1" t="inlineStr"><is><t></t></is></c>', None),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> é &amp; &lt;b&gt; </t></is></c>', " é & <b> "),
        ('<c r="A1" t="inlineStr"><is><r><t>en </t></r><r><rPr><b/></rPr><t>gras</t></r></is></c>', "en gras"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', "a\rb_x0041_"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', "a<b"),
        ('<c r="A1"><!-- <c r="A1"><v>9</v></c> --><v>2</v></c>', 2.0),
        ("<c s='0' r='A1' ><v>7</v></c>", 7.0),
        ("<c><v>7</v></c>", 7.0),
        ('<c r="A1" s="3"/>', None),
        ('<c r="A1"><v></v></c>', None),
    ],
)
def test_cell(tmp_path, xml, value):
    assert cell(tmp_path, xml) == value


@pytest.mark.parametrize(
    ("style", "number", "value"),
    [
        (DATED, "44293", datetime(2021, 4, 7)),
        (DATED, "44293.99998842592", datetime(2021, 4, 7, 23, 59, 59)),
        (MOMENT, "1.5", datetime(1900, 1, 1, 12)),
        (DATED, "59", datetime(1900, 2, 28)),
        (DATED, "61", datetime(1900, 3, 1)),
        (TIMED, "0.5", time(12)),
        (TIMED, "44293.5", datetime(2021, 4, 7, 12)),
        (LASTING, "1.25", timedelta(hours=30)),
        (DATED, "-1", -1.0),
        (DATED, "3000000", 3000000.0),
        (PERCENT, "0.3", 0.3),
    ],
)
def test_number_format_makes_the_date(tmp_path, style, number, value):
    assert cell(tmp_path, f'<c r="A1" s="{style}"><v>{number}</v></c>') == value


def test_1904_workbook_counts_from_there(tmp_path):
    assert cell(tmp_path, f'<c r="A1" s="{DATED}"><v>42831</v></c>', properties=' date1904="1"') == datetime(2021, 4, 7)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021-04-07", datetime(2021, 4, 7)),
        ("2021-04-07T23:59:59Z", datetime(2021, 4, 7, 23, 59, 59)),
        ("10:30:00", time(10, 30)),
    ],
)
def test_iso_date(tmp_path, text, value):
    assert cell(tmp_path, f'<c r="A1" t="d"><v>{text}</v></c>') == value


def test_shared_strings_join_runs_and_leave_phonetic_guides_out(tmp_path):
    strings = (
        "<si><t>simple</t></si>"
        '<si><r><rPr><b/></rPr><t>Un </t></r><r><t xml:space="preserve">gras </t></r></si>'
        '<si><t>課題</t><rPh sb="0" eb="2"><t>カダイ</t></rPh><phoneticPr fontId="1"/></si><si/>'
    )
    rows = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(4))
    read = of_rows(tmp_path, rows, strings=strings).read().tabs[0]
    assert [read.value(row, 0) for row in range(1, 5)] == ["simple", "Un gras ", "課題", None]


def test_addresses_never_shift(tmp_path):
    rows = (
        '<row r="3"><c r="C3"><v>1</v></c><c><v>2</v></c></row><row><c r="B4"><v>3</v></c></row>'
        '<row r="9" hidden="1"><c r="A9"><v>4</v></c></row>'
    )
    read = of_rows(tmp_path, rows).read().tabs[0]
    assert [list(row) for row in read.rows] == [[], [], [None, None, 1.0, 2.0], [None, 3.0], [], [], [], [], [4.0]]


def test_shared_formula_reads_as_each_cell_shows_it(tmp_path):
    rows = (
        '<row r="2"><c r="C2"><f t="shared" ref="C2:C4" si="0">$A2+B$1&amp;"A1"&amp;SUM(A2:B2)</f><v>1</v></c></row>'
        '<row r="4"><c r="C4"><f t="shared" si="0"/><v>2</v></c><c r="D4"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    formulas = of_rows(tmp_path, rows).read().tabs[0].formulas
    assert formulas == {
        (2, 2): '$A2+B$1&"A1"&SUM(A2:B2)',
        (4, 2): '$A4+B$1&"A1"&SUM(A4:B4)',
        (4, 3): '$A4+C$1&"A1"&SUM(B4:C4)',
    }


def test_prefixed_and_strict_parts_read_alike(tmp_path):
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:f>"a"</x:f><x:v>a</x:v></x:c>'
        '<x:c r="B1"><x:v>2</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A2:B3"/></x:mergeCells>'
        "</x:worksheet>"
    )
    strict = sheet('<row r="1"><c r="A1" t="d"><v>2021-04-07</v></c></row>', main=STRICT_MAIN)
    first = opened(tmp_path, packed(parts({"Feuil1": prefixed}))).read().tabs[0]
    second = opened(tmp_path, packed(parts({"Feuil1": strict}, main=STRICT_MAIN, office=STRICT_OFFICE))).read().tabs[0]
    assert (first.rows, first.merges) == ([["a", 2.0]], (Area(2, 0, 3, 1),))
    assert second.rows == [[datetime(2021, 4, 7)]]


def test_part_in_utf_16_reads(tmp_path):
    content = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>é€</t></is></c></row>').replace("UTF-8", "UTF-16")
    read = opened(tmp_path, packed(parts({"Feuil1": content.encode("utf-16")}))).read()  # type: ignore[dict-item]
    assert read.tabs[0].rows == [["é€"]]


def test_hidden_tabs_are_read_and_a_chart_is_a_tab_without_cells(tmp_path):
    made = parts({"Feuil1": sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), "Graphique": "<chartsheet/>"})
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace('sheetId="1"', 'sheetId="1" state="veryHidden"')
    made["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "/xl/worksheets/sheet1.xml"), ("rId2", "chartsheet", "worksheets/sheet2.xml")
    )
    read = opened(tmp_path, packed(made)).read()
    assert [(tab.name, list(tab.rows)) for tab in read.tabs] == [("Feuil1", [[1.0]]), ("Graphique", [])]


def test_broken_marks_and_names_of_people_are_no_marks(tmp_path):
    names = (
        '<definedName name="EIG_tab.classement" hidden="1">#REF!$A$1</definedName>'
        '<definedName name="EIG_col.rang" hidden="1">Feuil1!$B$3</definedName>'
        '<definedName name="EIG_col.note..2" hidden="1">Feuil1!$C$3</definedName>'
        '<definedName name="EIG_tab.envois" localSheetId="0">Feuil1!$A$1</definedName>'
        '<definedName name="Bareme">Feuil1!$A$1:$A$3</definedName>'
    )
    read = of_rows(tmp_path, "", names=names).read().tabs[0]
    assert (read.mark, dict(read.column_marks)) == (None, {1: "rang", 2: "note"})


def test_version_is_of_the_whole_file(tmp_path):
    first = opened(tmp_path, packed(parts({"Feuil1": sheet("")}))).read().version
    second = (
        opened(tmp_path, packed({**parts({"Feuil1": sheet("")}), "docProps/app.xml": "<Properties/>"})).read().version
    )
    assert first != second
