"""What is verified of an answer of Google's, without a spreadsheet: a mark that is not where it was asked to be."""

from __future__ import annotations

import pytest

from eig_sheets.spreadsheet.google import marks
from eig_sheets.spreadsheet.google.verification import ignored_preconditions

MARK, TAB, COLUMN = 7, 3, 4


def updated_mark(metadata_id: int = MARK, tab: int = TAB, column: int = COLUMN) -> dict:
    """A mark as Google gives it, which leaves zeros out."""
    place = {name: value for name, value in (("sheetId", tab), ("startIndex", column)) if value}
    return {"metadataId": metadata_id, "location": {"dimensionRange": place}}


@pytest.mark.parametrize(
    ("answered", "ignored"),
    [
        ([updated_mark()], False),
        ([updated_mark(column=COLUMN + 1)], True),
        ([updated_mark(column=0)], True),
        ([updated_mark(tab=0)], True),
        ([updated_mark(metadata_id=MARK + 1)], True),
        ([updated_mark(), updated_mark()], True),
        ([], True),
    ],
)
def test_a_batch_that_was_done_although_a_column_had_moved_is_noticed(answered, ignored):
    requests = [marks.mark_run(1, "jeton"), marks.column_precondition(MARK, "objet", TAB, COLUMN)]
    replies = [{}, {"updateDeveloperMetadata": {"developerMetadata": answered}}]
    assert ignored_preconditions(requests, replies) is ignored
