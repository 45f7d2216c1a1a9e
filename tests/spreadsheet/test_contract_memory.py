"""The contract of every backend, in memory."""

from __future__ import annotations

import pytest

from tests.spreadsheet.contract import WorkbookContract
from tests.spreadsheet.contract_single_writer import SingleWriterContract
from tests.spreadsheet.memory_desk import MemoryDesk


class TestMemory(WorkbookContract, SingleWriterContract):
    @pytest.fixture
    def desk(self):
        return MemoryDesk()
