"""The versions of the co-financing table: numbered, once each, read back as they were, or said damaged."""

from __future__ import annotations

import json
from datetime import date

import pytest

from eig_sheets.call.cofinancing.files_handovers import HandoverLog
from eig_sheets.storage.database import LedgerError
from tests.storage.stored_records import put, stored

KIND = "versions_cofinancement"
MONDAY, TUESDAY = date(2021, 10, 4), date(2021, 10, 5)
FIRST, SECOND = {"dossiers": {"101": {"least": 1.5}}}, {"dossiers": {"101": {"least": 2.5}}}


@pytest.fixture
def log(tmp_path):
    return HandoverLog(tmp_path / "state", "campagne.xlsx")


def test_versions_are_numbered_and_read_back(log):
    assert log.versions() == []
    assert (log.add(MONDAY, FIRST), log.add(TUESDAY, SECOND)) == (1, 2)
    assert [day for day, _ in log.versions()] == [MONDAY, TUESDAY]
    assert (log.content(1), log.content(2)) == (FIRST, SECOND)


def test_what_the_last_one_says_is_no_new_version(log):
    log.add(MONDAY, FIRST)
    before = log.versions()
    assert (log.add(TUESDAY, FIRST), log.versions()) == (1, before)
    assert log.add(TUESDAY, SECOND) == 2
    assert log.add(TUESDAY, FIRST) == 3  # what came back is handed over again


def test_each_workbook_has_its_own(log, tmp_path):
    log.add(MONDAY, FIRST)
    assert HandoverLog(tmp_path / "state", "autre.xlsx").versions() == []


def test_there_is_no_version_beyond_the_last(log):
    log.add(MONDAY, FIRST)
    with pytest.raises(IndexError):
        log.content(2)


def test_it_is_compressed(log, tmp_path):
    big = {"dossiers": {str(numero): {"least": 36750.0} for numero in range(1000)}}
    log.add(MONDAY, big)
    assert len(stored(tmp_path / "state", KIND)) * 5 < len(json.dumps(big))


@pytest.mark.parametrize("spoilt", ["empreinte", "contenu", "json"])
def test_a_damaged_version_is_said_never_guessed(log, tmp_path, spoilt):
    log.add(MONDAY, FIRST)
    records = json.loads(stored(tmp_path / "state", KIND))
    if spoilt == "empreinte":
        records[0]["digest"] = "0" * 64
    elif spoilt == "contenu":
        records[0]["content"] = records[0]["content"][:-8]
    put(tmp_path / "state", KIND, "{" if spoilt == "json" else json.dumps(records))
    with pytest.raises(LedgerError, match="inutilisables"):
        log.content(1)
