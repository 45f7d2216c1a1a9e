"""A batch adds charts of the robot's tables to pages that are the robot's own, and names again only its own charts."""

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.charts import added
from eig_sheets.spreadsheet.grist.document import ChartSection
from eig_sheets.spreadsheet.grist.ownership_check import ActionOwnershipError, check_ownership
from tests.spreadsheet.grist.test_charts import OURS, SHEET, THERE, document

VIEW, PAGE, SECTION, FIELDS, _ = added([SHEET], document(), {})


def with_cells(action, **cells):
    return [*action[:3], action[3] | cells]


REFUSED = {
    "a chart on the page of Accueil": [with_cells(SECTION, parentId=4)],
    "a chart on a page of people's": [with_cells(SECTION, parentId=1)],
    "a chart of people's table": [VIEW, with_cells(SECTION, tableRef=1)],
    "another widget": [VIEW, with_cells(SECTION, parentKey="record")],
    "a chart in the place of another": [VIEW, [*SECTION[:2], 70, SECTION[3]]],
    "a chart whose row is not told": [VIEW, [*SECTION[:2], None, SECTION[3]]],
    "a link to another widget": [VIEW, with_cells(SECTION, linkSrcSectionRef=11)],
    "fields of a widget that was there": [FIELDS],
    "a column of another table": [VIEW, SECTION, with_cells(FIELDS, colRef=[31, 32, 11])],
    "a field in the place of another": [VIEW, SECTION, [*FIELDS[:2], [None, None, 110], FIELDS[3]]],
    "a page of a view that was there": [with_cells(PAGE, viewRef=1)],
    "the place of a page that was there": [VIEW, [*PAGE[:2], 1, PAGE[3]]],
    "a view of a number that may be taken": [[*VIEW[:2], 5, VIEW[3]]],
    "an arrangement of the page": [with_cells(VIEW, layoutSpec="{}")],
    "the title of people's chart": [["UpdateRecord", "_grist_Views_section", 61, {"title": "x"}]],
    "the title of people's table": [["UpdateRecord", "_grist_Views_section", 11, {"title": "x"}]],
    "the style of our own chart": [["UpdateRecord", "_grist_Views_section", 60, {"options": "{}"}]],
    "our own chart": [["RemoveRecord", "_grist_Views_section", 60]],
}
PEOPLES = ChartSection(61, 4, 41, "À nous")


def test_the_page_of_a_table_stays_people_s_where_they_moved_our_chart():
    with pytest.raises(ActionOwnershipError):
        check_ownership([with_cells(SECTION, parentId=1)], document(replace(THERE, view=1), marks=OURS))


@pytest.mark.parametrize("actions", REFUSED.values(), ids=[*REFUSED])
def test_what_is_not_a_chart_of_ours_is_refused(actions):
    with pytest.raises(ActionOwnershipError, match=rf"actions\[{len(actions) - 1}\]"):
        check_ownership(actions, document(THERE, PEOPLES, marks=OURS))


def test_a_chart_that_people_named_is_theirs_to_name():
    title = [["UpdateRecord", "_grist_Views_section", 60, {"title": "x"}]]
    check_ownership(title, document(THERE, marks=OURS))
    with pytest.raises(ActionOwnershipError):
        check_ownership(title, document(replace(THERE, title="Nos métiers"), marks=OURS))
