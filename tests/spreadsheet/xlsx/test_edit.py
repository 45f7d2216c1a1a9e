"""Edits of a people's tab: additions take the style of the tab, and every other byte stays."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, Link
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, Plan, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.spreadsheet.xlsx.integrity import unexpected_changes
from tests.spreadsheet.xlsx.books import (
    BOLD,
    DATED,
    MAIN,
    applied,
    of_rows,
    opened,
    packed,
    parts,
    relations,
    sheet,
    unpacked,
)

pytestmark = pytest.mark.newest

TEXT = Column("Texte")
RANK = Column("Rang", Format.INTEGER, 9)
PART = "xl/worksheets/sheet1.xml"
ROWS = (
    f'<row r="1" ht="40" customHeight="1"><c r="A1" s="{BOLD}" t="inlineStr"><is><t>N° de dossier</t></is></c>'
    f'<c r="B1" s="{BOLD}" t="inlineStr"><is><t>Reçu le</t></is></c></row>\n'
    '  <row r="2" spans="1:2" hidden="1"><c r="A2"><v>1</v></c> <!-- à nous -->'
    f' <c r="B2" s="{DATED}"><v>44293</v></c></row>\n'
    f'  <row r="3"><c r="A3"><f>A2+1</f><v>2</v></c><c r="B3" s="{DATED}"/></row>\n'
    f'  <row r="7"><c r="A7" s="{DATED}"/></row>'
)


def book(tmp_path, **options):
    return opened(tmp_path, packed(parts({"Feuil1": sheet(ROWS, **options)})))


def part(book, name=PART):
    return unpacked(book._path)[name].decode()


def row(text, number):
    match = re.search(rf'<row r="{number}".*?</row>', text, re.DOTALL)
    return match[0] if match else ""


def test_other_rows_and_parts_keep_their_bytes(tmp_path):
    made = book(tmp_path)
    before = unpacked(made._path)
    applied(made, SetCells("Feuil1", 2, RANK, ((3, 5),)))
    after = unpacked(made._path)
    text = after[PART].decode()
    assert [row(text, n) for n in (1, 2, 7)] == [row(before[PART].decode(), n) for n in (1, 2, 7)]
    assert '<c r="A3"><f>A2+1</f><v>2</v></c><c r="B3" s="1"/><c r="C3"' in row(text, 3)
    assert {name for name in before if before[name] != after[name]} == {PART, "xl/styles.xml", "xl/workbook.xml"}
    assert (
        'fullCalcOnLoad="1"' in after["xl/workbook.xml"].decode()
    )  # =A2+1 is people's: it may depend on what we wrote


def test_a_part_whose_name_has_accents_keeps_its_name(tmp_path):
    accented = {
        name.replace("sheet1", "été"): content.replace("sheet1", "été")
        for name, content in parts({"Feuil1": sheet(ROWS)}).items()
    }
    made = opened(tmp_path, packed(accented))
    applied(made, SetCells("Feuil1", 2, RANK, ((3, 5),)))
    assert {*accented} <= {*unpacked(made._path)}
    assert made.read().tabs[0].value(3, 2) == 5.0


class Stream(io.BytesIO):
    """A file that cannot go back to write sizes before the data, as what a website sends."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise io.UnsupportedOperation


def test_a_part_that_was_written_to_a_stream_is_copied_without_its_data_descriptor(tmp_path):
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts({"Feuil1": sheet(ROWS)}).items():
            archive.writestr(name, content)
    made = opened(tmp_path, stream.getvalue())
    with zipfile.ZipFile(made._path) as archive:
        assert {info.flag_bits & 0x8 for info in archive.infolist()} == {0x8}
    applied(made, SetCells("Feuil1", 2, RANK, ((3, 5),)))
    with zipfile.ZipFile(made._path) as archive:
        assert {info.flag_bits & 0x8 for info in archive.infolist()} == {0}
        assert archive.testzip() is None


def test_cell_keeps_the_style_that_people_gave_it(tmp_path):
    made = of_rows(tmp_path, f'<row r="2"><c r="A2" s="{BOLD}"><v>1</v></c></row>')
    applied(made, SetCells("Feuil1", 0, RANK, ((2, 4),)))
    assert f'<c r="A2" s="{BOLD}"><v>4</v></c>' in part(made)
    applied(made, SetCells("Feuil1", 0, RANK, ((2, None),)))
    assert f'<c r="A2" s="{BOLD}"/>' in part(made)


def test_same_cells_again_write_the_same_bytes(tmp_path):
    made = of_rows(tmp_path, "")
    operation = SetCells("Feuil1", 0, Column("Le", Format.DATE), ((2, datetime(2021, 4, 7)), (3, "=1+1"), (4, 2.5)))
    applied(made, operation)
    first = made.read().version
    applied(made, operation)
    assert made.read().version == first


def test_value_is_never_read_as_a_date_because_of_its_cell(tmp_path):
    made = of_rows(tmp_path, f'<row r="1"><c r="A1" s="{DATED}"><v>5</v></c><c r="B1" s="{BOLD}"><v>5</v></c></row>')
    applied(made, SetCells("Feuil1", 0, RANK, ((1, 5),)), SetCells("Feuil1", 1, RANK, ((1, datetime(2021, 4, 7, 12)),)))
    assert made.read().tabs[0].rows[0] == [5.0, datetime(2021, 4, 7, 12)]
    assert openpyxl.load_workbook(made.location)["Feuil1"]["B1"].font.bold


def test_appended_rows_take_the_style_above_but_never_that_of_headers(tmp_path):
    made = book(tmp_path)
    applied(made, AppendRows("Feuil1", 4, (0, 1), (TEXT, RANK), (("4", datetime(2021, 4, 8)),)))
    assert f'<c r="B4" s="{DATED}"><v>44294</v></c>' in part(made)
    made = of_rows(tmp_path, row(ROWS, 1))
    applied(made, AppendRows("Feuil1", 2, (0,), (TEXT,), (("4512345",),)))
    tab = openpyxl.load_workbook(made.location)["Feuil1"]
    assert (tab["A2"].value, tab["A2"].font.bold, tab["A2"].number_format) == ("4512345", False, "@")


def test_appended_rows_are_shown_even_where_people_hid_rows(tmp_path):
    hidden = row(ROWS, 1) + '<row r="2" hidden="1"><c r="A2"/></row><row r="3" hidden="true" s="1"/>' + row(ROWS, 7)
    made = of_rows(tmp_path, hidden.replace('<row r="7">', '<row r="7" hidden="1">'))
    before, plan = made._path.read_bytes(), AppendRows("Feuil1", 2, (0,), (TEXT,), (("4512345",), ("4512346",)))
    applied(made, plan)
    rows = openpyxl.load_workbook(made.location)["Feuil1"].row_dimensions
    assert [rows[number].hidden for number in (2, 3, 7)] == [False, False, True]
    assert unexpected_changes(before, made._path, Plan("", (plan,))) == []
    after = unpacked(made._path)
    after[PART] = after[PART].replace(b'<row r="7" hidden="1">', b'<row r="7">')
    assert unexpected_changes(before, packed(after), Plan("", (plan,))) == ["Feuil1!7:7"]


def test_appended_rows_take_the_style_of_their_column(tmp_path):
    made = book(tmp_path, before=f'<cols><col min="1" max="1" width="9" style="{BOLD}"/></cols>')
    applied(made, AppendRows("Feuil1", 8, (0,), (TEXT,), (("8",),)))
    assert f'<c r="A8" s="{BOLD}" t="inlineStr">' in part(made)


@pytest.mark.parametrize(("first", "cell"), [(2, "A2"), (3, "A3")])
def test_append_refuses_a_cell_that_is_not_empty(tmp_path, first, cell):
    made = book(tmp_path)
    before = made._path.read_bytes()
    with pytest.raises(WorkbookError, match=rf"cellule {cell}.*n’est pas vide"):
        applied(made, AppendRows("Feuil1", first, (0,), (TEXT,), (("x",),)))
    assert made._path.read_bytes() == before


def test_unticked_boxes_drawn_ahead_do_not_stop_an_append(tmp_path):
    box = '<row r="8"><c r="A8" t="b"><v>0</v></c><c r="B8" t="b"><v>0</v></c></row>'
    made = of_rows(tmp_path, ROWS + box)
    applied(made, AppendRows("Feuil1", 8, (0, 1), (TEXT, TEXT), (("8", None),)))
    assert '<c r="B8" t="b"><v>0</v></c>' in part(made)
    assert made.read().tabs[0].rows[7] == ["8", False]


@pytest.mark.parametrize(
    "cell", ['<c r="A8" t="b"><v>1</v></c>', '<c r="A8" t="b"><f>1=2</f><v>0</v></c>', '<c r="A8"><v>0</v></c>']
)
def test_a_ticked_box_a_formula_or_a_zero_stops_it(tmp_path, cell):
    made = of_rows(tmp_path, f'{ROWS}<row r="8">{cell}</row>')
    with pytest.raises(WorkbookError, match="n’est pas vide"):
        applied(made, AppendRows("Feuil1", 8, (0,), (TEXT,), (("8",),)))


def test_nothing_is_written_under_a_merged_cell(tmp_path):
    made = book(tmp_path, after='<mergeCells count="1"><mergeCell ref="C1:D2"/></mergeCells>')
    with pytest.raises(WorkbookError, match=r"D1.*fusionnée \(C1:D2\)"):
        applied(made, AddColumn("Feuil1", 1, 3, RANK))


def test_column_refuses_a_header_that_is_there(tmp_path):
    with pytest.raises(WorkbookError, match=r"cellule B1.*n’est pas vide"):
        applied(book(tmp_path), AddColumn("Feuil1", 1, 1, RANK))


def test_vanished_tab_is_named(tmp_path):
    with pytest.raises(WorkbookError, match=r"«.Notes.» n’existe plus"):
        applied(book(tmp_path), SetCells("Notes", 1, RANK, ((2, 1),)))


def test_text_too_long_is_refused_by_cell(tmp_path):
    with pytest.raises(WorkbookError, match=r"«.Feuil1.», cellule C3.*32768 caractères"):
        applied(book(tmp_path), SetCells("Feuil1", 2, TEXT, ((3, "x" * (MAX_TEXT + 1)),)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), datetime(1850, 1, 1)])
def test_value_that_no_workbook_holds_is_refused_by_cell(tmp_path, value):
    with pytest.raises(WorkbookError, match=r"cellule C3.*ne peut pas être écrit"):
        applied(book(tmp_path), SetCells("Feuil1", 2, TEXT, ((3, value),)))


def test_column_has_the_look_of_its_neighbour_rules_note_and_mark(tmp_path):
    made = book(tmp_path)
    look = Column("Avis", width=12, note="Écrit par\nle robot", choices=("oui", "non"), tones=(("oui", Tone.GOOD),))
    applied(made, AddColumn("Feuil1", 1, 2, look, "avis"))
    tab = openpyxl.load_workbook(made.location)["Feuil1"]
    assert (tab["C1"].value, tab["C1"].font.bold, tab["C1"].comment.text) == ("Avis", True, "Écrit par\nle robot")
    assert [(str(rule.sqref), rule.formula1) for rule in tab.data_validations.dataValidation] == [
        ("C2:C1048576", '"oui,non"')
    ]
    assert tab.column_dimensions["C"].width == 14
    assert [rule.formula for area in tab.conditional_formatting for rule in area.rules] == [['"oui"']]
    assert dict(made.read().tabs[0].column_marks) == {2: "avis"}


def test_second_note_joins_those_of_people(tmp_path):
    made = book(tmp_path)
    applied(made, AddColumn("Feuil1", 1, 2, Column("Un", note="premier")))
    before = unpacked(made._path)
    applied(made, AddColumn("Feuil1", 1, 3, Column("Deux", note="second")))
    after = unpacked(made._path)
    tab = openpyxl.load_workbook(made.location)["Feuil1"]
    assert (tab["C1"].comment.text, tab["D1"].comment.text) == ("premier", "second")
    assert after.keys() == before.keys()
    shapes = re.findall(rb'<v:shape [^>]*?id="([^"]+)"', after["xl/drawings/vmlDrawing1.vml"])
    assert len(set(shapes)) == len(shapes) == 2


def test_note_joins_those_that_openpyxl_saved(tmp_path):
    """Openpyxl declares the drawing's namespaces on each shape, not on the root."""
    made = book(tmp_path)
    applied(made, AddColumn("Feuil1", 1, 2, Column("Un", note="premier")))
    openpyxl.load_workbook(made.location).save(made.location)
    applied(made, AddColumn("Feuil1", 1, 3, Column("Deux", note="second")))
    drawings = [content for name, content in unpacked(made._path).items() if name.endswith(".vml")]
    assert [len(ET.fromstring(drawing).findall("{urn:schemas-microsoft-com:vml}shape")) for drawing in drawings] == [2]


def test_link_leads_to_its_cell_and_leaves_with_its_value(tmp_path):
    made = book(tmp_path)
    applied(made, SetCells("Feuil1", 2, TEXT, ((2, Link("voir", "L'onglet", "B2")), (3, Link("ici", "Feuil1", "A1")))))
    tab = openpyxl.load_workbook(made.location)["Feuil1"]
    assert [tab[cell].hyperlink.location for cell in ("C2", "C3")] == ["'L''onglet'!B2", "'Feuil1'!A1"]
    applied(made, SetCells("Feuil1", 2, TEXT, ((2, "plus rien"), (3, Link("là", "Feuil1", "A2")))))
    tab = openpyxl.load_workbook(made.location)["Feuil1"]
    assert (tab["C2"].hyperlink, tab["C3"].hyperlink.location) == (None, "'Feuil1'!A2")


TABLE = (
    f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:B3"><autoFilter ref="A1:B3"/>'
    '<tableColumns count="2">'
    '<tableColumn id="1" name="N° de dossier"/><tableColumn id="2" name="Reçu le"/></tableColumns></table>'
)
RULES = (
    '<conditionalFormatting sqref="B2:B3 D1"><cfRule type="containsBlanks" priority="4"><formula>1</formula></cfRule>'
    '</conditionalFormatting><dataValidations count="2"><dataValidation type="whole" sqref="A2:A3"/>'
    '<dataValidation type="whole" sqref="A1"/></dataValidations>'
    '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
)
SHEET_RELATIONS = {
    "xl/worksheets/_rels/sheet1.xml.rels": relations(("rId1", "table", "../tables/table1.xml")),
    "xl/tables/table1.xml": TABLE,
}
TABLE_TYPE = (
    '<Override PartName="/xl/tables/table1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"/>'
)


def table_book(tmp_path, table=TABLE):
    more = {**SHEET_RELATIONS, "xl/tables/table1.xml": table}
    return opened(tmp_path, packed(parts({"Feuil1": sheet(ROWS, after=RULES)}, more=more, types=TABLE_TYPE)))


def test_what_ends_above_appended_rows_covers_them(tmp_path):
    made = table_book(tmp_path)
    applied(made, AppendRows("Feuil1", 4, (0,), (TEXT,), (("4",), ("5",))))
    table = ET.fromstring(part(made, "xl/tables/table1.xml"))
    assert (table.attrib["ref"], table[0].attrib["ref"]) == ("A1:B5", "A1:B5")
    assert re.findall(r'sqref="([^"]+)"', part(made)) == ["B2:B3 D1", "A2:A5", "A1"]
    assert openpyxl.load_workbook(made.location)["Feuil1"].tables["T"].ref == "A1:B5"


def test_table_with_a_total_row_stays(tmp_path):
    made = table_book(tmp_path, TABLE.replace('ref="A1:B3">', 'ref="A1:B3" totalsRowCount="1">', 1))
    applied(made, AppendRows("Feuil1", 4, (0,), (TEXT,), (("4",),)))
    assert 'ref="A1:B3" totalsRowCount="1"' in part(made, "xl/tables/table1.xml")


def test_table_takes_in_the_column_at_its_right(tmp_path):
    made = table_book(tmp_path)
    applied(made, AddColumn("Feuil1", 1, 2, Column("Avis\nfinal")))
    table = openpyxl.load_workbook(made.location)["Feuil1"].tables["T"]
    assert (table.ref, table.autoFilter.ref) == ("A1:C3", "A1:C3")
    assert [(column.id, column.name) for column in table.tableColumns][2] == (3, "Avis\nfinal")


def test_table_does_not_take_in_a_second_column_of_one_name(tmp_path):
    made = table_book(tmp_path)
    applied(made, AddColumn("Feuil1", 1, 2, Column("REÇU LE")))
    assert part(made, "xl/tables/table1.xml") == TABLE


def test_filter_of_a_wider_table_stops_above_its_totals(tmp_path):
    made = table_book(
        tmp_path,
        TABLE.replace('<autoFilter ref="A1:B3"/>', '<autoFilter ref="A1:B2"/>').replace(
            'ref="A1:B3">', 'ref="A1:B3" totalsRowCount="1">'
        ),
    )
    applied(made, AddColumn("Feuil1", 1, 2, RANK))
    table = ET.fromstring(part(made, "xl/tables/table1.xml"))
    assert (table.attrib["ref"], table[0].attrib["ref"]) == ("A1:C3", "A1:C2")


def test_filter_reaches_new_rows_and_columns_with_its_hidden_name(tmp_path):
    name = '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Feuil1!$A$1:$B$3</definedName>'
    content = packed(parts({"Feuil1": sheet(ROWS, after='<autoFilter ref="A1:B3"/>')}, names=name))
    made = opened(tmp_path, content)
    applied(made, AddColumn("Feuil1", 1, 2, RANK), AppendRows("Feuil1", 4, (0,), (TEXT,), (("4",),)))
    assert '<autoFilter ref="A1:C4"/>' in part(made)
    assert "'Feuil1'!$A$1:$C$4</definedName>" in part(made, "xl/workbook.xml")


def test_rows_without_addresses_keep_their_place(tmp_path):
    made = of_rows(tmp_path, "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>")
    applied(made, SetCells("Feuil1", 2, RANK, ((1, 9), (2, 8), (5, 7))))
    assert made.read().tabs[0].rows == [[1.0, 2.0, 9.0], [None, None, 8.0], [3.0], [], [None, None, 7.0]]


def test_prefixed_sheet_is_edited_in_its_own_words(tmp_path):
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1"/><x:sheetData/></x:worksheet>'
    made = opened(tmp_path, packed(parts({"Feuil1": prefixed})))
    look = Column("Avis", choices=("oui",), note="Une note", scale=(0, 1))
    applied(
        made, AddColumn("Feuil1", 1, 0, look), SetCells("Feuil1", 0, look, ((2, Link("a", "Feuil1", "A1")), (3, 4)))
    )
    assert made.read().tabs[0].rows == [["Avis"], ["a"], [4.0]]
    names = {element.tag for element in ET.fromstring(part(made)).iter()}
    assert {name.partition("}")[0] for name in names} == {"{" + MAIN}
    assert 'x:dimension ref="A1:A3"' in part(made)


def test_calculation_chain_leaves_when_a_formula_does(tmp_path):
    more = {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A3" i="1"/></calcChain>'}
    made_parts = parts(
        {"Feuil1": sheet(ROWS)}, more=more, types='<Override PartName="/xl/calcChain.xml" ContentType="x"/>'
    )
    made_parts["xl/_rels/workbook.xml.rels"] = str(made_parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://x/calcChain" Target="calcChain.xml"/></Relationships>',
    )
    made = opened(tmp_path, packed(made_parts))
    applied(made, SetCells("Feuil1", 1, RANK, ((3, 1),)))
    assert "xl/calcChain.xml" in unpacked(made._path)
    applied(made, SetCells("Feuil1", 0, RANK, ((3, 1),)))
    after = unpacked(made._path)
    assert "xl/calcChain.xml" not in after
    assert not [name for name, content in after.items() if b"calcChain" in content]


SHARING = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><f t="shared" ref="C1:D2" si="0">A1&amp;"&lt;"</f><v>2</v></c>'
    '<c r="D1"><f t="shared" si="0"/><v>3</v></c></row><row r="2"><c r="C2"><f t="shared" si="0"/><v>4</v></c></row>'
)


def test_formula_shared_from_an_overwritten_cell_stays_in_the_others(tmp_path):
    made = of_rows(tmp_path, SHARING)
    applied(made, SetCells("Feuil1", 2, RANK, ((1, 5),)))
    tab = made.read().tabs[0]
    assert tab.formulas == {(1, 3): 'B1&"<"', (2, 2): 'A2&"<"'}
    assert [tab.value(1, 2), tab.value(1, 3), tab.value(2, 2)] == [5.0, 3.0, 4.0]
    assert openpyxl.load_workbook(made.location)["Feuil1"]["D1"].value == '=B1&"<"'


COLUMNS = (
    '<cols><col min="1" max="2" width="9" customWidth="1"/><col max="16384" min="3" style="4" width="11.5"/></cols>'
)


def widths(made):
    return re.findall(r"<col .*?/>", part(made))


def test_width_is_given_inside_a_range_that_has_none(tmp_path):
    made = book(tmp_path, before=COLUMNS)
    applied(made, AddColumn("Feuil1", 1, 3, RANK), SetCells("Feuil1", 3, RANK, ((2, 1),)))
    assert widths(made)[1:] == [
        '<col max="3" min="3" style="4" width="11.5"/>',
        '<col max="4" min="4" style="4" width="11" customWidth="1"/>',
        '<col max="16384" min="5" style="4" width="11.5"/>',
    ]


def test_width_that_people_gave_stays(tmp_path):
    made = book(tmp_path, before=COLUMNS.replace('style="4"', 'customWidth="1"'))
    applied(made, AddColumn("Feuil1", 1, 3, RANK))
    assert len(widths(made)) == 2


def test_width_goes_between_those_of_other_columns(tmp_path):
    made = book(tmp_path, before='<cols><col min="1" max="1" width="9"/><col min="9" max="9" width="9"/></cols>')
    applied(made, AddColumn("Feuil1", 1, 3, RANK))
    assert re.findall(r'min="(\d+)"', "".join(widths(made))) == ["1", "4", "9"]
