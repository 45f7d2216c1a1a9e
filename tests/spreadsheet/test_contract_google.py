"""The contract of every backend, on the local Sheets server: in English and French, read in one call or two."""

from __future__ import annotations

import pytest

from tests.effort import first
from tests.sheets_server.server import running
from tests.spreadsheet.contract import WorkbookContract
from tests.spreadsheet.google_desk import GoogleDesk, Heavy, Weightless


@pytest.fixture(scope="module", params=first(1, ["fr_FR", "en_US"]))
def server(request):
    with running(locale=request.param) as made:
        yield made


class TestInOneCall(WorkbookContract):
    @pytest.fixture
    def desk(self, server):
        made = GoogleDesk(server, Weightless())
        yield made
        made.client.close()


@pytest.mark.slow  # the short form: tests/spreadsheet/google/test_sizes.py, and the runs of tests/end_to_end/google
class TestInTwoCalls(WorkbookContract):
    @pytest.fixture
    def desk(self, server):
        made = GoogleDesk(server, Heavy())
        yield made
        made.client.close()
