"""The ledger of outcomes: no act is done twice, because an intent is on the disk before it and its end after."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.features.outcomes.files_ledger import OutcomeLedger
from eig_sheets.features.outcomes.rules_acts import Act, ActStage, RecordedAct
from eig_sheets.storage.database import LedgerError
from tests.features.outcomes import older_files
from tests.storage.older_files import PLACE, leave, take_over

NOON = datetime(2021, 5, 6, 12)


@pytest.fixture
def ledger(tmp_path) -> OutcomeLedger:
    return OutcomeLedger(tmp_path / "etat", "classeur")


def recorded(stage, detail="", act=Act.ACCEPT):
    return RecordedAct("1", act, stage, NOON, detail)


def test_what_is_recorded_is_read_by_another_run_on_the_same_workbook(ledger, tmp_path):
    ledger.record_intent("1", Act.ACCEPT, NOON)
    assert OutcomeLedger(tmp_path / "etat", "classeur").acts() == {("1", Act.ACCEPT): recorded(ActStage.INTENDED)}
    ledger.record_end(recorded(ActStage.NOT_DONE, "« déjà »"))
    assert OutcomeLedger(tmp_path / "etat", "classeur").acts() == {
        ("1", Act.ACCEPT): recorded(ActStage.NOT_DONE, "« déjà »")
    }
    assert OutcomeLedger(tmp_path / "etat", "un autre").acts() == {}


@pytest.mark.parametrize("stage", ActStage)
def test_only_what_was_certainly_not_done_may_be_asked_again(ledger, stage):
    ledger.record_end(recorded(stage))
    if stage is ActStage.NOT_DONE:
        ledger.record_intent("1", Act.ACCEPT, NOON)
        assert ledger.acts()["1", Act.ACCEPT].stage is ActStage.INTENDED
    else:
        with pytest.raises(LedgerError, match="dossier 1 est déjà rendue, ou l’est peut-être"):
            ledger.record_intent("1", Act.ACCEPT, NOON)
        assert ledger.acts()["1", Act.ACCEPT].stage is stage


def test_a_decision_may_be_asked_again_once_another_was_done_since(ledger):
    ledger.record_end(recorded(ActStage.DONE))
    ledger.record_end(recorded(ActStage.DONE, act=Act.REFUSE))
    with pytest.raises(LedgerError, match="dossier 1 est déjà rendue"):
        ledger.record_intent("1", Act.REFUSE, NOON)
    ledger.record_intent("1", Act.ACCEPT, NOON)
    assert ledger.acts()["1", Act.ACCEPT].stage is ActStage.INTENDED


def test_an_instruction_is_not_asked_again_whatever_was_decided_since(ledger):
    ledger.record_end(recorded(ActStage.DONE, act=Act.INSTRUCT))
    ledger.record_end(recorded(ActStage.DONE))
    with pytest.raises(LedgerError, match="dossier 1 est déjà rendue"):
        ledger.record_intent("1", Act.INSTRUCT, NOON)


def test_each_act_on_a_dossier_is_recorded_apart(ledger):
    ledger.record_end(recorded(ActStage.DONE, act=Act.INSTRUCT))
    ledger.record_intent("1", Act.ACCEPT, NOON)
    assert {act for _, act in ledger.acts()} == {Act.INSTRUCT, Act.ACCEPT}


def test_what_an_older_version_left_is_taken_over_for_every_workbook(tmp_path):
    leave(tmp_path, older_files.NAME)
    take_over(tmp_path, older_files.NAME)
    assert not (tmp_path / older_files.NAME).exists()
    assert [*OutcomeLedger(tmp_path, "/partage/autre.xlsx").acts()] == [("12", Act.REFUSE)]


def test_an_older_database_that_was_not_made_yet_says_nothing(tmp_path):
    (tmp_path / older_files.NAME).touch()
    assert OutcomeLedger(tmp_path, PLACE).acts() == {}
