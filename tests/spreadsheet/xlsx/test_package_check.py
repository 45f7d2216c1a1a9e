"""Each kind of breakage, seeded alone in a sound workbook, is found, and nothing is found in a sound one."""

from __future__ import annotations

import io
import re
import warnings
import zipfile

import pytest

from tests.spreadsheet.xlsx import excel365
from tests.spreadsheet.xlsx.opc import CONTENT_TYPES, load, save
from tests.spreadsheet.xlsx.package_check import codes, problems

SOUND = load(excel365.campaign())
BOOK, DOSSIERS, JURY, REVIEWS = "xl/workbook.xml", *(f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))
STYLES, STRINGS, TABLE, NOTES = "xl/styles.xml", "xl/sharedStrings.xml", "xl/tables/table1.xml", "xl/comments2.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.mark.parametrize("name", excel365.VARIANTS)
def test_sound_workbooks_have_no_problem(name):
    assert problems(excel365.VARIANTS[name]()) == []


BREAKAGES = [
    ("content_type_missing", CONTENT_TYPES, r'<Default Extension="png"[^>]*>', ""),
    ("content_type_missing", CONTENT_TYPES, r'<Default Extension="rels"[^>]*>', ""),
    ("content_type_missing", CONTENT_TYPES, r'<Default Extension="vml"[^>]*>', ""),
    ("content_type_wrong", CONTENT_TYPES, r'(Extension="rels" ContentType=")[^"]*', r"\1image/png"),
    ("content_type_wrong", CONTENT_TYPES, r'(Extension="vml" ContentType=")[^"]*', r"\1image/png"),
    ("content_type_wrong", CONTENT_TYPES, r"drawingml\.chart\+xml", "drawing+xml"),
    ("content_type_wrong", CONTENT_TYPES, r"spreadsheetml\.styles\+xml", "spreadsheetml.table+xml"),
    ("content_type_generic", CONTENT_TYPES, r'<Override PartName="/xl/styles.xml"[^>]*>', ""),
    ("content_type_orphan", CONTENT_TYPES, "/xl/styles.xml", "/xl/style.xml"),
    ("content_type_twice", CONTENT_TYPES, r'(<Override PartName="/xl/styles.xml"[^>]*>)', r"\1\1"),
    ("relation_target_missing", RELATIONS, "metadata.xml", "metadatas.xml"),
    ("relation_id_twice", RELATIONS, '"rId25"', '"rId26"'),
    ("relation_id_unknown", DOSSIERS, 'tablePart r:id="rId3"', 'tablePart r:id="rId9"'),
    ("part_unreachable", RELATIONS, r'<Relationship Id="rId25"[^>]*>', ""),
    ("xml_malformed", BOOK, "</workbook>", ""),
    ("xml_malformed", STRINGS, "<t>Favorable</t>", "<t>Favor\x01able</t>"),
    ("xml_malformed", STRINGS, "<t>Favorable</t>", "<t>Favor&#1;able</t>"),
    ("ignorable_undeclared", DOSSIERS, r' xmlns:xr3="[^"]*"', ""),
    ("element_order", BOOK, r"(<calcPr[^>]*>)(<pivotCaches>.*</pivotCaches>)", r"\2\1"),
    ("element_order", DOSSIERS, r"(<pageMargins[^>]*>)(<pageSetup[^>]*>)", r"\2\1"),
    ("element_order", DOSSIERS, r"(<dataValidations.*</dataValidations>)", r"\1\1"),
    ("element_order", STYLES, r"(<dxfs.*</dxfs>)(<tableStyles[^>]*>)", r"\2\1"),
    ("element_unknown", DOSSIERS, r"<pageMargins", "<pageMargin/><pageMargins"),
    ("count_wrong", STYLES, '<cellXfs count="11"', '<cellXfs count="12"'),
    ("count_wrong", REVIEWS, '<mergeCells count="1"', '<mergeCells count="2"'),
    ("count_wrong", STRINGS, r'uniqueCount="\d+"', 'uniqueCount="1"'),
    ("tab_name_illegal", BOOK, 'name="Jury"', 'name="Jury/A"'),
    ("tab_name_illegal", BOOK, 'name="Jury"', f'name="{"J" * 32}"'),
    ("tab_name_twice", BOOK, 'name="Jury"', 'name="CANDIDATURES"'),
    ("tab_id_twice", BOOK, 'sheetId="12"', 'sheetId="11"'),
    ("tab_part_twice", RELATIONS, "sheet2.xml", "sheet1.xml"),
    ("active_tab_range", BOOK, 'activeTab="0"', 'activeTab="6"'),
    ("active_tab_hidden", BOOK, 'activeTab="0"', 'activeTab="4"'),
    ("name_scope", BOOK, 'localSheetId="3"', 'localSheetId="6"'),
    ("name_twice", BOOK, 'name="Regions"', 'name="première_note"'),
    ("name_illegal", BOOK, 'name="Regions"', 'name="1 région"'),
    ("name_illegal", BOOK, 'name="Regions"', 'name="EIG2021"'),
    ("name_empty", BOOK, r"Listes!\$B\$2:\$B\$4", ""),
    ("name_tab_unknown", BOOK, r"Listes!\$B\$2:\$B\$4", "Liste!$B$2"),
    ("calc_without_formula", "xl/calcChain.xml", 'r="N9"', 'r="M9"'),
    ("calc_tab_unknown", "xl/calcChain.xml", 'i="14"', 'i="19"'),
    ("style_part_range", STYLES, 'fontId="2"', 'fontId="3"'),
    ("number_format_unknown", STYLES, 'xf numFmtId="164"', 'xf numFmtId="165"'),
    ("number_format_twice", STYLES, r"(<numFmts.*?)(<numFmt .*?/>)", r"\1\2\2"),
    ("text_too_long", STRINGS, "é{32767}", "é" * 32_768),
    ("row_order", DOSSIERS, '<row r="3"', '<row r="2"'),
    ("cell_order", DOSSIERS, '<c r="C3"', '<c r="B3"'),
    ("cell_order", DOSSIERS, '<c r="C3"', '<c r="C4"'),
    ("cell_address", DOSSIERS, '<c r="C3"', '<c r="3"'),
    ("style_range", DOSSIERS, '<c r="B2" s="3"', '<c r="B2" s="11"'),
    ("string_range", DOSSIERS, r'(<c r="C2" t="s"><v>)\d+', r"\g<1>9999"),
    ("cell_value", REVIEWS, "<v>#N/A</v>", "<v>#RIEN!</v>"),
    ("cell_value", DOSSIERS, r'(<c r="B2" s="3"><v>)[\d.]+', r"\g<1>3,5"),
    ("cell_value", DOSSIERS, r't="b"><v>1', 't="b"><v>VRAI'),
    ("inline_form", DOSSIERS, r'<c r="C2" t="s"><v>\d+</v>', '<c r="C2" t="inlineStr"><v>0</v>'),
    ("cell_form", REVIEWS, "<f>3\\+0.5</f><v>3.5</v>", "<v>3.5</v><f>3+0.5</f>"),
    ("formula_form", REVIEWS, "<f>3\\+0.5</f>", "<f>=3+0.5</f>"),
    ("shared_formula_orphan", REVIEWS, r' ref="N4:N27" si="0"', ' ref="N4:N27" si="1"'),
    ("range_form", REVIEWS, 'mergeCell ref="A1:E1"', 'mergeCell ref="E1:A1"'),
    ("range_form", REVIEWS, 'sqref="C4:G27"><formula1', 'sqref="C4:G27,A1"><formula1'),
    ("range_form", REVIEWS, "<xm:sqref>J4:J27", "<xm:sqref>J:J"),
    ("merge_single_cell", REVIEWS, 'mergeCell ref="A1:E1"', 'mergeCell ref="A1"'),
    ("merge_overlap", REVIEWS, '(<mergeCell ref="A1:E1"/>)', r'\1<mergeCell ref="E1:F2"/>'),
    ("columns_overlap", DOSSIERS, '(<col min="42")', r'<col min="42" max="42" width="8"/>\1'),
    ("element_empty", DOSSIERS, "<cols>.*</cols>", "<cols/>"),
    ("element_empty", REVIEWS, "<ignoredErrors>.*</ignoredErrors>", "<ignoredErrors/>"),
    ("filter_column", REVIEWS, 'colId="9"', 'colId="12"'),
    ("dxf_range", DOSSIERS, 'dxfId="0"', 'dxfId="2"'),
    ("rule_priority", DOSSIERS, 'priority="1"', 'priority="0"'),
    ("validation_formula_missing", DOSSIERS, "<formula1>.*</formula1>", ""),
    ("validation_formula_long", DOSSIERS, '"Présélectionné,', f'"{"Présélectionné," * 20}'),
    ("validation_text_long", REVIEWS, 'error="De 1 à 4"', f'error="{"De 1 à 4 " * 30}"'),
    ("link_without_target", DOSSIERS, 'hyperlink ref="AD2" r:id="rId1"', 'hyperlink ref="AD2"'),
    ("link_tab_unknown", JURY, "Évaluations!A4", "Notes!A4"),
    ("link_tab_unquoted", JURY, "Évaluations!A4", "Synthèse d’équipe &amp; suivi d'été!A4"),
    ("link_twice", JURY, 'hyperlink ref="A2"', 'hyperlink ref="B2"'),
    ("comment_twice", NOTES, 'comment ref="K4"', 'comment ref="C5"'),
    ("comment_author", NOTES, 'authorId="1"', 'authorId="2"'),
    ("comment_shapes", "xl/drawings/vmlDrawing2.vml", "<x:Row>4</x:Row>", "<x:Row>5</x:Row>"),
    ("comment_without_drawing", REVIEWS, "<legacyDrawing[^>]*>", ""),
    ("table_not_listed", DOSSIERS, "<tableParts.*</tableParts>", ""),
    ("table_overlap", DOSSIERS, "(<conditionalFormatting)", r'<mergeCells><mergeCell ref="B2:C2"/></mergeCells>\1'),
    ("table_overlap", DOSSIERS, "(<conditionalFormatting)", r'<autoFilter ref="A1:AO13"/>\1'),
    ("table_column_twice", TABLE, 'name="Motif de la décision"', 'name="Décision"'),
    ("table_column_id_twice", TABLE, ' id="3"', ' id="2"'),
    ("table_headers", TABLE, "_x000a_", " "),
    ("table_headers", TABLE, 'ref="A1:AO13"', 'ref="A1:AP13"'),
    ("table_without_rows", TABLE, 'ref="A1:AO13"', 'ref="A1:AO1"'),
    ("table_filter", TABLE, 'autoFilter ref="A1:AO13"', 'autoFilter ref="A1:AO14"'),
    ("range_form", TABLE, 'ref="A1:AO13"', 'ref="$A$1:$AO$13"'),
    ("table_name_twice", BOOK, 'name="Regions"', 'name="candidatures"'),
    ("relations_orphan", CONTENT_TYPES, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "part", "pattern", "replacement"), BREAKAGES)
def test_breakage_is_found(code, part, pattern, replacement):
    parts = dict(SOUND)
    if code == "relations_orphan":
        parts["xl/_rels/gone.xml.rels"] = parts["xl/charts/_rels/chart1.xml.rels"]
    else:
        text, times = re.subn(pattern, replacement, parts[part].decode(), flags=re.DOTALL)
        assert times, "the breakage was not seeded"
        parts[part] = text.encode()
    assert code in codes(save(parts))


def test_two_tables_of_one_id_are_found():
    parts = dict(SOUND)
    parts["xl/tables/table2.xml"] = parts[TABLE].replace(b"AO13", b"AO33").replace(b"A1:", b"A21:")
    link = parts["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    link = link.replace("</Relationships>", re.search(r'<Relationship Id="rId3".*?/>', link)[0] + "</Relationships>")
    link = link[: link.rindex("rId3")] + "rId4" + link[link.rindex("rId3") + 4 :].replace("table1", "table2")
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = link.encode()
    listed = b'<tableParts count="2"><tablePart r:id="rId4"/>'
    parts[DOSSIERS] = parts[DOSSIERS].replace(b'<tableParts count="1">', listed)
    assert {"table_id_twice", "table_name_twice"} <= codes(save(parts))


def test_part_written_twice_is_found():
    buffer = io.BytesIO(save(SOUND))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(BOOK, SOUND[BOOK])
    assert codes(buffer.getvalue()) == {"entry_twice"}


def test_damaged_part_is_found():
    data = bytearray(save({**SOUND, "xl/media/image1.png": b"\x89PNG" * 50}))
    place = data.index(b"xl/media/image1.png") + len("xl/media/image1.png") + 4
    data[place] ^= 0xFF
    assert codes(bytes(data)) == {"entry_damaged"}


def test_something_else_than_a_workbook_is_found():
    assert codes(save({CONTENT_TYPES: SOUND[CONTENT_TYPES]})) == {"not_a_workbook"}
