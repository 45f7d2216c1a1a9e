"""What a document gets once: numbers and dates of France, no blank first table; what people chose or typed stays."""

import json
from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.document import Document, Settings, Widget
from eig_sheets.spreadsheet.grist.dressing import actions
from eig_sheets.spreadsheet.grist.ownership_check import ActionOwnershipError, check_ownership
from tests.spreadsheet.grist.documents import ZONE, column, table

BLANK = table(1, "Table1", [column(n, letter, "Any", is_formula=True) for n, letter in enumerate("ABC", 11)])
NEW = Document("", (BLANK,), settings=Settings({"locale": "en-US", "engine": "python3"}, "UTC"),
               widgets=(Widget(11, 1, is_plain=True),))  # fmt: skip


def made(document, *, makes_tables=True):
    done = [*actions(document, ZONE, makes_tables=makes_tables)]
    check_ownership(done, document)
    return [(kind, table) for kind, table, *_ in done[1:]]


REMOVED = [("AddRecord", "Table1"), ("RemoveTable", "Table1")]
SET = [("UpdateRecord", "_grist_DocInfo")]


def test_a_new_document_is_french_and_has_no_blank_table():
    assert made(NEW) == [*SET, *REMOVED]
    [_, (*_, cells), *_] = actions(NEW, ZONE, makes_tables=True)
    assert json.loads(cells["documentSettings"]) == {"locale": "fr-FR", "engine": "python3", "currency": "EUR"}
    assert cells["timezone"] == ZONE


@pytest.mark.parametrize(
    ("locale", "identity", "expected"),
    [("fr-CA", "", []), ("en-GB", "", SET), ("en-GB", "0e", []), ("en-US", "0e", SET), (None, "0e", SET)],
)
def test_what_people_chose_stays(locale, identity, expected):
    settings = Settings({"locale": locale} if locale else {})
    assert made(replace(NEW, tables=(), settings=settings, identity=identity)) == expected


def test_it_is_done_once():
    assert [*actions(replace(NEW, has_settings=True), ZONE, makes_tables=True)] == []


@pytest.mark.parametrize(
    "document",
    [
        replace(NEW, tables=(replace(BLANK, row_ids=(1,)),)),
        replace(NEW, tables=(replace(BLANK, title="Notes"),)),
        replace(NEW, tables=(replace(BLANK, columns=BLANK.columns[:2]),)),
        replace(NEW, widgets=(Widget(11, 1, is_plain=False),)),
        replace(NEW, widgets=(*NEW.widgets, Widget(12, 1, is_plain=True))),
    ],
    ids=["a row", "a title", "a column less", "a view that was changed", "another view"],
)
def test_a_table_that_people_touched_stays(document):
    assert made(document) == SET
    with pytest.raises(ActionOwnershipError):
        check_ownership([["RemoveTable", "Table1"]], document)


def test_the_blank_table_stays_where_no_other_one_is_made():
    assert made(NEW, makes_tables=False) == SET
