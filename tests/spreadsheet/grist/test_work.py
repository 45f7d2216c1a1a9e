"""The working copy of a document: what operations name, values as the API takes them, actions of a bounded size."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.document import Section
from eig_sheets.spreadsheet.grist.reading import without_link
from eig_sheets.spreadsheet.grist.work import InapplicableOperationError, WorkColumn, WorkDocument, parts
from eig_sheets.spreadsheet.model.cells import Formula, Link
from tests.spreadsheet.grist.documents import URL, ZONE, campaign, column, table


@pytest.fixture
def work():
    return WorkDocument(campaign(), URL, ZONE)


def test_who_owns_a_table_decides_how_its_rows_are_found(work):
    assert not work.table("Candidatures").is_ordered
    assert work.table("Classement").is_ordered
    assert work.table("Candidatures").row_id(4) == 3


def test_the_row_of_a_tab_in_its_table(work):
    assert [work.table("Candidatures").row_of(row) for row in (1, 2, 3, 4, 5)] == [None, 1, None, 3, None]
    assert [work.table("Classement").row_of(row) for row in (1, 2, 3)] == [None, 1, None]


def test_what_is_not_there_is_said(work):
    with pytest.raises(InapplicableOperationError, match="La table « Jury » n’existe plus"):
        work.table("Jury")
    with pytest.raises(InapplicableOperationError, match="il n’y a plus de ligne 2"):
        work.table("Candidatures").row_id(3)
    for place in (-1, 2):
        with pytest.raises(InapplicableOperationError, match="pas de colonne à cette place"):
            work.table("Candidatures").column(place)


def test_the_number_of_a_column_is_that_of_the_one_now_at_its_place(work):
    work.table("Classement").columns.reverse()
    places = [("Classement", 0), ("Classement", 1), ("Classement", 2), ("Jury", 0)]
    assert [work.column_ref(*place) for place in places] == [22, 21, 0, 0]


LINKS, TEXTS = (WorkColumn("c", "C", "Text", options=options) for options in ({"widget": "HyperLink"}, {}))


def test_a_link_has_the_address_of_its_cell(work):
    assert work.shown(Link("ici", "Candidatures", "A4"), LINKS) == f"ici {URL}/p/1#a1.s11.r3.c11"
    assert work.shown(Link("ici", "Candidatures", "A3"), LINKS) == f"ici {URL}/p/1#a1.s11.c11"


@pytest.mark.parametrize("link", [Link("par là", "Candidatures", "Z9"), Link("par là", "Jury", "A1")])
def test_a_link_to_what_was_not_read_leads_to_the_raw_data_never_to_its_own_last_word(link, work):
    assert work.shown(link, LINKS) == f"par là {URL}/p/data"
    assert without_link(work.shown(link, LINKS)) == "par là"


def test_a_link_is_its_text_alone_in_a_column_that_shows_no_links(work):
    assert work.shown(Link("ici", "Candidatures", "A4"), TEXTS) == "ici"


def test_a_link_to_a_table_that_no_page_shows_leads_to_the_raw_data():
    how = {"page": None, "primary_view": 0, "sections": (Section(30, 0, {}),)}
    hidden = table(3, "Notes", [column(31, "A")], {1: ("x",)}, **how)
    link = WorkDocument(campaign(hidden), URL, ZONE).shown(Link("ici", "Notes", "A2"), LINKS)
    assert link == f"ici {URL}/p/data#a1.s30.r1.c31"
    assert without_link(link) == "ici"


@pytest.mark.parametrize(
    "value", ["a" * 50_001, float("inf"), "moitié \ud83d", Link("\udc00", "Jury", "A1"), Formula("x", float("nan"))]
)
def test_what_no_cell_holds_is_refused(work, value):
    with pytest.raises(InapplicableOperationError):
        work.encoded(value, WorkColumn("a", "A", "Any"))


@pytest.mark.parametrize("value", ["a" * 50_000, "é\n\x01", "👩‍💻", "=1+1", 3, True, None, datetime(2021, 4, 7)])
def test_what_a_cell_holds_is_json(work, value):
    json.dumps(work.encoded(value, WorkColumn("a", "A", "Any"))).encode()


def test_added_rows_have_no_id_of_ours(work):
    table = work.table("Candidatures")
    [action] = work.added_rows(table, table.columns[:1], [("4512304",), (None,)])
    assert action == ["BulkAddRecord", "Candidatures", [None, None], {"numero": ["4512304", None]}]


@given(st.lists(st.text(max_size=3).map(lambda text: (text * 8_000, 1))))
def test_parts_are_bounded_and_lose_nothing(rows):
    sent = [*parts(rows, lambda row: row)]
    assert [row for part in sent for row in part] == rows
    assert all(len(part) == 1 or sum(len(text.encode()) for text, _ in part) <= 50_000 for part in sent)


def test_many_small_rows_are_several_parts():
    assert [len(part) for part in parts(range(1001), lambda number: (number,))] == [500, 500, 1]
