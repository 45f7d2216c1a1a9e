"""The part of the contract about the row that `doctor --canary` writes and takes back."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.workbook.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.workbook.model.sheet import Owner, Sheet
from eig_sheets.workbook.render.essai_ecriture import NAME, TAB, TABLE, WriteTrial, rows
from tests.workbook.contract_desk import Campaign, Desk, applied, content, people_cells

TRIAL = WriteTrial("0123456789ab", datetime(2021, 4, 30, 5, 30, 12))


def sheet(trial: WriteTrial | None) -> Sheet:
    """The tab with that trial."""
    return Sheet(TAB, NAME, Owner.ROBOT, TABLE.sheet_columns, rows(trial), hidden=True)


class WriteTrialContract(Campaign):
    """Every value of the row is read as it was written; nothing is left of it, and nothing else changes."""

    def test_a_trial_comes_and_goes(self, desk: Desk):
        book = desk.make_book(self.people)
        before = people_cells(self.people, book.read())
        headers = [column.header for column in TABLE.sheet_columns]
        written = applied(book, CreateTab(sheet(TRIAL)))
        assert Plan("", (ReplaceTab(NAME, sheet(TRIAL)),)).changes(written) == []
        assert content(written, NAME) == [headers, [*rows(TRIAL)[0]]]
        for trial in (None, TRIAL, None):
            after = applied(book, ReplaceTab(NAME, sheet(trial)))
            assert Plan("", (ReplaceTab(NAME, sheet(trial)),)).changes(after) == []
        assert content(after, NAME) == [headers]
        assert people_cells(self.people, after) == before
