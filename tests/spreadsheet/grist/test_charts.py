"""Charts of `Accueil`: each added once on a page under its, named again while its title is ours, never added again."""

import json
from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.charts import added
from eig_sheets.spreadsheet.grist.document import MARKS, ChartMark, ChartSection, Document, Page
from eig_sheets.spreadsheet.grist.ownership_check import check_ownership
from eig_sheets.spreadsheet.model.plan import ReplaceTab
from tests.spreadsheet.contract_home import HOME, NUMBERS
from tests.spreadsheet.grist.documents import campaign, column, mark, planned, table

BOTH, ONE = HOME.charts
SHEET = replace(HOME, charts=(BOTH,))
LABELS = 31


def document(*sections: ChartSection, marks: tuple[ChartMark, ...] = (), home: int = 4) -> Document:
    """A campaign with `Accueil` and the numbers of its charts."""
    numbers = [column(LABELS, "Métier"), column(32, "Projets", "Numeric"), column(33, "Retenus", "Numeric")]
    board = [column(41, "Rubrique"), column(42, "Nombre", "Numeric")]
    tables = [
        table(3, NUMBERS.name, numbers, dict(enumerate(NUMBERS.rows, 1))),
        table(4, "Accueil", board, dict(enumerate(HOME.rows, 1)), page=Page(home, 0.5) if home else None),
    ]
    made = campaign(*tables)
    ours = (*made.marks, mark(3, NUMBERS.id, robot=True), mark(4, "accueil", robot=True, look=HOME.look))
    pages = (Page(1, 1.0), Page(2, 2.0), Page(3, 3.0), Page(4, 0.5))
    return replace(made, marks=ours, charts=sections, chart_marks=marks, last_section=70, pages=pages)


def drawn(*sheets, moved=(), of=None):
    made = of or document()
    actions = [*added(sheets, made, dict(moved))]
    check_ownership(actions, made)
    return actions


def test_a_chart_is_a_section_with_its_labels_first_on_a_page_under_that_of_accueil():
    view, page, section, fields, chart_mark = drawn(SHEET)
    assert view == ["AddRecord", "_grist_Views", -1, {"name": "Graphiques"}]
    assert page == ["AddRecord", "_grist_Pages", None, {"viewRef": -1, "indentation": 1, "pagePos": 1.0}]
    cells = section[3]
    assert section[:3] == ["AddRecord", "_grist_Views_section", 71]
    assert (cells["tableRef"], cells["parentId"], cells["parentKey"], cells["chartType"]) == (3, -1, "chart", "bar")
    assert (cells["title"], json.loads(cells["options"])) == (BOTH.title, {"orientation": "h", "invertYAxis": True})
    assert fields[2:] == [[None] * 3, {"parentId": [71] * 3, "colRef": [LABELS, 32, 33]}]
    assert chart_mark[3] | {"robot": 0} == {
        "table_id": "Données_des_graphiques", "col_id": "Métier", "repere": "graphique 71", "aspect": BOTH.title,
        "robot": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "options"),
    [({"sideways": False}, {}), ({"sideways": False, "stacked": True}, {"stacked": True})],
)
def test_bars_are_up_or_stacked_as_the_chart_says(change, options):
    section = drawn(replace(SHEET, charts=(replace(BOTH, **change),)))[2]
    assert json.loads(section[3]["options"]) == options


def test_the_page_goes_where_that_of_accueil_is_being_moved_and_last_where_it_has_none():
    assert drawn(SHEET, moved={4: 2.5})[1][3] == {"viewRef": -1, "indentation": 1, "pagePos": 3.0}
    assert drawn(SHEET, moved={4: 3.5})[1][3] == {"viewRef": -1, "indentation": 1}
    assert drawn(SHEET, of=document(home=0))[1][3] == {"viewRef": -1}


OURS = (ChartMark(9, LABELS, 60, "Titre"),)
THERE = ChartSection(60, 13, LABELS, "Titre")
GONE = {
    "it was removed": (),
    "its number is another chart's": (ChartSection(60, 13, 41, "Titre"),),
    "its number is another widget's": (ChartSection(61, 13, LABELS, "Titre"),),
}


@pytest.mark.parametrize("sections", GONE.values(), ids=[*GONE])
def test_a_chart_that_people_removed_is_not_added_again_nor_another_beside(sections):
    other = replace(SHEET, charts=(BOTH, replace(ONE, labels=1)))
    assert drawn(other, of=document(*sections, marks=OURS)) == []
    assert titles(document(*sections, marks=OURS)) == []


def test_a_chart_that_the_workbook_never_had_comes_beside_those_that_are_left():
    other = replace(SHEET, charts=(BOTH, replace(ONE, labels=1, numbers=(2,))))
    section, fields, _ = drawn(other, of=document(THERE, marks=OURS))
    assert (section[2], section[3]["parentId"]) == (71, 13)
    assert fields[3] == {"parentId": [71, 71], "colRef": [32, 33]}


def test_none_comes_to_the_page_of_a_table_where_people_moved_ours():
    other = replace(SHEET, charts=(BOTH, replace(ONE, labels=1, numbers=(2,))))
    moved = replace(THERE, row_id=61, view=1, labels=33)
    marks = (replace(OURS[0], row_id=10, section=61, labels=33), *OURS)
    assert drawn(other, of=document(moved, THERE, marks=marks))[0][3]["parentId"] == THERE.view
    assert drawn(other, of=document(replace(THERE, view=1), marks=OURS)) == []


def test_charts_of_numbers_that_were_made_anew_are_added_again():
    assert drawn(SHEET, of=document(marks=(ChartMark(9, 0, 60, "Titre"),)))[0][1] == "_grist_Views"


@pytest.mark.parametrize("chart", [replace(BOTH, tab="Ailleurs"), replace(BOTH, numbers=(1, 3))])
def test_a_chart_whose_numbers_are_not_there_waits(chart):
    assert drawn(replace(SHEET, charts=(chart,))) == []


def titles(made):
    actions = planned(made, ReplaceTab("Accueil", SHEET))
    check_ownership(actions, made)
    return [action for action in actions if action[1] == "_grist_Views_section" or action[1:3] == [MARKS, 9]]


def test_the_title_follows_in_the_write_itself_while_it_is_ours():
    assert titles(document(THERE, marks=OURS)) == [
        ["UpdateRecord", "_grist_Views_section", 60, {"title": BOTH.title}],
        ["UpdateRecord", MARKS, 9, {"aspect": BOTH.title}],
    ]
    assert titles(document(replace(THERE, title="Nos métiers"), marks=OURS)) == []
    same = replace(THERE, title=BOTH.title)
    assert titles(document(same, marks=(replace(OURS[0], title=BOTH.title),))) == []


def test_charts_that_share_their_labels_are_told_apart_by_their_order():
    marks = (*OURS, ChartMark(10, LABELS, 61, ONE.title))
    made = document(THERE, replace(THERE, row_id=61, title=ONE.title), marks=marks)
    assert drawn(HOME, of=made) == []
    assert [action[2] for action in planned(made, ReplaceTab("Accueil", HOME)) if "title" in action[-1]] == [60]
    assert [action[2] for action in drawn(HOME) if action[1] == "_grist_Views_section"] == [71, 72]
    only = document(THERE, marks=OURS)
    assert [action[3]["title"] for action in drawn(HOME, of=only) if "title" in action[3]] == [ONE.title]
