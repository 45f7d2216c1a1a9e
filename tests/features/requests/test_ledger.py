"""The ledger of requests: what is known of each number survives the tab `Réponses`."""

from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.features.requests.files_ledger import RequestLedger, is_named
from eig_sheets.features.requests.rules import Action, Recorded, Stage
from eig_sheets.storage.records import FILE

ONE = Recorded(
    "BCDFGHJ", Action.SEND, "« tout »", "Ada", Stage.TO_CONFIRM, datetime(2021, 5, 6, 12, 0, 7), "la\nliste", "jeton",
    "abc", armed=True, attempts=2,
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path) -> RequestLedger:
    return RequestLedger(tmp_path / "etat", "classeur")


def test_the_last_that_is_known_of_a_number_is_read_by_another_run_on_the_same_workbook(ledger, tmp_path):
    other = replace(ONE, number="KLMNPQR", stage=Stage.RESERVED, armed=False)
    for request in (ONE, other, replace(ONE, stage=Stage.DONE)):
        ledger.record(request)
    again = RequestLedger(tmp_path / "etat", "classeur").recorded()
    assert sorted(again, key=lambda request: request.number) == [replace(ONE, stage=Stage.DONE), other]
    assert RequestLedger(tmp_path / "etat", "un autre").recorded() == []


def test_once_reduced_nobody_is_named_and_no_request_that_ended_is_forgotten(ledger, tmp_path):
    open_one = replace(ONE, number="KLMNPQR", stage=Stage.CLAIMED)
    for request in (replace(ONE, stage=Stage.DONE), open_one):
        ledger.record(request)
    RequestLedger(tmp_path / "etat", "un autre").record(replace(ONE, stage=Stage.DONE, by="Grace"))
    assert [is_named(request) for request in ledger.recorded()] == [True, False]
    ledger.purge()
    assert ledger.recorded() == [replace(ONE, stage=Stage.DONE, by="", detail="", words=""), open_one]
    assert not any(map(is_named, ledger.recorded()))
    assert RequestLedger(tmp_path / "etat", "un autre").recorded()[0].by == "Grace"


def test_what_was_reduced_is_not_on_the_disk_any_more(ledger, tmp_path):
    ledger.record(replace(ONE, stage=Stage.DONE))
    assert b"Ada" in (tmp_path / "etat" / FILE).read_bytes()
    ledger.purge()
    assert b"Ada" not in (tmp_path / "etat" / FILE).read_bytes()
