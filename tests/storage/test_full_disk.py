"""A full disk is said, with the file that could not be written: what is there already is not at fault, and stays."""

import errno
import os

import pytest

from eig_sheets.storage import file_replacement, permissions
from eig_sheets.storage.database import LedgerError, LedgerFile
from eig_sheets.storage.state import State, StateError
from tests.cli.test_errors import refused

FULL = "Il n’y a plus de place sur le disque pour écrire"


@pytest.fixture
def full_disk(monkeypatch):
    """The system refuses each file as it is to be stored."""

    def refuse(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", refuse)


def test_a_ledger_is_not_to_be_moved_away(tmp_path):
    """SQLite itself says so, of a file that may have a page only."""
    ledger = LedgerFile(tmp_path / "envois.sqlite3", "PRAGMA max_page_count = 1", "Déplacez {path} ({cause}).")
    with pytest.raises(LedgerError) as told, ledger.connected() as connection:
        connection.execute("CREATE TABLE sent (id)")
    assert str(told.value).startswith(f"{FULL} {tmp_path / 'envois.sqlite3'}")


def test_no_more_is_one_that_has_no_room_for_a_transaction(tmp_path):
    schema = "PRAGMA max_page_count = 2; CREATE TABLE IF NOT EXISTS sent (id)"
    ledger = LedgerFile(tmp_path / "envois.sqlite3", schema, "Déplacez {path} ({cause}).")
    with pytest.raises(LedgerError) as told, ledger.transaction() as connection:
        connection.execute("INSERT INTO sent VALUES (zeroblob(100000))")
    assert str(told.value).startswith(f"{FULL} {tmp_path / 'envois.sqlite3'}")


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("write", [permissions.write, file_replacement.create_file])
def test_what_is_named_is_the_file_not_its_temporary_one(tmp_path, write):
    path = tmp_path / "calendrier.ics"
    with pytest.raises(OSError, match="No space") as told:
        write(path, b"data")
    assert (told.value.filename, [*tmp_path.iterdir()]) == (str(path), [])
    with pytest.raises(FileNotFoundError) as told:
        write(tmp_path / "absent" / "calendrier.ics", b"data")
    assert told.value.filename == str(tmp_path / "absent" / "calendrier.ics")


def test_the_folder_of_the_state_is_not_to_be_chosen_again(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.mkdir", refuse)
    with pytest.raises(StateError) as told, State(tmp_path / "état", "classeur").locked():
        pass
    assert str(told.value).startswith(FULL)


@pytest.mark.slow
@pytest.mark.in_memory
@pytest.mark.usefixtures("full_disk")
def test_a_command_names_what_it_could_not_write(demo, tmp_path):
    path = tmp_path / "jury.html"
    refused(demo.run("report", "--to", path), 1, f"{FULL} {path}", "libérez-en")


@pytest.mark.slow
@pytest.mark.on_a_file
@pytest.mark.usefixtures("full_disk")
def test_the_workbook_is_not_blamed_for_the_folder_of_versions(demo):
    """Its previous version goes to the state folder first, perhaps on another disk."""
    said = refused(demo.run("--today", "2021-05-20", "sync"), 1, "plus de place sur le disque")
    assert f"enregistrer {demo.workbook.name} " not in said
