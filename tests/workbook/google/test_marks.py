"""Marks of runs: each run leaves one, and old ones are deleted, so that they never fill the spreadsheet."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.workbook.google.marks import FIRST_RUN, KEPT_RUNS, RUN
from eig_sheets.workbook.model.plan import CreateTab, ReplaceTab
from tests.test_sheets_server.clients import Api
from tests.workbook.contract_desk import PEOPLE, RANKING, applied
from tests.workbook.google_desk import OWNER, GoogleDesk, Weightless, key_of


def test_marks_of_old_runs_are_deleted(google):
    desk = GoogleDesk(google, Weightless())
    book = desk.make_book(PEOPLE)
    applied(book, CreateTab(RANKING))
    runs = KEPT_RUNS + 5
    for run in range(2, runs + 1):
        applied(book, ReplaceTab("Classement", replace(RANKING, rows=((run, "4512301"),))))
    desk.client.close()
    marks = Api(google, key_of(book), OWNER).get("developerMetadata")["developerMetadata"]
    left = sorted(one["metadataId"] - FIRST_RUN for one in marks if one["metadataKey"] == RUN)
    assert left == [*range(runs - KEPT_RUNS, runs + 1)]
    assert len({one["metadataValue"] for one in marks}) == len(marks)
