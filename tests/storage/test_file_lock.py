"""The lock of a workbook: one run at a time, whatever its state folder, released after a crash."""

import errno
import fcntl
import stat
import subprocess
import sys
from contextlib import contextmanager

import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage import file_lock
from tests.program import ROOT, environment
from tests.storage.test_atomic_write import one_cell, write

LOCKED = "Une autre exécution d’eig-sheets travaille sur campagne.xlsx, sur cette machine ou sur une autre"
HOLDER = """
import sys
from pathlib import Path
from eig_sheets.storage import file_lock as lock
with lock.locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def locked_elsewhere(path):
    """Another process holds the lock until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], cwd=ROOT, env=environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            process.kill()


def can_lock(book):
    with book.locked():
        return True


def test_while_another_process_holds_the_lock_nothing_is_written_and_a_kill_releases_it(tmp_path):
    book = one_cell(tmp_path)
    before = book._path.read_bytes()
    with locked_elsewhere(book._path):
        with pytest.raises(WorkbookError, match=f"{LOCKED}.*attendez sa fin, puis relancez"):
            write(book, 4)
        with pytest.raises(WorkbookError, match=LOCKED):
            can_lock(book)
        assert book.read().tabs
        assert book._path.read_bytes() == before
    write(book, 4)
    assert file_lock.lock_path(book._path).exists()


def test_the_holder_may_write_and_lock_again(tmp_path):
    book = one_cell(tmp_path)
    with book.locked() as warnings:
        assert warnings == []
        with book.locked():
            write(book, 4)
        with pytest.raises(WorkbookError, match=LOCKED):
            can_lock(XlsxWorkbook(book._path, tmp_path / "versions"))
    assert can_lock(XlsxWorkbook(book._path, tmp_path / "versions"))


def test_an_exception_under_the_lock_is_not_changed_and_releases_it(tmp_path):
    book = one_cell(tmp_path)
    for error in (OSError(errno.ENOLCK, "not ours"), file_lock.LockedError(), file_lock.LocksUnsupportedError()):
        with pytest.raises(type(error)) as raised, book.locked():
            raise error
        assert raised.value is error
    assert can_lock(book)


def test_two_names_of_one_file_have_one_lock(tmp_path):
    (tmp_path / "vrai").mkdir()
    book = one_cell(tmp_path / "vrai")
    (tmp_path / "lien.xlsx").symlink_to(book._path)
    (tmp_path / "dossier").symlink_to(book._path.parent)
    for name in (tmp_path / "lien.xlsx", tmp_path / "dossier" / "campagne.xlsx"):
        with book.locked(), pytest.raises(WorkbookError, match=LOCKED):
            can_lock(XlsxWorkbook(name, tmp_path / "versions"))


def test_whoever_may_write_the_file_may_lock_it(tmp_path):
    book = one_cell(tmp_path)
    for mode in (0o600, 0o660, 0o440):
        book._path.chmod(mode)
        assert can_lock(book)
        assert stat.S_IMODE(file_lock.lock_path(book._path).stat().st_mode) == mode | 0o600


def test_the_lock_of_a_file_to_create(tmp_path):
    book = XlsxWorkbook(tmp_path / "campagne.xlsx", tmp_path / "versions")
    with book.locked(), pytest.raises(WorkbookError, match=LOCKED):
        can_lock(XlsxWorkbook(book._path, tmp_path / "versions"))
    assert can_lock(book)
    assert not book.exists()
    with pytest.raises(WorkbookError, match="n’existe pas"):
        can_lock(XlsxWorkbook(tmp_path / "absent" / "campagne.xlsx", tmp_path))


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_gives_a_warning(tmp_path, monkeypatch, code):
    book = one_cell(tmp_path)

    def flock(*_):
        raise OSError(code, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    with book.locked() as warnings:
        [warning] = warnings
        assert warning.replace("\u202f", " ") == (
            f"Le disque ou le partage de {book._path} ne connaît pas les verrous : rien n’empêche une autre machine "
            "d’y travailler en même temps, donc aucun e-mail n’en est envoyé. Ne lancez eig-sheets que d’une machine à "
            "la fois, ou placez le classeur sur un autre disque."
        )
        assert book.sharing_warning({}) == warning
        write(book, 4)
    assert book.read().tabs[0].value(1, 0) == 4.0
    monkeypatch.undo()
    assert can_lock(book)
    assert book.sharing_warning({}) == ""


def test_a_lock_that_cannot_be_opened_is_an_error(tmp_path):
    book = one_cell(tmp_path)
    file_lock.lock_path(book._path).mkdir()
    with pytest.raises(WorkbookError, match="ne peut pas être lu ou enregistré"):
        can_lock(book)


def test_whether_the_lock_is_held_is_told_without_making_or_touching_it(tmp_path):
    path = tmp_path / "campagne.xlsx"
    assert not file_lock.is_held(path)
    assert [*tmp_path.iterdir()] == []
    with file_lock.locked(path):
        assert file_lock.is_held(path)
    before = file_lock.lock_path(path).stat()
    assert not file_lock.is_held(path)
    assert file_lock.lock_path(path).stat().st_mtime_ns == before.st_mtime_ns


def test_whether_it_is_held_cannot_be_told_without_locks(tmp_path, monkeypatch):
    path = tmp_path / "campagne.xlsx"
    with file_lock.locked(path):
        pass

    def flock(*_):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(file_lock.LocksUnsupportedError):
        file_lock.is_held(path)
