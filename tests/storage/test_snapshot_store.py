"""Copies of a workbook: a tab that did not change is there once, the erased are gone, the damaged are not used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.snapshot_store import SnapshotStore, StoredTab
from eig_sheets.storage.state import StateError
from tests.storage.database_texts import text_of
from tests.storage.test_history_store import count, no_file_larger_than

NOON = datetime(2021, 5, 4, 12)
JURY, NOTES, OTHER = StoredTab("Jury", b'"Anna"'), StoredTab("Notes", b"1"), StoredTab("Notes", b"2")


@pytest.fixture
def store(tmp_path):
    return SnapshotStore(tmp_path, "classeur")


def test_nothing_is_made_to_be_read(store, tmp_path):
    assert (store.runs(), store.names(1), [*tmp_path.iterdir()]) == ({}, [], [])


def test_a_tab_that_did_not_change_is_there_once(store, tmp_path):
    store.add(1, NOON, [JURY, NOTES])
    store.add(3, NOON, [JURY, OTHER])
    assert (store.runs(), store.names(3)) == ({1: NOON, 3: NOON}, ["Jury", "Notes"])
    assert [store.content(run, "Notes") for run in (1, 3)] == [b"1", b"2"]
    assert count(tmp_path / "copies.sqlite3", "contents") == 3
    assert SnapshotStore(tmp_path, "un autre").runs() == {}
    with pytest.raises(KeyError):
        store.content(2, "Jury")


def test_what_is_erased_is_gone_from_the_disk(store, tmp_path):
    store.add(1, NOON, [JURY, NOTES])
    store.add(2, NOON, [OTHER, NOTES])
    store.erase([1])
    assert (store.runs(), store.content(2, "Notes") in (b"1", b"2")) == ({2: NOON}, True)
    assert "Anna" not in text_of(tmp_path / "copies.sqlite3")


def test_a_damaged_copy_is_not_used(store, tmp_path):
    store.add(1, NOON, [JURY])
    with closing(sqlite3.connect(tmp_path / "copies.sqlite3")) as base:
        base.execute("UPDATE contents SET content = x'78'")
        base.commit()
    with pytest.raises(StateError, match="rien n’en est"):
        store.content(1, "Jury")


def test_a_full_disk_refuses_the_copy_and_keeps_the_others(store, tmp_path):
    store.add(1, NOON, [JURY])
    size = (tmp_path / "copies.sqlite3").stat().st_size
    with no_file_larger_than(size), pytest.raises(LedgerError, match="Libérez de la place"):
        store.add(2, NOON, [StoredTab("Notes", os.urandom(1 << 18))])
    assert (store.runs(), store.content(1, "Jury")) == ({1: NOON}, JURY.content)
