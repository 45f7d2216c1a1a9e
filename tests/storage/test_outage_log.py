"""The outage log: nights until a success, and one alert an outage, whichever run asks."""

from datetime import datetime, timedelta

import pytest

from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.outage_log import OutageLog

NIGHTS = (datetime(2021, 4, 28, 3), datetime(2021, 4, 29, 3))


@pytest.fixture
def log(tmp_path):
    return OutageLog(tmp_path / "état", "/a/campagne.xlsx")


def test_nothing_is_made_to_be_read(log, tmp_path):
    assert log.nights() == ()
    assert [*tmp_path.iterdir()] == []


def test_nights_stay_until_a_success_and_each_counts_once(log):
    assert [log.begin(night) for night in (NIGHTS[0], NIGHTS[0], NIGHTS[1])] == [True, False, True]
    assert log.nights() == NIGHTS
    log.take_off(NIGHTS[1])
    assert log.nights() == NIGHTS[:1]
    log.succeed()
    assert log.nights() == ()


def test_who_tries_again_by_day_makes_no_second_night(log):
    assert [log.begin(NIGHTS[0] + timedelta(hours=hours)) for hours in (0, 11, 17, 23, 24)] == [
        True, False, False, True, False,
    ]  # fmt: skip
    assert log.nights() == (NIGHTS[0], NIGHTS[0] + timedelta(hours=23))


def test_a_clock_that_jumps_adds_no_night(log):
    log.begin(NIGHTS[0])
    log.begin(datetime(2030, 1, 1))
    log.begin(NIGHTS[0] + timedelta(hours=1))
    log.begin(NIGHTS[0] - timedelta(hours=2))
    assert log.nights() == (NIGHTS[0] - timedelta(hours=2),)


def test_of_two_runs_one_alone_tells(log, tmp_path):
    other = OutageLog(tmp_path / "état", "/a/campagne.xlsx")
    assert [log.set_told(), other.set_told()] == [True, False]
    assert [other.clear_told(), log.clear_told()] == [True, False]


def test_workbooks_do_not_mix(log, tmp_path):
    log.begin(NIGHTS[0])
    other = OutageLog(tmp_path / "état", "/b/campagne.xlsx")
    assert (other.nights(), other.clear_told()) == ((), False)


def test_a_damaged_log_is_said(log, tmp_path):
    (tmp_path / "état").mkdir()
    (tmp_path / "état" / "nuits.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(LedgerError, match="ne serait pas signalée"):
        log.nights()
