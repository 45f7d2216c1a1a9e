"""Nothing leaves twice: the intent is on disk before a delivery, its outcome after, whoever else runs or dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig_sheets.deliveries import AGAIN, Delivery, Stage
from eig_sheets.ledger import Ledger, LedgerError

NOON = datetime(2021, 5, 10, 12)


def delivery(sending_id="laureat-1", stage=Stage.INTENDED, detail="", moment=NOON) -> Delivery:
    return Delivery(sending_id, "laureat", "1", "smtp", stage, detail, moment)


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return Ledger(tmp_path / "etat", "classeur")


def test_nothing_was_delivered_until_something_is(ledger, tmp_path):
    assert ledger.deliveries() == {}
    assert not (tmp_path / "etat").exists()


def test_what_is_written_is_read_by_another_run(ledger, tmp_path):
    ledger.intend(delivery())
    sent = delivery(stage=Stage.SENT, detail="250 2.0.0 Ok : « reçu »", moment=datetime(2021, 5, 10, 12, 0, 1, 5))
    ledger.settle(sent)
    assert Ledger(tmp_path / "etat", "classeur").deliveries() == {"laureat-1": sent}
    assert Ledger(tmp_path / "etat", "un autre").deliveries() == {}


@pytest.mark.parametrize("stage", Stage)
def test_only_what_surely_did_not_leave_may_leave_again(ledger, stage):
    ledger.settle(delivery(stage=stage))
    if stage in AGAIN:
        ledger.intend(delivery())
        assert ledger.deliveries()["laureat-1"].stage is Stage.INTENDED
    else:
        with pytest.raises(LedgerError, match=r"laureat-1.*est déjà parti, ou l’est peut-être"):
            ledger.intend(delivery())
        assert ledger.deliveries()["laureat-1"].stage is stage


def test_a_send_takes_all_of_its_e_mails_or_none(ledger):
    ledger.claim([delivery(stage=Stage.CLAIMED), delivery("laureat-2", Stage.CLAIMED)])
    assert {one.stage for one in ledger.deliveries().values()} == {Stage.CLAIMED}
    gone = delivery("laureat-2", Stage.SENT)
    ledger.settle(gone)
    with pytest.raises(LedgerError, match="laureat-2"):
        ledger.claim([delivery("laureat-3", Stage.CLAIMED), delivery("laureat-2", Stage.CLAIMED)])
    assert ledger.deliveries() == {"laureat-1": delivery(stage=Stage.CLAIMED), "laureat-2": gone}


def test_what_surely_did_not_leave_can_be_forgotten_and_nothing_else_is(ledger, tmp_path):
    ledger.settle(delivery(stage=Stage.SETTLED), delivery("laureat-2", Stage.SENT))
    other = Ledger(tmp_path / "etat", "un autre")
    other.settle(delivery(stage=Stage.SENT))
    ledger.forget(["laureat-1", "laureat-7"])
    assert [*ledger.deliveries()] == ["laureat-2"]
    assert [*other.deliveries()] == ["laureat-1"]


def test_a_damaged_ledger_stops_everything(ledger, tmp_path):
    ledger.settle(delivery())
    (tmp_path / "etat" / "envois.sqlite3").write_bytes(b"rien de tel" * 500)
    for use in (ledger.deliveries, lambda: ledger.intend(delivery("laureat-3"))):
        with pytest.raises(LedgerError, match=r"inutilisable.*rien n’est envoyé.*state adopt"):
            use()


def _intend(folder, barrier, outcomes):
    barrier.wait()
    try:
        Ledger(folder, "classeur").intend(delivery())
    except LedgerError:
        outcomes.put(False)
    else:
        outcomes.put(True)


def test_of_many_runs_at_once_one_alone_may_deliver(tmp_path):
    Ledger(tmp_path, "classeur").settle(delivery("autre"))
    context = multiprocessing.get_context("spawn")
    barrier, outcomes = context.Barrier(4), context.Queue()
    runs = [context.Process(target=_intend, args=(tmp_path, barrier, outcomes)) for _ in range(4)]
    for run in runs:
        run.start()
    found = sorted(outcomes.get(timeout=600) for _ in runs)
    for run in runs:
        run.join()
    assert found == [False, False, False, True]


DIES = """
import os, signal, sys
from pathlib import Path
from tests.test_ledger import Ledger, delivery
ledger = Ledger(Path(sys.argv[1]), "classeur")
ledger.intend(delivery())
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_intent_outlives_whoever_had_it(tmp_path):
    died = subprocess.run([sys.executable, "-c", DIES, tmp_path], env={**os.environ, "PYTHONPATH": "."}, check=False)
    assert died.returncode == -signal.SIGKILL
    ledger = Ledger(tmp_path, "classeur")
    assert ledger.deliveries()["laureat-1"].stage is Stage.INTENDED
    with pytest.raises(LedgerError):
        ledger.intend(delivery())


def test_the_intent_is_on_disk_before_it_is_said_to_be(ledger, tmp_path, monkeypatch):
    asked = []
    connect = sqlite3.connect

    def watched(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    ledger.intend(delivery())
    assert "PRAGMA synchronous = FULL" in asked
    assert asked[-1] == "COMMIT"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=st.lists(st.tuples(st.sampled_from(["intend", *Stage]), st.sampled_from(["a", "b"])), max_size=12))
def test_whatever_happens_an_id_is_never_intended_after_it_may_have_left(tmp_path_factory, acts):
    ledger = Ledger(tmp_path_factory.mktemp("etat"), "classeur")
    stages: dict[str, Stage] = {}
    for act, sending_id in acts:
        if act != "intend":
            ledger.settle(delivery(sending_id, act))
            stages[sending_id] = act
        elif stages.get(sending_id, Stage.REFUSED) in AGAIN:
            ledger.intend(delivery(sending_id))
            stages[sending_id] = Stage.INTENDED
        else:
            with pytest.raises(LedgerError):
                ledger.intend(delivery(sending_id))
    assert {one.id: one.stage for one in ledger.deliveries().values()} == stages
