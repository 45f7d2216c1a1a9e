"""Marks of runs: each run leaves one, and old ones are deleted, so that they never fill the spreadsheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.google import marks
from eig_sheets.spreadsheet.google.marks import FIRST_RUN, KEPT_RUNS, RUN
from eig_sheets.spreadsheet.model.plan import CreateTab, ReplaceTab
from tests.columns import SCHEMA
from tests.spreadsheet.contract_desk import PEOPLE, RANKING, applied
from tests.spreadsheet.google_desk import OWNER, GoogleDesk, Weightless, key_of
from tests.test_sheets_server.clients import Api

LIMIT = 30_000
"""Characters of metadata that Google keeps for the spreadsheet, and for each sheet with its rows and columns."""
LARGEST_ID = 2**31 - 1


def characters(*made: dict) -> int:
    """How many of them these requests take."""
    metadata = [request["createDeveloperMetadata"]["developerMetadata"] for request in made]
    return sum(len(mark["metadataKey"]) + len(mark["metadataValue"]) for mark in metadata)


def test_all_the_marks_that_are_ever_made_stay_far_from_google_s_limit():
    look = RANKING.look
    whole = [marks.mark_tab(LARGEST_ID, max((tab.id for tab in SCHEMA.tabs), key=len)), marks.mark_look(1, look, None)]
    for tab in SCHEMA.tabs:
        columns = [marks.mark_column(LARGEST_ID, place, column.id) for place, column in enumerate(all_columns(tab))]
        assert columns
        assert characters(*whole, *columns) < LIMIT / 5, tab.id
    page = f"{'f' * 12}@2021-04-30T09:00:00.000Z"  # a juror's page online: the mark of a run has a date too
    runs = [marks.mark_run(number, page) for number in range(KEPT_RUNS + 2)]
    assert characters(*runs) < LIMIT / 5


def all_columns(tab):
    """Every column of a people's tab that may bear a mark."""
    return (*tab.fields, *tab.robot_fields)


@pytest.mark.slow
def test_marks_of_old_runs_are_deleted(google):
    desk = GoogleDesk(google, Weightless())
    book = desk.make_book(PEOPLE)
    applied(book, CreateTab(RANKING))
    runs = KEPT_RUNS + 5
    for run in range(2, runs + 1):
        applied(book, ReplaceTab("Classement", replace(RANKING, rows=((run, "4512301"),))))
    desk.client.close()
    left_marks = Api(google, key_of(book), OWNER).get("developerMetadata")["developerMetadata"]
    left = sorted(mark["metadataId"] - FIRST_RUN for mark in left_marks if mark["metadataKey"] == RUN)
    assert left == [*range(runs - KEPT_RUNS, runs + 1)]
    assert len({mark["metadataValue"] for mark in left_marks}) == len(left_marks)
