"""The history of runs: numbered once, shared contents, what is damaged proves nothing, a full disk loses no run."""

from __future__ import annotations

import os
import resource
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.history_store import HistoryStore, NewRun
from eig_sheets.storage.pseudonym_key import PseudonymKeyFile
from eig_sheets.storage.state import StateError
from tests.storage.database_texts import text_of

RUN = NewRun(datetime(2021, 5, 4, 3), "sync", "0.1.0", 12, "j1", b'{"a": 1}')


@pytest.fixture
def store(tmp_path):
    return HistoryStore(tmp_path, "classeur")


def count(path, table):
    with closing(sqlite3.connect(path)) as base:
        return base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_nothing_is_made_to_be_read(store, tmp_path):
    assert (store.runs(), store.newest(), [*tmp_path.iterdir()]) == ([], None, [])


def test_runs_are_numbered_and_the_same_content_is_there_once(store, tmp_path):
    assert [store.add(RUN), store.add(replace(RUN, journal="j2")), store.add(replace(RUN, content=b"{}"))] == [1, 2, 3]
    assert [(run.run, run.at, run.command, run.changes) for run in store.runs()] == [
        (number, RUN.at, "sync", 12) for number in (1, 2, 3)
    ]
    assert [store.content(run) for run in (1, 2, 3)] == [RUN.content, RUN.content, b"{}"]
    assert count(tmp_path / "historique.sqlite3", "contents") == 2
    assert HistoryStore(tmp_path, "un autre").runs() == []
    run, content, journal = store.newest()
    assert (run.run, content, journal) == (3, b"{}", "j1")


def test_an_erased_run_is_gone_from_the_disk_and_its_number_is_not_given_again(store, tmp_path):
    store.add(replace(RUN, content=b'["quelque chose"]'))
    store.add(RUN)
    store.erase([1])
    assert [run.run for run in store.runs()] == [2]
    assert "quelque chose" not in text_of(tmp_path / "historique.sqlite3")
    with pytest.raises(KeyError):
        store.content(1)
    store.erase([2])
    assert store.add(RUN) == 3


@pytest.mark.parametrize("damage", ["UPDATE contents SET content = x'78'", "UPDATE contents SET content = zeroblob(3)",
                                    "DELETE FROM contents"])  # fmt: skip
def test_a_damaged_record_proves_nothing(store, tmp_path, damage):
    store.add(RUN)
    with closing(sqlite3.connect(tmp_path / "historique.sqlite3")) as base:
        base.execute(damage)
        base.commit()
    for read in (lambda: store.content(1), store.newest):
        with pytest.raises(StateError, match="ne prouve plus rien"):
            read()


def test_a_file_that_is_no_database_is_refused_with_what_to_do(store, tmp_path):
    (tmp_path / "historique.sqlite3").write_bytes(b"x" * 5000)
    for act in (store.runs, lambda: store.add(RUN)):
        with pytest.raises(LedgerError, match="déplacez-le ailleurs"):
            act()
    assert (tmp_path / "historique.sqlite3").read_bytes() == b"x" * 5000


@contextmanager
def no_file_larger_than(size):
    """As on a disk that is full: the kernel refuses what would make a file larger.

    Python does not see that a compiled module was cut, and would keep it: none is written meanwhile.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.dont_write_bytecode", True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_refuses_the_run_and_keeps_the_others(store, tmp_path):
    store.add(RUN)
    size = (tmp_path / "historique.sqlite3").stat().st_size
    with no_file_larger_than(size), pytest.raises(LedgerError, match="Libérez de la place"):
        store.add(replace(RUN, content=os.urandom(1 << 18)))
    assert [run.run for run in store.runs()] == [1]
    assert (store.content(1), store.add(RUN)) == (RUN.content, 2)


def test_a_key_is_kept_once_and_its_owner_alone_reads_it(tmp_path):
    file = PseudonymKeyFile(tmp_path, "classeur")
    key = file.load()
    assert (len(key), file.known(), [*tmp_path.iterdir()]) == (32, b"", [])
    file.keep(key)
    file.keep(b"x" * 32)
    assert file.load() == file.known() == key
    [path] = tmp_path.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert PseudonymKeyFile(tmp_path, "un autre").known() == b""


@pytest.mark.parametrize("content", ["", '"00"', '"zz"', "\ud83d"])
def test_a_damaged_key_is_refused(tmp_path, content):
    file = PseudonymKeyFile(tmp_path, "classeur")
    file.keep(b"k" * 32)
    [path] = tmp_path.iterdir()
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(StateError, match="clé des pseudonymes"):
        file.load()


def test_a_run_that_is_gone_without_having_been_erased_is_a_gap(store, tmp_path):
    for _ in range(6):
        store.add(RUN)
    assert store.missing_runs() == []
    store.erase([1, 2])  # as their period has ended
    with closing(sqlite3.connect(tmp_path / "historique.sqlite3")) as base:
        base.execute("DELETE FROM runs WHERE run IN (4, 6)")
        base.commit()
    assert [run.run for run in store.runs()] == [3, 5]
    assert store.missing_runs() == [4, 6]
    assert HistoryStore(tmp_path, "un autre").missing_runs() == []


def test_all_that_is_gone_is_known_by_the_last_number(store, tmp_path):
    store.add(RUN)
    with closing(sqlite3.connect(tmp_path / "historique.sqlite3")) as base:
        base.execute("DELETE FROM runs")
        base.commit()
    assert (store.runs(), store.missing_runs()) == ([], [1])
