"""The ledger of requests: what is known of each number survives the tab `Réponses`."""

import stat
from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.domain.requests import Action, Recorded, Stage
from eig_sheets.storage.ledger_file import LedgerError
from eig_sheets.storage.request_ledger import RequestLedger, is_named

ONE = Recorded(
    "BCDFGHJ", Action.SEND, "« tout »", "Ada", Stage.TO_CONFIRM, datetime(2021, 5, 6, 12, 0, 7), "la\nliste", "jeton",
    "abc", armed=True, attempts=2,
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path) -> RequestLedger:
    return RequestLedger(tmp_path / "etat", "classeur")


def test_a_new_ledger_is_empty_and_makes_no_file(ledger, tmp_path):
    assert ledger.recorded() == []
    assert not (tmp_path / "etat").exists()


def test_the_last_that_is_known_of_a_number_is_read_by_another_run_on_the_same_workbook(ledger, tmp_path):
    other = replace(ONE, number="KLMNPQR", stage=Stage.RESERVED, armed=False)
    for one in (ONE, other, replace(ONE, stage=Stage.DONE)):
        ledger.record(one)
    again = RequestLedger(tmp_path / "etat", "classeur").recorded()
    assert sorted(again, key=lambda one: one.number) == [replace(ONE, stage=Stage.DONE), other]
    assert RequestLedger(tmp_path / "etat", "un autre").recorded() == []


def test_it_is_its_owner_s_alone(ledger, tmp_path):
    ledger.record(ONE)
    assert stat.S_IMODE((tmp_path / "etat" / "demandes.sqlite3").stat().st_mode) == 0o600


def test_a_damaged_one_stops_everything(ledger, tmp_path):
    (tmp_path / "etat").mkdir()
    (tmp_path / "etat" / "demandes.sqlite3").write_bytes(b"not a database, whatever its length" * 100)
    with pytest.raises(LedgerError, match="aucune demande n’est faite"):
        ledger.recorded()


def test_once_reduced_nobody_is_named_and_no_request_that_ended_is_forgotten(ledger, tmp_path):
    open_one = replace(ONE, number="KLMNPQR", stage=Stage.CLAIMED)
    for one in (replace(ONE, stage=Stage.DONE), open_one):
        ledger.record(one)
    RequestLedger(tmp_path / "etat", "un autre").record(replace(ONE, stage=Stage.DONE, by="Grace"))
    assert [is_named(one) for one in ledger.recorded()] == [True, False]
    ledger.reduce()
    assert ledger.recorded() == [replace(ONE, stage=Stage.DONE, by="", detail="", words=""), open_one]
    assert not any(map(is_named, ledger.recorded()))
    assert RequestLedger(tmp_path / "etat", "un autre").recorded()[0].by == "Grace"


def test_what_was_reduced_is_not_on_the_disk_any_more(ledger, tmp_path):
    ledger.record(replace(ONE, stage=Stage.DONE))
    assert b"Ada" in (tmp_path / "etat" / "demandes.sqlite3").read_bytes()
    ledger.reduce()
    assert b"Ada" not in (tmp_path / "etat" / "demandes.sqlite3").read_bytes()
