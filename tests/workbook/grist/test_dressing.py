"""Widths and places of new tables, by the numbers that Grist gave them."""

import json
from dataclasses import replace

from eig_sheets.workbook.grist.document import Document, Page
from eig_sheets.workbook.grist.dressing import actions
from eig_sheets.workbook.model.plan import CreateTab
from eig_sheets.workbook.model.sheet import Chart, Column, Owner, Sheet
from tests.workbook.grist.documents import column, table


def sheet(name, **hidden):
    return Sheet(name.lower(), name, Owner.PEOPLE, (Column("A", width=10), Column("B", width=5, **hidden)))


def made(name, ref, **more):
    return table(ref, name, [column(ref * 10 + 1, "A"), column(ref * 10 + 2, "B")], **more)


def test_widths_of_the_columns_and_those_that_are_hidden():
    document = Document("", (made("Jury", 1),))
    assert [*actions([CreateTab(sheet("Jury", hidden=True))], document)] == [
        ["BulkUpdateRecord", "_grist_Views_section_field", [110, 120], {"width": [80, 40]}],
        ["BulkRemoveRecord", "_grist_Views_section_field", [120]],
    ]


def test_a_scale_and_a_bar_are_steps_of_colour_in_the_robot_s_tables_alone():
    looks = (Column("A", scale=(1, 4)), Column("B", bar=True))
    robots, peoples = (CreateTab(Sheet("t", "T", owner, looks)) for owner in (Owner.ROBOT, Owner.PEOPLE))
    document = Document("", (made("T", 1),))
    found = [action for action in actions([robots], document) if not action[1].startswith("_grist_")]
    helper = "gristHelper_ConditionalRule"
    assert [(action[0], action[2]) for action in found] == [
        ("AddEmptyRule", 0), ("ModifyColumn", helper), ("AddEmptyRule", 0), ("ModifyColumn", f"{helper}2"),
        ("ModifyColumn", "A"),
        ("AddEmptyRule", 0), ("ModifyColumn", f"{helper}3"), ("AddEmptyRule", 0), ("ModifyColumn", f"{helper}4"),
        ("ModifyColumn", "B"),
    ]  # fmt: skip
    assert [action[3] for action in found if action[0] == "AddEmptyRule"] == [11, 11, 12, 12]
    numbers = (None, "NSP", 1, 1.99, 2, 3, 4)
    holds = [eval(action[3]["formula"].replace("$A", "value"), {"value": value})
             for action in found[1:4:2] for value in numbers]  # fmt: skip
    assert holds == [False, False, True, True, False, False, False, *[False] * 5, True, True]
    styles = [json.loads(action[3]["widgetOptions"])["rulesOptions"] for action in found if action[2] in ("A", "B")]
    assert [len(style) for style in styles] == [2, 2]
    assert {action[1] for action in actions([peoples], document)} == {"_grist_Views_section_field"}


def test_pages_go_before_those_that_the_plan_names():
    document = Document("", (made("A", 1), made("B", 2), made("C", 3)))
    found = [*actions([CreateTab(sheet("C"), before="A")], document)]
    assert found[-1] == ["BulkUpdateRecord", "_grist_Pages", [3, 1, 2], {"pagePos": [1.0, 2.0, 3.0]}]


def test_a_table_that_went_meanwhile_or_has_no_page_stays_out():
    document = Document("", (made("A", 1), made("B", 2, page=None)))
    found = [*actions([CreateTab(sheet("Gone"), before="A"), CreateTab(sheet("B"), before="A")], document)]
    assert [action[1] for action in found] == ["_grist_Views_section_field"]
    assert [*actions([], document)] == []


def test_first_columns_stay_on_the_screen_in_each_view():
    document = Document("", (made("Jury", 1),))
    found = [*actions([CreateTab(replace(sheet("Jury"), frozen_columns=2))], document)]
    assert found[-1] == ["BulkUpdateRecord", "_grist_Views_section", [11], {"options": ['{"numFrozen": 2}']}]


def test_a_table_that_is_made_hidden_has_no_page_left():
    document = Document("", (made("A", 1), made("B", 2), made("C", 3, page=None)))
    hidden = [CreateTab(replace(sheet(name), hidden=True)) for name in "BC"]
    found = [*actions([CreateTab(sheet("A")), *hidden], document)]
    assert [action for action in found if action[1] == "_grist_Views"] == [["BulkRemoveRecord", "_grist_Views", [2]]]


def test_charts_come_after_the_pages_are_in_their_order():
    home = CreateTab(chart_sheet := replace(sheet("B"), charts=(Chart("Titre", 0, (1,), 2, 3, "A"),)), before="A")
    pages = (Page(1, 1.0), Page(2, 2.0))
    document = Document("", (made("A", 1), made("B", 2)), pages=pages)
    found = [*actions([home], document, [chart_sheet])]
    placed = ["BulkUpdateRecord", "_grist_Pages", [2, 1], {"pagePos": [1.0, 2.0]}]
    page = ["AddRecord", "_grist_Pages", None, {"viewRef": -1, "indentation": 1, "pagePos": 2.0}]
    assert [action for action in found if action[1] == "_grist_Pages"] == [placed, page]
    assert [action[1] for action in found[-3:]][:2] == ["_grist_Views_section", "_grist_Views_section_field"]
