"""How a new tab of a Google Sheet first shows; what Google refuses of it is left out, and said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.google import formatting
from eig_sheets.spreadsheet.google.optional_formatting import optional_formatting_of
from eig_sheets.spreadsheet.google.ownership_check import BatchOwnershipError, check_ownership
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
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
        (("addDimensionGroup",), ["les groupes de colonnes repliées de l’onglet « Jury »"]),
        (("updateDimensionGroup",), ["les groupes de colonnes repliées de l’onglet « Jury »"]),
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


def test_rows_are_never_grouped():
    [_, added, *_] = formatting.requests(FOLDED, SHEET_ID)
    added["addDimensionGroup"]["range"]["dimension"] = "ROWS"
    with pytest.raises(BatchOwnershipError):
        check_ownership([added], frozenset({SHEET_ID}), frozenset())
