"""What every backend does with the row that `doctor --canary` writes and takes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.features.doctor.tab import NAME, TAB, TABLE, WriteTrial, rows
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.sheets_server.server import running
from tests.spreadsheet.contract_desk import RANKING, Campaign, Desk, applied, content, people_cells
from tests.spreadsheet.google_desk import GoogleDesk, Weightless
from tests.spreadsheet.grist_desk import GristDesk
from tests.spreadsheet.memory_desk import MemoryDesk
from tests.spreadsheet.test_contract_grist import PLAIN
from tests.spreadsheet.xlsx.package_check import problems
from tests.spreadsheet.xlsx_desk import XlsxDesk

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


class TestXlsx(WriteTrialContract):
    @pytest.fixture
    def desk(self, tmp_path):
        desk = XlsxDesk(tmp_path, lambda path: XlsxWorkbook(path, tmp_path / "versions"))
        yield desk
        assert [problem for path in desk.paths for problem in problems(path)] == []


class TestMemory(WriteTrialContract):
    @pytest.fixture
    def desk(self):
        return MemoryDesk()


class TestGoogle(WriteTrialContract):
    @pytest.fixture
    def desk(self):
        with running(locale="fr_FR") as server:
            made = GoogleDesk(server, Weightless())
            yield made
            made.client.close()


@pytest.mark.slow
class TestGrist(WriteTrialContract):
    people = PLAIN
    ranking = replace(RANKING, banner=())
    header_row = 1

    @pytest.fixture
    def desk(self, grist):
        return GristDesk(grist, self.ranking)
