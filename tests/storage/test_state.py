"""The state folder: what is stored of the last run of each workbook, its lock, and damage."""

import json
import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.storage.imported_dossiers import ImportedDossiers, KnownDossier, WaitingValue
from eig_sheets.storage.last_run import Imports, Intended, LastRun, TypedOver
from eig_sheets.storage.state import State, StateError

cell = st.one_of(st.none(), st.booleans(), st.text(max_size=5), st.floats(allow_nan=False, allow_infinity=False))
rows = st.lists(st.lists(cell, max_size=3).map(tuple), max_size=3)
received = st.builds(
    ImportedDossiers,
    st.dictionaries(
        st.text(max_size=4),
        st.builds(
            KnownDossier,
            st.dictionaries(st.just("projet"), st.text(max_size=4)),
            st.dictionaries(
                st.just("projet"),
                st.builds(WaitingValue, st.text(max_size=4), st.datetimes(), st.none() | st.datetimes()),
            ),
        ),
        max_size=2,
    ),
    st.lists(st.text(max_size=4), max_size=2).map(tuple),
)
undone = st.lists(st.text(max_size=4), max_size=2).map(tuple)
last_runs = st.builds(
    LastRun,
    counts=st.dictionaries(st.sampled_from(["jury", "candidatures"]), st.integers(0, 1000)),
    outputs=st.dictionaries(st.sampled_from(["classement", "envois"]), rows),
    columns=st.dictionaries(st.just("candidatures.rang"), st.dictionaries(st.text(max_size=4), cell, max_size=3)),
    typed_over=st.lists(
        st.builds(TypedOver, st.text(max_size=4), st.just("A1"), st.text(max_size=4), st.dates()), max_size=2
    ).map(tuple),
    banner=st.lists(st.text(max_size=4), max_size=2).map(tuple),
    received=received,
    undone=undone,
    other_imports=st.dictionaries(st.just("classement"), st.builds(Imports, received=received, undone=undone)),
    made=st.none() | st.lists(st.sampled_from(["cofinancement", "parametres"]), max_size=2).map(tuple),
)


def store(state, content):
    with closing(sqlite3.connect(state.folder / "etat.sqlite3")) as connection, connection:
        connection.execute("UPDATE memory SET content = ?", (content,))


@given(last_runs)
def test_a_saved_last_run_is_loaded(tmp_path_factory, last_run):
    state = State(tmp_path_factory.mktemp("state"), "campagne.xlsx")
    assert state.load_last_run() == LastRun()
    state.save_last_run(last_run)
    assert state.load_last_run() == last_run
    assert State(state.folder, "campagne.xlsx").load_last_run() == last_run


@pytest.mark.slow
@given(last_runs, last_runs)
def test_what_a_write_is_about_to_leave_is_kept_until_it_is_done(tmp_path_factory, before, after):
    state = State(tmp_path_factory.mktemp("state"), "campagne.xlsx")
    state.save_last_run(before)
    for run in (after, before):  # killed, then killed again
        state.save_intended(run)
    stored = state.load_last_run()
    assert replace(stored, intended=()) == before
    first, second = stored.intended
    assert {**before.outputs, **first.outputs} == {**before.outputs, **after.outputs}
    assert {**before.columns, **first.columns} == {**before.columns, **after.columns}
    assert second == Intended()
    state.save_last_run(replace(stored, outputs=after.outputs))  # as a run that goes on from what it loaded
    assert state.load_last_run() == replace(before, outputs=after.outputs)


def test_loading_creates_no_folder(tmp_path):
    folder = tmp_path / "jamais"
    assert State(folder, "campagne.xlsx").load_last_run() == LastRun()
    assert not folder.exists()


def test_each_workbook_has_its_own_state(tmp_path):
    one, other = State(tmp_path, "a.xlsx"), State(tmp_path, "b.xlsx")
    one.save_last_run(LastRun(counts={"jury": 3}))
    assert other.load_last_run() == LastRun()
    other.save_last_run(LastRun(counts={"jury": 5}))
    assert one.load_last_run().counts == {"jury": 3}
    with one.locked(), other.locked():
        pass


def test_the_lock_is_exclusive(tmp_path):
    state = State(tmp_path, "a.xlsx")
    with state.locked(), pytest.raises(StateError, match="Une autre exécution"), State(tmp_path, "a.xlsx").locked():
        pass
    with state.locked():
        pass


def test_an_exception_releases_the_lock(tmp_path):
    state = State(tmp_path, "a.xlsx")
    with pytest.raises(ZeroDivisionError), state.locked():
        raise ZeroDivisionError
    with state.locked():
        pass


def test_a_lock_file_left_by_a_crash_locks_nothing(tmp_path):
    state = State(tmp_path, "a.xlsx")
    with state.locked():
        pass
    for lock in tmp_path.glob("verrou-*"):
        lock.write_text("123456")
    with state.locked():
        pass


def test_a_folder_that_cannot_be_created(tmp_path):
    blocker = tmp_path / "fichier"
    blocker.write_text("x")
    state = State(blocker / "dossier", "a.xlsx")
    with pytest.raises(StateError, match="ne peut pas être créé"), state.locked():
        pass
    with pytest.raises(StateError, match="EIG_SHEETS_STATE"):
        state.save_last_run(LastRun())


@pytest.mark.parametrize("content", [b"not a database " * 100, b"SQLite format 3\0" + b"\0" * 200])
def test_a_damaged_database(tmp_path, content):
    state = State(tmp_path, "a.xlsx")
    (tmp_path / "etat.sqlite3").write_bytes(content)
    with pytest.raises(StateError, match="Déplacez-le"):
        state.load_last_run()
    with pytest.raises(StateError, match="Déplacez-le"):
        state.save_last_run(LastRun())


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01", *map(zlib.compress, (b"[1", b"[1]", b'{"outputs": []}', b'{"known": {"columns": 1}}'))],
)
def test_a_last_run_that_cannot_be_read(tmp_path, content):
    state = State(tmp_path, "a.xlsx")
    state.save_last_run(LastRun())
    store(state, content)
    with pytest.raises(StateError, match="Déplacez-le"):
        state.load_last_run()


def test_a_last_run_of_another_version(tmp_path):
    state = State(tmp_path, "a.xlsx")
    state.save_last_run(LastRun(counts={"jury": 1}, typed_over=(TypedOver("a", "A1", "x", date(2021, 5, 1)),)))
    with sqlite3.connect(tmp_path / "etat.sqlite3") as connection:
        connection.execute(
            "UPDATE memory SET content = ?", (zlib.compress(json.dumps({"counts": {"jury": 2}}).encode()),)
        )
    connection.close()
    assert state.load_last_run() == LastRun(counts={"jury": 2}, made=None)
