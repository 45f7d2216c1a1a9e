"""`archives`: who asked for what is forgotten, once."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.features.requests.files_ledger import RequestLedger
from eig_sheets.features.requests.rules import Action, Recorded, Stage

pytest.importorskip("eig_sheets.features.privacy")
from tests.features.privacy.archived import run
from tests.features.privacy.test_archives import listed, over_in

pytestmark = pytest.mark.in_memory


@pytest.fixture
def over(demo, monkeypatch):
    return over_in(demo, monkeypatch)


def test_a_purge_forgets_who_asked_for_what_and_that_once(over):
    ledger = RequestLedger(over.state.folder, str(over.workbook))
    ledger.record(Recorded("BCDFGHJ", Action.SYNC, "", "Alix Ventadour", Stage.DONE, datetime(2021, 5, 6), "Fait."))
    assert listed(over)["demandes", True]["due"] == "2024-07-12"
    assert run(over, "archives", "purge").code == 0
    assert [(request.number, request.by, request.words) for request in ledger.recorded()] == [("BCDFGHJ", "", "")]
    assert not [key for key in listed(over) if key[0] == "demandes"]
