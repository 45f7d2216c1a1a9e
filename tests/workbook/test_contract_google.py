"""The contract of every spreadsheet, on the local Sheets server: in English and French, read in one call or two."""

from __future__ import annotations

import pytest

from tests.sheets_server.server import running
from tests.workbook.contract import WorkbookContract
from tests.workbook.google_desk import GoogleDesk, Heavy, Weightless


@pytest.fixture(scope="module", params=["en_US", "fr_FR"])
def server(request):
    with running(locale=request.param) as made:
        yield made


class TestInOneCall(WorkbookContract):
    @pytest.fixture
    def desk(self, server):
        made = GoogleDesk(server, Weightless())
        yield made
        made.client.close()


class TestInTwoCalls(WorkbookContract):
    @pytest.fixture
    def desk(self, server):
        made = GoogleDesk(server, Heavy())
        yield made
        made.client.close()
