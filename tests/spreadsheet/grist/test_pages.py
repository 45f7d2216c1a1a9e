"""Pages of new tables: cards beside lists, a page of their own, rows apart; people's pages are refused."""

import json
from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.document import Document, Page, Widget
from eig_sheets.spreadsheet.grist.dressing import new_table_actions
from eig_sheets.spreadsheet.grist.ownership_check import ActionOwnershipError, check_ownership
from eig_sheets.spreadsheet.grist.wrong_numbers import column_of
from eig_sheets.spreadsheet.model.plan import CreateTab
from eig_sheets.spreadsheet.model.sheet import Apart, Cards, Column, Limits, Owner, Sheet
from tests.spreadsheet.grist.documents import column, mark, table

LOOKS = (Column("N°"), Column("Note", limits=Limits(1, 4)), Column("Mot"))
MISTAKES = column(14, "À corriger", id=column_of("Notes"), formula="1", options={"wrap": True})
NOTES = table(1, "Notes", [column(11, "N°", id="n"), column(12, "Note", "Numeric"), column(13, "Mot"), MISTAKES])
THEIRS = table(2, "À nous", [column(21, "A")])
PLAIN = (Widget(11, 1, is_plain=True), Widget(21, 2, is_plain=True))
THERE = Document("", (NOTES, THEIRS), (mark(1, "notes"),), last_section=70, last_field=700, widgets=PLAIN,
                 pages=(Page(1, 1.0), Page(2, 2.0)))  # fmt: skip
SECTIONS, FIELDS, VIEWS = "_grist_Views_section", "_grist_Views_section_field", "_grist_Views"


def sheet(**more):
    return Sheet("notes", "Notes", Owner.PEOPLE, LOOKS, **more)


def dressed(document=THERE, **more):
    actions = [*new_table_actions([CreateTab(sheet(**more))], document)]
    check_ownership(actions, document, ["Notes"])
    return actions


def of(actions, kind, table):
    return [rest for name, where, *rest in actions if (name, where) == (kind, table)]


def leaves(spec):
    return [leaf for child in spec["children"] for leaf in ([child["leaf"]] if "leaf" in child else leaves(child))]


def test_a_card_stands_beside_the_list_of_its_page_and_follows_it():
    actions = dressed(cards=Cards("La note", (0, 2), (2, 0)))
    [[number, section]] = of(actions, "AddRecord", SECTIONS)
    assert (number, section["parentId"], section["parentKey"], section["linkSrcSectionRef"]) == (71, 1, "single", 11)
    [[rows, fields]] = of(actions, "BulkAddRecord", FIELDS)
    assert (fields["colRef"], rows) == ([11, 13, 14], [701, 702, 703])
    assert leaves(json.loads(section["layoutSpec"])) == rows
    [[view, cells]] = of(actions, "UpdateRecord", VIEWS)
    assert (view, leaves(json.loads(cells["layoutSpec"]))) == (1, [11, 71])
    assert of(actions, "BulkRemoveRecord", FIELDS) == [[[120]]]
    assert of(actions, "BulkUpdateRecord", FIELDS)[-1] == [[130, 110], {"parentPos": [1.0, 2.0]}]


def test_a_page_of_cards_comes_before_that_of_its_table():
    actions = dressed(cards=Cards("Vos notes", (0, 1), (0,), "Noter"))
    [[view, named]] = of(actions, "AddRecord", VIEWS)
    assert (view, named["name"], leaves(json.loads(named["layoutSpec"]))) == (-2, "Noter", [71, 72])
    assert of(actions, "AddRecord", "_grist_Pages") == [[None, {"viewRef": -2, "indentation": 0, "pagePos": 1.0}]]
    listed, card = of(actions, "BulkAddRecord", FIELDS)
    assert (listed[1]["colRef"], card[1]["colRef"]) == ([11, 14], [11, 12, 14])
    assert of(actions, "BulkRemoveRecord", FIELDS) == []


def test_rows_apart_are_above_the_others():
    actions = dressed(apart=Apart(2, "vu", "D’abord", (0, 1), "Ensuite", (2,)))
    filters = [cells for _, cells in of(actions, "AddRecord", "_grist_Filters")]
    assert [(each["viewSectionRef"], each["colRef"], json.loads(each["filter"])) for each in filters] == [
        (11, 13, {"included": ["vu"]}), (71, 13, {"excluded": ["vu"]}),
    ]  # fmt: skip
    assert of(actions, "UpdateRecord", SECTIONS) == [[11, {"title": "D’abord"}]]
    assert of(actions, "AddRecord", SECTIONS)[0][1]["title"] == "Ensuite"


@pytest.mark.parametrize("more", [{"hidden": True}, {}], ids=["hidden", "changed by people"])
def test_no_page_is_arranged(more):
    document = THERE if more else replace(THERE, widgets=(Widget(11, 1, is_plain=False),))
    actions = dressed(document, cards=Cards("La note", (0,), (), "Noter"), **more)
    assert of(actions, "AddRecord", SECTIONS) == of(actions, "AddRecord", VIEWS) == []


CARDS = dressed(cards=Cards("La note", (0, 2), (2, 0)))
SECTION = next(action for action in CARDS if action[:2] == ["AddRecord", SECTIONS])
ARRANGED = next(action for action in CARDS if action[:2] == ["UpdateRecord", VIEWS])
ADDED = next(action for action in CARDS if action[:2] == ["BulkAddRecord", FIELDS])


def with_cells(action, **cells):
    return [*action[:3], action[3] | cells]


REFUSED = {
    "a card on a page of people's": [with_cells(SECTION, parentId=2)],
    "a card of people's table": [with_cells(SECTION, tableRef=2)],
    "a card in the place of another": [[*SECTION[:2], 70, SECTION[3]]],
    "a link to people's list": [with_cells(SECTION, linkSrcSectionRef=21)],
    "another kind of widget": [with_cells(SECTION, parentKey="custom")],
    "fields of a widget that was there": [with_cells(ADDED, parentId=[11, 11, 11])],
    "a field in the place of another": [SECTION, [*ADDED[:2], [1, 2, 3], ADDED[3]]],
    "a column of another table": [SECTION, with_cells(ADDED, colRef=[11, 13, 21])],
    "the arrangement of people's page": [[*ARRANGED[:2], 2, ARRANGED[3]]],
    "the name of a page": [with_cells(ARRANGED, name="x")],
    "the title of people's list": [["UpdateRecord", SECTIONS, 21, {"title": "x"}]],
    "a filter of people's list": [
        ["AddRecord", "_grist_Filters", None, {"viewSectionRef": 21, "colRef": 21, "filter": "{}"}]
    ],
    "the order of people's columns": [["BulkUpdateRecord", FIELDS, [210], {"parentPos": [1.0]}]],
    "a style of people's table": [["AddEmptyRule", THEIRS.id, 0, 21]],
    "the label of a column of ours": [["ModifyColumn", "Notes", "Note", {"label": "x"}]],
    "the formula of a column of ours": [["ModifyColumn", "Notes", "Note", {"formula": "1"}]],
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=[*REFUSED])
def test_what_is_not_a_page_of_ours_is_refused(refused):
    with pytest.raises(ActionOwnershipError, match=rf"actions\[{len(refused) - 1}\]"):
        check_ownership(refused, THERE, ["Notes"])


@pytest.mark.parametrize("action", [SECTION, ARRANGED], ids=["a card", "an arrangement"])
def test_pages_of_tables_that_were_there_before_are_left(action):
    with pytest.raises(ActionOwnershipError):
        check_ownership([action], THERE)
