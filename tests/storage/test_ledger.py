"""The delivery ledger: no e-mail is sent twice, because intents are on disk before a delivery and outcomes after."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig_sheets.emails.catalogue.deliveries import UNSENT_STAGES, Delivery, Stage
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.ledger import Ledger

pytestmark = pytest.mark.newest

NOON = datetime(2021, 5, 10, 12)


def delivery(sending_id="laureat-1", stage=Stage.INTENDED, detail="", moment=NOON) -> Delivery:
    return Delivery(sending_id, "laureat", "1", "smtp", stage, detail, moment)


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return Ledger(tmp_path / "etat", "classeur")


def test_a_new_ledger_is_empty(ledger, tmp_path):
    assert ledger.deliveries() == {}
    assert not (tmp_path / "etat").exists()


def test_what_is_written_is_read_by_another_run(ledger, tmp_path):
    ledger.record_intent(delivery())
    sent = delivery(stage=Stage.SENT, detail="250 2.0.0 Ok : « reçu »", moment=datetime(2021, 5, 10, 12, 0, 1, 5))
    ledger.record_outcomes(sent)
    assert Ledger(tmp_path / "etat", "classeur").deliveries() == {"laureat-1": sent}
    assert Ledger(tmp_path / "etat", "un autre").deliveries() == {}


@pytest.mark.parametrize("stage", Stage)
def test_only_an_e_mail_that_was_certainly_not_sent_may_be_sent_again(ledger, stage):
    ledger.record_outcomes(delivery(stage=stage))
    if stage in UNSENT_STAGES:
        ledger.record_intent(delivery())
        assert ledger.deliveries()["laureat-1"].stage is Stage.INTENDED
    else:
        with pytest.raises(LedgerError, match=r"laureat-1.*est déjà parti, ou l’est peut-être"):
            ledger.record_intent(delivery())
        assert ledger.deliveries()["laureat-1"].stage is stage


def test_an_email_keeps_the_batches_of_its_earlier_sends(ledger):
    for batch_id in ("first", "second", "second"):
        ledger.record_intents([replace(delivery(stage=Stage.RESERVED), batch_id=batch_id)])
    assert ledger.deliveries()["laureat-1"].batch_id == "first second"


def test_intents_of_a_batch_are_recorded_all_or_none(ledger):
    ledger.record_intents([delivery(stage=Stage.RESERVED), delivery("laureat-2", Stage.RESERVED)])
    assert {delivery.stage for delivery in ledger.deliveries().values()} == {Stage.RESERVED}
    sent = delivery("laureat-2", Stage.SENT)
    ledger.record_outcomes(sent)
    with pytest.raises(LedgerError, match="laureat-2"):
        ledger.record_intents([delivery("laureat-3", Stage.RESERVED), delivery("laureat-2", Stage.RESERVED)])
    assert ledger.deliveries() == {"laureat-1": delivery(stage=Stage.RESERVED), "laureat-2": sent}


def test_delete_removes_only_the_given_e_mails(ledger, tmp_path):
    ledger.record_outcomes(delivery(stage=Stage.SETTLED), delivery("laureat-2", Stage.SENT))
    other = Ledger(tmp_path / "etat", "un autre")
    other.record_outcomes(delivery(stage=Stage.SENT))
    ledger.delete(["laureat-1", "laureat-7"])
    assert [*ledger.deliveries()] == ["laureat-2"]
    assert [*other.deliveries()] == ["laureat-1"]


def test_a_damaged_ledger_is_an_error(ledger, tmp_path):
    ledger.record_outcomes(delivery())
    (tmp_path / "etat" / "envois.sqlite3").write_bytes(b"rien de tel" * 500)
    for use in (ledger.deliveries, lambda: ledger.record_intent(delivery("laureat-3"))):
        with pytest.raises(LedgerError, match=r"inutilisable.*rien n’est envoyé.*state adopt"):
            use()


def _record_intent(folder, barrier, outcomes):
    barrier.wait()
    try:
        Ledger(folder, "classeur").record_intent(delivery())
    except LedgerError:
        outcomes.put(False)
    else:
        outcomes.put(True)


@pytest.mark.slow
def test_of_concurrent_runs_only_one_may_deliver(tmp_path):
    Ledger(tmp_path, "classeur").record_outcomes(delivery("autre"))
    context = multiprocessing.get_context("spawn")
    barrier, outcomes = context.Barrier(4), context.Queue()
    runs = [context.Process(target=_record_intent, args=(tmp_path, barrier, outcomes)) for _ in range(4)]
    for run in runs:
        run.start()
    deliveries = sorted(outcomes.get(timeout=600) for _ in runs)
    for run in runs:
        run.join()
    assert deliveries == [False, False, False, True]


KILLED_AFTER_INTENT = """
import os, signal, sys
from pathlib import Path
from tests.storage.test_ledger import Ledger, delivery
ledger = Ledger(Path(sys.argv[1]), "classeur")
ledger.record_intent(delivery())
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_an_intent_survives_a_kill(tmp_path):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER_INTENT, tmp_path], env={**os.environ, "PYTHONPATH": "."}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    ledger = Ledger(tmp_path, "classeur")
    assert ledger.deliveries()["laureat-1"].stage is Stage.INTENDED
    with pytest.raises(LedgerError):
        ledger.record_intent(delivery())


def test_an_intent_is_on_disk_when_record_intent_returns(ledger, tmp_path, monkeypatch):
    statements = []
    connect = sqlite3.connect

    def watched(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    ledger.record_intent(delivery())
    assert "PRAGMA synchronous = FULL" in statements
    assert statements[-1] == "COMMIT"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=st.lists(st.tuples(st.sampled_from(["intend", *Stage]), st.sampled_from(["a", "b"])), max_size=12))
def test_an_intent_is_never_recorded_after_an_e_mail_may_have_been_sent(tmp_path_factory, acts):
    ledger = Ledger(tmp_path_factory.mktemp("etat"), "classeur")
    stages: dict[str, Stage] = {}
    for act, sending_id in acts:
        if act != "intend":
            ledger.record_outcomes(delivery(sending_id, act))
            stages[sending_id] = act
        elif stages.get(sending_id, Stage.REFUSED) in UNSENT_STAGES:
            ledger.record_intent(delivery(sending_id))
            stages[sending_id] = Stage.INTENDED
        else:
            with pytest.raises(LedgerError):
                ledger.record_intent(delivery(sending_id))
    assert {delivery.id: delivery.stage for delivery in ledger.deliveries().values()} == stages
