"""Widths and places of new tables, by the numbers that Grist gave them."""

from eig_sheets.workbook.grist.document import Document
from eig_sheets.workbook.grist.dressing import actions
from eig_sheets.workbook.model.plan import CreateTab
from eig_sheets.workbook.model.sheet import Column, Owner, Sheet
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


def test_pages_go_before_those_that_the_plan_names():
    document = Document("", (made("A", 1), made("B", 2), made("C", 3)))
    found = [*actions([CreateTab(sheet("C"), before="A")], document)]
    assert found[-1] == ["BulkUpdateRecord", "_grist_Pages", [3, 1, 2], {"pagePos": [1.0, 2.0, 3.0]}]


def test_a_table_that_went_meanwhile_or_has_no_page_stays_out():
    document = Document("", (made("A", 1), made("B", 2, page=None)))
    found = [*actions([CreateTab(sheet("Gone"), before="A"), CreateTab(sheet("B"), before="A")], document)]
    assert [action[1] for action in found] == ["_grist_Views_section_field"]
    assert [*actions([], document)] == []
