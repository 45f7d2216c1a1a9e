"""The comparison of people's belongings finds each kind of loss, and nothing when only the writing differs."""

from __future__ import annotations

import re

import pytest

from eig_sheets.spreadsheet.model.plan import AppendRows, Plan, SetCells
from eig_sheets.spreadsheet.model.sheet import Column
from tests.effort import first
from tests.spreadsheet.xlsx import excel365
from tests.spreadsheet.xlsx.excel365_foreign import foreign
from tests.spreadsheet.xlsx.opc import load, save
from tests.spreadsheet.xlsx.people import belongings
from tests.spreadsheet.xlsx.people_differences import differences

SOUND = load(excel365.campaign())
BOOK, DOSSIERS, REVIEWS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
LOOK = Column("Rang")
SET = Plan("", (SetCells("Candidatures", 41, LOOK, ((2, 1),)),))
APPEND = Plan("", (AppendRows("Candidatures", 14, (0,), (LOOK,), (("4512400",),)),))

LOSSES = [
    (DOSSIERS, r'<c r="O2"><v>2</v></c>', ""),
    (DOSSIERS, r'<c r="O2"><v>2</v></c>', '<c r="O2"><v>3</v></c>'),
    (DOSSIERS, r'<c r="O2"><v>2</v></c>', '<c r="O2" s="7"><v>2</v></c>'),
    (DOSSIERS, r'<c r="O2"><v>2</v></c>', '<c r="O2" t="b"><v>1</v></c>'),
    (DOSSIERS, r"<f>6125\*10</f><v>61250</v>", "<v>61250</v>"),
    (DOSSIERS, r"<f>6125\*10</f><v>61250</v>", "<f>6125*10</f>"),
    (DOSSIERS, "</row><row r=\"3\"", '<c r="AQ2"><v>1</v></c></row><row r="3"'),
    (DOSSIERS, r"<hyperlinks>.*</hyperlinks>", ""),
    (DOSSIERS, r'width="18.5703125"', 'width="8"'),
    (DOSSIERS, r"<extLst>.*</extLst>", ""),
    (DOSSIERS, r'fitToPage="1"', ""),
    (DOSSIERS, r"<dataValidations.*</dataValidations>", ""),
    (DOSSIERS, "<formula1>.*</formula1>", '<formula1>"oui"</formula1>'),
    (REVIEWS, r' hidden="1"', ""),
    (REVIEWS, r' cm="1"', ""),
    (REVIEWS, r"<mergeCell ref=\"A1:E1\"/>", '<mergeCell ref="A1:F1"/>'),
    (BOOK, r'<definedName name="Regions">[^<]*</definedName>', ""),
    (BOOK, r"<externalReferences>.*</externalReferences>", ""),
    (BOOK, r'localSheetId="3"', 'localSheetId="1"'),
    (BOOK, r"(<sheet name=\"Candidatures\"[^>]*>)(<sheet [^>]*>)", r"\2\1"),
    (BOOK, r'<sheet name="Listes"[^>]*>', ""),
    ("xl/sharedStrings.xml", "<si><t>Favorable</t></si>", "<si><t>Favorables</t></si>"),
    ("xl/sharedStrings.xml", "<b/>", ""),
    ("xl/styles.xml", 'fgColor theme="4"', 'fgColor theme="5"'),
    ("xl/styles.xml", r'<ext uri="\{C7286773.*?</ext>', ""),
    ("xl/styles.xml", "FF006100", "FF006200"),
    ("xl/tables/table1.xml", "TableStyleMedium2", "TableStyleMedium3"),
    ("xl/comments2.xml", "Note reprise", "Note"),
    ("xl/persons/person.xml", "Dominique", "Claude"),
    ("xl/drawings/drawing1.xml", "Réunion", "réunion"),
    ("xl/worksheets/_rels/sheet1.xml.rels", "fiche.pdf", "autre.pdf"),
    ("xl/_rels/workbook.xml.rels", r'<Relationship Id="rId27"[^>]*>', ""),
]  # fmt: skip


@pytest.mark.parametrize("plan", first(1, [SET, APPEND]), ids=["set", "append"])
@pytest.mark.parametrize(("part", "pattern", "replacement"), LOSSES)
def test_loss_is_found(part, pattern, replacement, plan):
    text, times = re.subn(pattern, replacement, SOUND[part].decode(), count=1, flags=re.DOTALL)
    assert times, "the loss was not seeded"
    after = belongings(save({**SOUND, part: text.encode()}))
    assert differences(belongings(save(SOUND)), after, plan)


def test_lost_part_is_found():
    after = {name: content for name, content in SOUND.items() if "threadedComment1" not in name}
    assert differences(belongings(save(SOUND)), belongings(save(after)), SET)


def test_what_the_plan_touches_is_no_loss():
    row = '<row r="14"><c r="A14" t="inlineStr"><is><t>4512400</t></is></c></row></sheetData>'
    text = SOUND[DOSSIERS].decode().replace("</sheetData>", row).replace("AG2:AG13", "AG2:AG14")
    table = SOUND["xl/tables/table1.xml"].replace(b"AO13", b"AO14")
    after = belongings(save({**SOUND, DOSSIERS: text.encode(), "xl/tables/table1.xml": table}))
    assert differences(belongings(save(SOUND)), after, APPEND) == []


def test_another_spelling_of_the_same_is_no_loss_but_for_the_bytes():
    losses = differences(belongings(save(SOUND)), belongings(foreign()), Plan(""))
    assert all(difference.endswith("is not byte-identical") for difference in losses)
