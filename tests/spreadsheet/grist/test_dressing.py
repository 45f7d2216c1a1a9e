"""Widths, styles and pages of new tables, and what they still lack until the second request of a run."""

import json
from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.document import MARKS, Document, Page, Undressed, Widget
from eig_sheets.spreadsheet.grist.dressing import new_table_actions, pending_actions, pending_mark
from eig_sheets.spreadsheet.grist.looks import width_of
from eig_sheets.spreadsheet.grist.pages import options_of
from eig_sheets.spreadsheet.model.plan import CreateTab
from eig_sheets.spreadsheet.model.sheet import Apart, Cards, Chart, Column, Format, Limits, Owner, Sheet, Tone
from tests.spreadsheet.grist.documents import column, table


def sheet(name, **hidden):
    return Sheet(name.lower(), name, Owner.PEOPLE, (Column("A", width=10), Column("B", width=5, **hidden)))


def made(name, ref, labels=("A", "B"), **more):
    return table(ref, name, [column(ref * 10 + place, label) for place, label in enumerate(labels, 1)], **more)


def dressed(created, document, drawn=()):
    """The actions, but for those that keep the ids of columns, whatever people call them."""
    done = [*new_table_actions(created, document, drawn)]
    return [action for action in done if action[1] != "_grist_Tables_column"]


def conditions_of(actions):
    """The columns of conditions, and their formulas."""
    return [
        (action[2], action[3]["formula"])
        for action in actions
        if action[0] == "ModifyColumn" and "formula" in action[3]
    ]


def test_widths_of_the_columns_and_those_that_are_hidden():
    document = Document("", (made("Jury", 1),))
    assert [*dressed([CreateTab(sheet("Jury", hidden=True))], document)] == [
        ["BulkUpdateRecord", "_grist_Views_section_field", [110, 120], {"width": [80, 40]}],
        ["BulkUpdateRecord", "_grist_Views_section", [11], {"options": ['{"rowHeight": 5}']}],
        ["BulkRemoveRecord", "_grist_Views_section_field", [120]],
    ]


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ({"cards": Cards("Fiche", (0,))}, 1),
        ({"cards": Cards("Fiche", (0,), (0,), "Noter")}, 5),
        ({"apart": Apart(0, "vu", "D’abord", (0,), "Ensuite", (1,))}, 2),
        ({"frozen_columns": 1}, 3),
    ],
)
def test_a_row_has_one_line_where_a_card_tells_all_and_more_where_it_is_read(more, lines):
    [*_, options] = options_of(replace(sheet("Jury"), **more)).partition('"rowHeight": ')
    assert options == f"{lines}}}"


def test_a_name_of_a_cell_has_room():
    [named, other] = (width_of(Column("A", width=10, names_cells=names)) for names in (True, False))
    assert (named, other) == (240, 80)


def test_a_header_is_never_cut():
    document = Document("", (made("Jury", 1, labels=("A" * 20, "B" * 20)),))
    long = Sheet("jury", "Jury", Owner.PEOPLE, (Column("A" * 20, width=4), Column("B" * 20, width=4, note="?")))
    [[*_, cells], *_] = dressed([CreateTab(long)], document)
    plain, noted = cells["width"]
    assert 160 <= plain <= 170
    assert noted == plain + 20


def test_a_page_that_people_changed_meanwhile_is_left():
    widgets = (Widget(11, 1, is_plain=True), Widget(70, 1, is_plain=True))
    changed = (Widget(11, 1, is_plain=False),)
    for there in (widgets, changed):
        document = Document("", (made("Jury", 1, raw_section=10),), widgets=there)
        assert [*dressed([CreateTab(sheet("Jury", hidden=True))], document)] == []


def test_a_scale_and_a_bar_are_steps_of_colour_in_the_robot_s_tables_alone():
    looks = (Column("A", scale=(1, 4)), Column("B", bar=True))
    robots, peoples = (CreateTab(Sheet("t", "T", owner, looks)) for owner in (Owner.ROBOT, Owner.PEOPLE))
    document = Document("", (made("T", 1),))
    rule, style = ["AddEmptyRule", "ModifyColumn"], "ModifyColumn"
    steps = [*rule * 6, style, *rule * 2, style]
    done = [action for action in dressed([robots], document) if not action[1].startswith("_grist_")]
    assert [action[0] for action in done] == steps
    helpers = [column for column, _ in conditions_of(done)]
    assert helpers == ["gristHelper_ConditionalRule", *(f"gristHelper_ConditionalRule{n}" for n in range(2, 9))]
    assert [action[3] for action in done if action[0] == "AddEmptyRule"] == [*[11] * 6, 12, 12]
    first, second = (
        json.loads(action[3]["widgetOptions"])["rulesOptions"] for action in done if action[2] in ("A", "B")
    )
    assert [first[0], *first[-1:], len(second)] == [{"fillColor": "#FBD9C4"}, {"fillColor": "#B8E3C2"}, 2]
    conditions = [formula for _, formula in conditions_of(done)][:6]
    shades = [
        [
            place
            for place, condition in enumerate(conditions)
            if eval(condition.replace("$A", "value"), {"value": value})
        ]
        for value in (None, "NSP", 1, 1.5, 2, 2.5, 2.9, 3.2, 4)
    ]
    assert shades == [[], [], [0], [1], [2], [], [3], [4], [5]]
    assert {action[1][:6] for action in dressed([peoples], document)} == {"_grist"}


def test_a_number_out_of_its_limits_has_the_colour_of_a_mistake_where_people_type_it():
    document = Document("", (made("T", 1),))
    typed = Sheet("t", "T", Owner.PEOPLE, (Column("A", limits=Limits(1, 4, ("NSP",))), Column("B", scale=(1, 4))))
    [(_, formula)] = conditions_of(dressed([CreateTab(typed)], document))
    wrong = [value for value in (None, "NSP", 0.5, 1, 4, 4.5) if eval(formula.replace("$A", "value"), {"value": value})]
    assert wrong == [0.5, 4.5]


def test_pages_go_before_those_that_the_plan_names():
    document = Document("", (made("A", 1), made("B", 2), made("C", 3)))
    done = [*dressed([CreateTab(sheet("C"), before="A")], document)]
    assert done[-1] == ["BulkUpdateRecord", "_grist_Pages", [3, 1, 2], {"pagePos": [1.0, 2.0, 3.0]}]


def test_a_table_that_went_meanwhile_or_has_no_page_stays_out():
    document = Document("", (made("A", 1), made("B", 2, page=None)))
    done = [*dressed([CreateTab(sheet("Gone"), before="A"), CreateTab(sheet("B"), before="A")], document)]
    assert done == []
    assert [*dressed([], document)] == []


def test_first_columns_stay_on_the_screen_in_each_view():
    document = Document("", (made("Jury", 1),))
    done = [*dressed([CreateTab(replace(sheet("Jury"), frozen_columns=2))], document)]
    options = '{"numFrozen": 2, "rowHeight": 3}'
    assert done[-1] == ["BulkUpdateRecord", "_grist_Views_section", [11], {"options": [options]}]


def test_a_table_that_is_made_hidden_has_no_page_left():
    document = Document("", (made("A", 1), made("B", 2), made("C", 3, page=None)))
    hidden = [CreateTab(replace(sheet(name), hidden=True)) for name in "BC"]
    done = [*dressed([CreateTab(sheet("A")), *hidden], document)]
    assert [action for action in done if action[1] == "_grist_Views"] == [["BulkRemoveRecord", "_grist_Views", [2]]]


def test_charts_come_after_the_pages_are_in_their_order():
    home = CreateTab(chart_sheet := replace(sheet("B"), charts=(Chart("Titre", 0, (1,), 2, 3, "A"),)), before="A")
    pages = (Page(1, 1.0), Page(2, 2.0))
    document = Document("", (made("A", 1), made("B", 2)), pages=pages)
    done = [*dressed([home], document, [chart_sheet])]
    placed = ["BulkUpdateRecord", "_grist_Pages", [2, 1], {"pagePos": [1.0, 2.0]}]
    page = ["AddRecord", "_grist_Pages", None, {"viewRef": -1, "indentation": 1, "pagePos": 2.0}]
    assert [action for action in done if action[1] == "_grist_Pages"] == [placed, page]
    assert [action[1] for action in done[-3:]][:2] == ["_grist_Views_section", "_grist_Views_section_field"]


COLUMNS = (
    Column("A", Format.NOTE, width=10, note="Une note.", choices=("x",), tones=(("x", Tone.GOOD),), scale=(1, 4)),
    Column("B", width=5, hidden=True),
)
SHEET = Sheet("t", "T", Owner.ROBOT, COLUMNS, (("un", None),), ("Titre",), frozen_columns=1)


def document(*texts: str, title: str = "T", ref: int = 1) -> Document:
    made = table(1, title, [column(11, "A"), column(12, "B")])
    return Document("", (made,), undressed=tuple(Undressed(row, ref, text) for row, text in enumerate(texts, 5)))


def kept(made: CreateTab, *, is_new: bool = True) -> str:
    kind, where, row, cells = pending_mark("T", made, is_new=is_new)
    assert (kind, where, row, cells["repere"], cells["robot"]) == ("AddRecord", MARKS, None, "habillage", False)
    return str(cells["aspect"])


def test_what_is_kept_says_nothing_of_cells_and_is_short():
    text = kept(CreateTab(SHEET, "U"))
    assert "un" not in text
    assert "note." not in text
    assert len(text) < 400


def test_it_is_done_as_it_was_kept_whatever_the_title_became_and_forgotten():
    done = [*pending_actions(document(kept(CreateTab(SHEET)), title="T (à nous)"))]
    assert done[0] == ["BulkUpdateRecord", MARKS, [5], {"robot": [False]}]
    assert ["BulkUpdateRecord", "_grist_Views_section_field", [110, 120], {"width": [80, 40]}] in done
    assert ["BulkRemoveRecord", "_grist_Views_section_field", [120]] in done
    assert [
        "BulkUpdateRecord",
        "_grist_Views_section",
        [11],
        {"options": ['{"numFrozen": 1, "rowHeight": 3}']},
    ] in done
    assert "AddEmptyRule" in [action[0] for action in done]
    assert done[-1] == ["BulkRemoveRecord", MARKS, [5]]


def test_widths_are_those_of_the_whole_sheet_notes_of_headers_included():
    noted = replace(SHEET, columns=tuple(Column(f"{look.header}{'a' * 20}", note="?") for look in SHEET.columns))
    made = table(1, "T", [column(11, noted.columns[0].header), column(12, noted.columns[1].header)])
    there = Document("", (made,), undressed=(Undressed(5, 1, kept(CreateTab(noted))),))
    widths = [action for action in new_table_actions([CreateTab(noted)], there) if "width" in str(action[3:])]
    assert widths
    assert [action for action in pending_actions(there) if "width" in str(action[3:])] == widths


def test_charts_alone_of_a_table_that_is_not_new():
    sheet = replace(SHEET, charts=(Chart("Titre", 0, (1,), 2, 3, "T"),))
    done = [*pending_actions(document(kept(CreateTab(sheet), is_new=False)))]
    added = [action[1] for action in done if action[0] == "AddRecord"]
    assert added == ["_grist_Views", "_grist_Pages", "_grist_Views_section", MARKS]
    assert not [action for action in done if "width" in str(action[3:])]


def test_a_table_that_is_gone_or_a_text_that_people_changed_is_forgotten():
    text = kept(CreateTab(SHEET))
    for lacking in (document(text, ref=0), document("{", "", json.dumps({"made": 3}))):
        assert [action[:2] for action in pending_actions(lacking)] == [
            ["BulkUpdateRecord", MARKS],
            ["BulkRemoveRecord", MARKS],
        ]


def test_a_document_in_which_nothing_lacks():
    assert [*pending_actions(document())] == []
