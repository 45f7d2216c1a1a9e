"""The contract of every backend, on .xlsx files; each file left behind opens in Excel without a repair."""

from __future__ import annotations

import pytest

from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet.contract import WorkbookContract
from tests.spreadsheet.contract_single_writer import SingleWriterContract
from tests.spreadsheet.xlsx.package_check import problems
from tests.spreadsheet.xlsx_desk import XlsxDesk


class TestXlsx(WorkbookContract, SingleWriterContract):
    @pytest.fixture
    def desk(self, tmp_path):
        desk = XlsxDesk(tmp_path, lambda path: XlsxWorkbook(path, tmp_path / "versions"))
        yield desk
        assert [problem for path in desk.paths for problem in problems(path)] == []
