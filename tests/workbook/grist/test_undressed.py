"""What a table lacks until the second request of a run: kept in the document, found again whoever writes next."""

import json
from dataclasses import replace

from eig_sheets.workbook.grist import dressing
from eig_sheets.workbook.grist.document import MARKS, Document, Undressed
from eig_sheets.workbook.grist.undressed import actions, mark
from eig_sheets.workbook.model.plan import CreateTab
from eig_sheets.workbook.model.sheet import Chart, Column, Format, Owner, Sheet, Tone
from tests.workbook.grist.documents import column, table

COLUMNS = (
    Column("A", Format.NOTE, width=10, note="Une note.", choices=("x",), tones=(("x", Tone.GOOD),), scale=(1, 4)),
    Column("B", width=5, hidden=True),
)
SHEET = Sheet("t", "T", Owner.ROBOT, COLUMNS, (("un", None),), ("Titre",), frozen_columns=1)


def document(*texts: str, title: str = "T", ref: int = 1) -> Document:
    made = table(1, title, [column(11, "A"), column(12, "B")])
    return Document("", (made,), undressed=tuple(Undressed(row, ref, text) for row, text in enumerate(texts, 5)))


def kept(made: CreateTab, *, is_new: bool = True) -> str:
    kind, where, row, cells = mark("T", made, is_new=is_new)
    assert (kind, where, row, cells["repere"], cells["robot"]) == ("AddRecord", MARKS, None, "habillage", False)
    return str(cells["aspect"])


def test_what_is_kept_says_nothing_of_cells_and_is_short():
    text = kept(CreateTab(SHEET, "U"))
    assert "un" not in text
    assert "note." not in text
    assert len(text) < 400


def test_it_is_done_as_it_was_kept_whatever_the_title_became_and_forgotten():
    found = [*actions(document(kept(CreateTab(SHEET)), title="T (à nous)"))]
    assert found[0] == ["BulkUpdateRecord", MARKS, [5], {"robot": [False]}]
    assert ["BulkUpdateRecord", "_grist_Views_section_field", [110, 120], {"width": [80, 40]}] in found
    assert ["BulkRemoveRecord", "_grist_Views_section_field", [120]] in found
    assert [
        "BulkUpdateRecord",
        "_grist_Views_section",
        [11],
        {"options": ['{"numFrozen": 1, "rowHeight": 3}']},
    ] in found
    assert "AddEmptyRule" in [action[0] for action in found]
    assert found[-1] == ["BulkRemoveRecord", MARKS, [5]]


def test_widths_are_those_of_the_whole_sheet_notes_of_headers_included():
    noted = replace(SHEET, columns=tuple(Column(f"{one.header}{'a' * 20}", note="?") for one in SHEET.columns))
    made = table(1, "T", [column(11, noted.columns[0].header), column(12, noted.columns[1].header)])
    there = Document("", (made,), undressed=(Undressed(5, 1, kept(CreateTab(noted))),))
    widths = [action for action in dressing.actions([CreateTab(noted)], there) if "width" in str(action[3:])]
    assert widths
    assert [action for action in actions(there) if "width" in str(action[3:])] == widths


def test_charts_alone_of_a_table_that_is_not_new():
    sheet = replace(SHEET, charts=(Chart("Titre", 0, (1,), 2, 3, "T"),))
    found = [*actions(document(kept(CreateTab(sheet), is_new=False)))]
    added = [action[1] for action in found if action[0] == "AddRecord"]
    assert added == ["_grist_Views", "_grist_Pages", "_grist_Views_section", MARKS]
    assert not [action for action in found if "width" in str(action[3:])]


def test_a_table_that_is_gone_or_a_text_that_people_changed_is_forgotten():
    text = kept(CreateTab(SHEET))
    for one in (document(text, ref=0), document("{", "", json.dumps({"made": 3}))):
        assert [action[:2] for action in actions(one)] == [["BulkUpdateRecord", MARKS], ["BulkRemoveRecord", MARKS]]


def test_a_document_in_which_nothing_lacks():
    assert [*actions(document())] == []
