"""Once its personal data is gone, the ledger still lets no e-mail leave twice, and names nobody."""

from datetime import datetime

import pytest

from eig_sheets.emails.catalogue.deliveries import UNSENT_STAGES, Delivery, Stage
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.ledger import Ledger
from tests.effort import first

ID = "remerciement_jure-alix-ventadour-6a7f1ef4c6"


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path, "classeur")


def delivery(stage, sending_id=ID):
    return Delivery(sending_id, "remerciement_jure", "1", "smtp", stage, "zoe@exemple.invalid", datetime(2021, 5, 10))


@pytest.mark.parametrize("stage", first(3, Stage))
def test_what_left_or_may_have_is_refused_for_good_and_the_rest_may_leave(ledger, stage):
    ledger.record_outcomes(delivery(stage))
    assert ledger.reduce() == 1
    assert ledger.deliveries() == {}
    assert ledger.is_reduced(ID) == (stage not in UNSENT_STAGES)
    if stage in UNSENT_STAGES:
        ledger.record_intent(delivery(Stage.INTENDED))
    else:
        with pytest.raises(LedgerError, match="déjà parti"):
            ledger.record_intent(delivery(Stage.INTENDED))
        assert ledger.deliveries() == {}


def test_nothing_of_it_is_on_the_disk_any_more(ledger, tmp_path):
    ledger.record_outcomes(*(delivery(Stage.SENT, f"{ID}-{number}") for number in range(200)))
    ledger.reduce()
    [path] = tmp_path.iterdir()
    for word in (b"ventadour", b"zoe@", b"remerciement"):
        assert word not in path.read_bytes()


def test_a_second_time_changes_nothing_and_other_workbooks_keep_theirs(ledger, tmp_path):
    other = Ledger(tmp_path, "un autre")
    for each_ledger in (ledger, other):
        each_ledger.record_outcomes(delivery(Stage.SENT))
    ledger.reduce()
    before = (tmp_path / "envois.sqlite3").read_bytes()
    assert ledger.reduce() == 0
    assert ledger.is_reduced(ID)
    assert (other.is_reduced(ID), [*other.deliveries()]) == (False, [ID])
    assert len(before) == (tmp_path / "envois.sqlite3").stat().st_size


def test_a_person_may_say_that_one_did_not_leave(ledger):
    ledger.record_outcomes(delivery(Stage.INTENDED))
    ledger.reduce()
    ledger.delete([ID])
    ledger.record_intent(delivery(Stage.INTENDED))
    assert [*ledger.deliveries()] == [ID]


def test_an_empty_ledger_is_not_made(ledger, tmp_path):
    assert (ledger.reduce(), ledger.is_reduced(ID), [*tmp_path.iterdir()]) == (0, False, [])


def test_what_is_deleted_or_replaced_is_overwritten_at_once(ledger, tmp_path):
    with ledger._file.connected() as connection:
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    ledger.record_outcomes(delivery(Stage.SENT, "partie-1"), delivery(Stage.REFUSED))
    ledger.delete([ID])
    assert b"ventadour" not in (tmp_path / "envois.sqlite3").read_bytes()
