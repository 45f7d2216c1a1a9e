"""The integrity check finds every kind of change that a plan does not allow."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, Plan, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.spreadsheet.xlsx import apply as apply_module
from eig_sheets.spreadsheet.xlsx import grid, sheet_integrity, unexpected_changes
from tests.effort import examples
from tests.spreadsheet.xlsx.books import RANKING, applied, new_book, opened, packed, parts, ranking, sheet, unpacked
from tests.spreadsheet.xlsx.opc import CONTENT_TYPES, load, save
from tests.spreadsheet.xlsx.test_content_types import as_old_libreoffice, replaced
from tests.spreadsheet.xlsx.test_edit import ROWS, RULES, SHEET_RELATIONS, TABLE_TYPE
from tests.spreadsheet.xlsx.test_tab import PEOPLE

RANK = Column("Rang", Format.INTEGER, note="Une note")
PLAN = Plan(
    "",
    (
        AddColumn("Feuil1", 1, 2, RANK, "rang"),
        SetCells("Feuil1", 2, RANK, ((2, 5), (3, 6))),
        AppendRows("Feuil1", 4, (0, 1), (RANK, RANK), ((7, 8),)),
    ),
)
PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def files(tmp_path):
    more = {**SHEET_RELATIONS, "xl/media/a.bin": b"a"}
    names = '<definedName name="Bareme">Feuil1!$A$1</definedName>'
    content = parts({"Feuil1": sheet(ROWS, after=RULES), "Notes": sheet("")}, more=more, types=TABLE_TYPE, names=names)
    book = opened(tmp_path, packed(content))
    before = book._path.read_bytes()
    book.apply(Plan(book.read().version, PLAN.operations))
    return before, unpacked(book._path)


def test_a_correctly_applied_plan_has_no_unexpected_change(files):
    before, after = files
    assert unexpected_changes(before, packed(after), PLAN) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "change"),
    [
        (PART, '<c r="A2"><v>1</v></c>', '<c r="A2"><v>2</v></c>', "Feuil1!A2"),
        (PART, '<c r="A2"><v>1</v></c>', "", "Feuil1!A2"),
        (PART, '<c r="A7" s="1"/>', '<c r="A7" s="2"/>', "Feuil1!A7"),
        (PART, '<c r="A7" s="1"/>', '<c r="A7" s="1"/><c r="B7"><v>1</v></c>', "Feuil1!B7"),
        (PART, 'hidden="1"', "", "Feuil1!2:2"),
        (PART, '<row r="7">', '<row r="8">', "Feuil1!7:7"),
        (PART, '<dataValidation type="whole" sqref="A1"/>', "", "Feuil1: " + PART),
        (PART, 'type="whole" sqref="A1"', 'type="list" sqref="A1"', "Feuil1: " + PART),
        (PART, 'sqref="A2:A4"', 'sqref="B2:B4"', "Feuil1: " + PART),
        (PART, "<tableParts", '<sheetProtection sheet="1"/><tableParts', "Feuil1: " + PART),
        (PART, "<cols>", '<cols><col min="1" max="1" width="50"/>', "Feuil1: " + PART),
        (PART, "<f>A2+1</f>", "<f>A2+2</f>", "Feuil1!A3"),
        (PART, "<f>A2+1</f>", "", "Feuil1!A3"),
        ("xl/worksheets/sheet2.xml", "<sheetData>", "<sheetData><row/>", "xl/worksheets/sheet2.xml"),
        ("xl/media/a.bin", "a", "b", "xl/media/a.bin"),
        ("xl/tables/table1.xml", 'name="Reçu le"', 'name="Autre"', "xl/tables/table1.xml"),
        ("xl/workbook.xml", 'name="Notes" sheetId', 'name="Carnet" sheetId', "xl/workbook.xml: sheets"),
        ("xl/workbook.xml", 'sheetId="2"', 'sheetId="2" state="hidden"', "xl/workbook.xml: sheets"),
        ("xl/workbook.xml", ">Feuil1!$A$1<", ">Feuil1!$A$2<", "!Bareme"),
        ("xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>', "xl/workbook.xml"),
        ("xl/styles.xml", '<numFmt numFmtId="164"', '<numFmt numFmtId="165"', "xl/styles.xml: numFmts"),
        ("xl/styles.xml", "<font><b/>", "<font>", "xl/styles.xml: fonts"),
        ("[Content_Types].xml", "spreadsheetml.table+xml", "other", "[Content_Types].xml: xl/tables/table1.xml"),
        ("xl/_rels/workbook.xml.rels", 'Id="rId2"', 'Id="rId3"', "xl/_rels/workbook.xml.rels: rId2"),
    ],
)
def test_anything_else_is_found(files, part, old, new, change):
    before, after = files
    text = after[part].decode()
    assert old in text
    after[part] = text.replace(old, new, 1).encode()
    assert change in unexpected_changes(before, packed(after), PLAN)


@pytest.mark.parametrize("part", ["xl/media/a.bin", "xl/tables/table1.xml"])
def test_a_removed_part_is_found(files, part):
    before, after = files
    del after[part]
    assert part in unexpected_changes(before, packed(after), PLAN)


def test_an_added_part_is_found(files):
    before, after = files
    assert unexpected_changes(before, packed({**after, "xl/macro.bin": b"x"}), PLAN) == [
        "xl/macro.bin",
        "[Content_Types].xml: xl/macro.bin",
    ]


NEW_PARTS = ("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet2.xml.rels")


@pytest.mark.parametrize("part", NEW_PARTS)
@pytest.mark.parametrize("line", ["", '<Override PartName="/{}" ContentType="application/xml"/>'])
def test_new_part_without_a_type_of_its_own_is_found(tmp_path, part, line):
    old = as_old_libreoffice(
        {name: part.encode() for name, part in parts({"Feuil1": sheet(ROWS), "B": sheet("")}).items()}
    )
    plan = Plan("", (AddColumn("B", 1, 0, RANK, "rang"),))
    book = opened(tmp_path, save(old))
    book.apply(Plan(book.read().version, plan.operations))
    after = as_old_libreoffice(load(book._path))
    assert unexpected_changes(save(old), save(after), plan) == []
    own = f'<Override PartName="/{part}"[^>]*>'
    assert unexpected_changes(save(old), save(replaced(after, own, line.format(part))), plan) == [
        f"{CONTENT_TYPES}: {part.lower()}"
    ]


def test_cells_of_another_plan_are_found(files):
    before, after = files
    less = Plan("", (PLAN.operations[0], PLAN.operations[2]))
    assert unexpected_changes(before, packed(after), less) == ["Feuil1!C2", "Feuil1!C3"]


def test_notes_of_people_may_not_change(tmp_path):
    book = new_book(tmp_path, PEOPLE)
    before = book._path.read_bytes()
    plan = Plan(book.read().version, (AddColumn("Candidatures", 1, 6, RANK, "rang_2"),))
    book.apply(plan)
    after = unpacked(book._path)
    assert unexpected_changes(before, book._path, plan) == []
    after["xl/comments1.xml"] = after["xl/comments1.xml"].replace(b"Unique", b"Double")
    after["xl/drawings/vmlDrawing1.vml"] = after["xl/drawings/vmlDrawing1.vml"].replace(b"hidden", b"visible", 1)
    assert set(unexpected_changes(before, packed(after), plan)) == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}


def test_replaced_tab_allows_no_change_elsewhere(tmp_path):
    book = new_book(tmp_path, PEOPLE, RANKING)
    before = book._path.read_bytes()
    plan = Plan(book.read().version, (ReplaceTab("Classement", ranking((1, "Un", 2, ""))),))
    book.apply(plan)
    after = unpacked(book._path)
    assert unexpected_changes(before, packed(after), plan) == []
    part = "xl/worksheets/sheet1.xml"
    after[part] = after[part].replace(b"0123", b"0124")
    assert unexpected_changes(before, packed(after), plan) == [part]


def test_apply_keeps_the_old_file_when_the_check_fails(tmp_path, monkeypatch):
    """A bug is simulated by an edit that does more than its plan."""
    book = opened(tmp_path, packed(parts({"Feuil1": sheet(ROWS)})))
    before = book._path.read_bytes()
    too_much = Plan("", (SetCells("Feuil1", 0, RANK, ((2, 9),)),))
    apply_plan = apply_module.apply_plan
    monkeypatch.setattr(
        apply_module, "apply_plan", lambda package, _, identity: apply_plan(package, too_much, identity)
    )
    with pytest.raises(WorkbookError, match=r"contrôle de sécurité.*Feuil1!A2"):
        applied(book, SetCells("Feuil1", 2, RANK, ((2, 5),)))
    assert book._path.read_bytes() == before


CONTENTS = st.sampled_from(("<v>1</v>", "<v>2</v>", "<f>A2</f>", None))
ADDRESSES = st.sampled_from((' r="A2"', ' r="B2"', ' r="C2"', ' r="C2" s="1"', ' s="1" r="B2"', '\tr="B2"', ""))
CELLS = st.lists(st.tuples(ADDRESSES, CONTENTS), max_size=4)
TAGS = st.sampled_from(('<row r="2">', '<row r="2" spans="1:3">', '<row r="2" hidden="1">', '<row r="2" ht="9">'))
ENDS = st.sampled_from(("", " ", "<extLst/>"))


def row_of(tag, cells, end, remark=""):
    inside = "".join(f"<c{place}/>" if content is None else f"<c{place}>{content}</c>" for place, content in cells)
    return f"{tag}{remark}{inside}{end}</row>".encode()


@settings(max_examples=examples(60))
@given(
    tags=st.tuples(TAGS, TAGS), cells=st.tuples(CELLS, CELLS), ends=st.tuples(ENDS, ENDS),
    columns=st.sets(st.sampled_from(range(3))), is_new=st.booleans(),
)  # fmt: skip
@example(  # cells without an address, before the first that has one and after an allowed one
    tags=('<row r="2">', '<row r="2">'), cells=([("", "<v>1</v>")], [("", "<v>2</v>")]), ends=("", ""), columns=set(),
    is_new=False,
)  # fmt: skip
@example(
    tags=('<row r="2">', '<row r="2">'),
    cells=([(' r="A2"', "<v>1</v>"), ("", "<v>1</v>")], [(' r="A2"', "<v>2</v>"), ("", "<v>2</v>")]),
    ends=("", ""), columns={0}, is_new=False,
)  # fmt: skip
def test_rows_that_are_told_by_their_pieces_are_those_of_which_each_cell_is_right(tags, cells, ends, columns, is_new):
    """A comment in a row has each of its cells looked at: where nothing is found in pieces, nothing is there either."""
    allowed = sheet_integrity.AllowedCells("Feuil1", {(2, column) for column in columns}, ())
    told = []
    for remark in ("", "<!-- -->"):
        rows = [row_of(*made, remark) for made in zip(tags, cells, ends, strict=True)]
        old, new = (grid.Parts(b"", row, b"", "") for row in (b"" if is_new else rows[0], rows[1]))
        told.append([*sheet_integrity._cells(old, new, allowed)])
    assert told[0] == told[1]
