"""How a new tab of a Google Sheet first shows; what Google refuses of it is left out, and said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.google import formatting
from eig_sheets.spreadsheet.google.optional_formatting import optional_formatting_of
from eig_sheets.spreadsheet.google.ownership_check import BatchOwnershipError, check_ownership
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from tests.end_to_end.google import unexpected_google
from tests.spreadsheet.contract_desk import PEOPLE, content
from tests.spreadsheet.contract_first_view import FOLDED, HIDDEN, hidden_tabs
from tests.spreadsheet.google_desk import OWNER, GoogleDesk, Weightless, key_of
from tests.test_sheets_server.clients import Api


@pytest.fixture
def desk(google):
    made = GoogleDesk(google, Weightless())
    yield made
    made.client.close()


def tab(desk, book, name):
    """The properties and groups of a tab, and which of its columns do not show."""
    api = Api(desk.server, key_of(book), OWNER)
    answer = api.get("sheets(properties,columnGroups,data.columnMetadata.hiddenByUser)")
    sheet = next(sheet for sheet in answer["sheets"] if sheet["properties"]["title"] == name)
    hidden = [place for place, column in enumerate(sheet["data"][0]["columnMetadata"]) if column.get("hiddenByUser")]
    groups = [
        (group["range"]["startIndex"], group["range"]["endIndex"], group["collapsed"])
        for group in sheet.get("columnGroups", ())
    ]
    return sheet["properties"], groups, hidden


def test_groups_are_folded_and_first_columns_frozen(desk):
    book = desk.make_book(PEOPLE)
    assert book.apply(Plan(book.read().version, (CreateTab(FOLDED), CreateTab(HIDDEN)))) == []
    properties, groups, hidden = tab(desk, book, "Jury")
    assert properties["gridProperties"]["frozenColumnCount"] == 2
    assert properties["gridProperties"]["frozenRowCount"] == 1
    assert (groups, hidden) == ([(2, 4, True)], [2, 3])
    assert tab(desk, book, "Anomalies")[0]["hidden"] is True


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("addDimensionGroup",), ["les groupes repliés de l’onglet « Jury »"]),
        (("updateDimensionGroup",), ["les groupes repliés de l’onglet « Jury »"]),
        (
            ("updateSheetProperties",),
            ["la mise en forme et les colonnes figées de l’onglet « Jury »",
             "la mise en forme et le masquage de l’onglet « Anomalies »"],
        ),
    ],
)  # fmt: skip
def test_what_google_refuses_is_left_out_and_said(desk, kinds, said):
    book = desk.make_book(PEOPLE)
    with unexpected_google.refused(kinds):
        told = " ".join(book.apply(Plan(book.read().version, (CreateTab(FOLDED), CreateTab(HIDDEN)))))
    assert [
        sentence for sentence in said if sentence.replace("« ", "«\u202f").replace(" »", "\u202f»") not in told
    ] == [], told
    after = book.read()
    assert content(after, "Jury")[1:] == [*map(list, FOLDED.rows)]
    assert hidden_tabs(after) == ([] if "updateSheetProperties" in kinds else ["Anomalies"])


SHEET_ID = 7


def test_a_tab_of_people_s_is_neither_hidden_nor_frozen_nor_folded():
    asked = [*formatting.requests(replace(FOLDED, hidden=True), SHEET_ID)]
    assert len(asked) == 4
    for request in asked:
        with pytest.raises(BatchOwnershipError):
            check_ownership([request], frozenset(), frozenset())
        check_ownership([request], frozenset({SHEET_ID}), frozenset())
        assert optional_formatting_of(request)


def rows_of(desk, book, name):
    """The groups of rows of a tab, which of its rows do not show, and whether their control is above them."""
    api = Api(desk.server, key_of(book), OWNER)
    sheets = api.get("sheets(properties,rowGroups,data.rowMetadata.hiddenByUser)")["sheets"]
    sheet = next(sheet for sheet in sheets if sheet["properties"]["title"] == name)
    hidden = [place for place, row in enumerate(sheet["data"][0]["rowMetadata"]) if row.get("hiddenByUser")]
    spans = [(group["range"]["startIndex"], group["range"]["endIndex"]) for group in sheet.get("rowGroups", ())]
    return spans, hidden, sheet["properties"]["gridProperties"].get("rowGroupControlAfter", False)


HOME = Sheet("accueil", "Accueil", Owner.ROBOT, (Column("Quoi"), Column("Nombre")), folded=1)


def with_rows(*names, folded):
    return replace(HOME, rows=tuple((name, 1) for name in names), folded=folded)


def replaced(book, sheet):
    assert book.apply(Plan(book.read().version, (ReplaceTab("Accueil", sheet),))) == []


def test_the_last_rows_are_folded_and_a_row_that_comes_before_them_shows(desk):
    book = desk.make_book(PEOPLE)
    assert book.apply(Plan(book.read().version, (CreateTab(with_rows("a", "b", "c", folded=1)),))) == []
    assert rows_of(desk, book, "Accueil") == ([(2, 4)], [2, 3], False)
    replaced(book, with_rows("a", "urgent", "b", "c", folded=2))
    assert rows_of(desk, book, "Accueil") == ([(3, 5)], [3, 4], False)
    replaced(book, with_rows("b", "c", folded=0))
    assert rows_of(desk, book, "Accueil") == ([(1, 3)], [1, 2], False)


def test_rows_that_people_unfolded_stay_so(desk):
    book = desk.make_book(PEOPLE)
    book.apply(Plan(book.read().version, (CreateTab(with_rows("a", "b", "c", folded=1)),)))
    sheet_id = tab(desk, book, "Accueil")[0]["sheetId"]
    where = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": 2, "endIndex": 4}
    unfolded = {"dimensionGroup": {"range": where, "depth": 1, "collapsed": False}, "fields": "collapsed"}
    Api(desk.server, key_of(book), OWNER).batch({"updateDimensionGroup": unfolded})
    replaced(book, with_rows("a", "urgent", "b", "c", folded=2))
    assert rows_of(desk, book, "Accueil")[:2] == ([(3, 5)], [])


def test_rows_of_people_are_never_folded():
    asked = [*formatting.folding(with_rows("a", "b", folded=1), SHEET_ID, {(0, 9): True})]
    assert len(asked) == 5
    for request in asked:
        with pytest.raises(BatchOwnershipError):
            check_ownership([request], frozenset(), frozenset())
        check_ownership([request], frozenset({SHEET_ID}), frozenset())
        assert optional_formatting_of(request)
