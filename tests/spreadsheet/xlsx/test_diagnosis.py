"""What is found of a file: missing, read-only, open, locked or shared; nothing is written."""

import errno
import fcntl

import pytest

from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage import file_lock
from tests.spreadsheet.xlsx_desk import workbook


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "campagne.xlsx"
    path.write_bytes(workbook({"Feuille": [["a"]]}))
    return XlsxWorkbook(path, tmp_path / "versions")


def listing(folder):
    """All that a folder holds, with what shows that something was written."""
    entries = {path: path.stat() for path in (folder, *folder.rglob("*"))}
    return {path: (entry.st_mode, entry.st_size, entry.st_mtime_ns) for path, entry in entries.items()}


def found_of(book):
    before = listing(book._path.parent)
    findings = [*book.diagnose({})]
    assert listing(book._path.parent) == before
    return {
        finding.check: (finding.status, finding.message.replace("\u202f", " "), finding.remedy) for finding in findings
    }


def test_a_file_that_is_as_it_should_be(book):
    assert {check: status for check, (status, *_) in found_of(book).items()} == {
        "Fichier": "ok", "Écriture": "ok", "Partage": "ok",
    }  # fmt: skip


def test_a_file_that_is_not_there(book):
    book._path.unlink()
    status, message, remedy = found_of(book)["Fichier"]
    assert (status, "Il n’y a pas de classeur" in message, "eig-sheets init" in remedy) == ("erreur", True, True)


@pytest.mark.parametrize("of_the_folder", [False, True])
def test_what_is_read_only(book, of_the_folder):
    place = book._path.parent if of_the_folder else book._path
    place.chmod(0o500 if of_the_folder else 0o400)
    findings = found_of(book)
    place.chmod(0o700)
    status, message, remedy = findings["Écriture"]
    assert (status, "lecture seule" in message, "modifiables" in remedy) == ("erreur", True, True)


def test_a_file_that_somebody_has_open(book):
    lock = book._path.with_name(".~lock.campagne.xlsx#")
    lock.write_text(",ada,machine,30.04.2021 12:00,file:///x;", encoding="utf-8")
    status, message, remedy = found_of(book)["Écriture"]
    assert (status, "ouvert par ada" in message, "Fermez-le" in remedy) == ("attention", True, True)


def test_a_file_that_another_run_works_on(book):
    with file_lock.locked(book._path):
        status, message, _ = found_of(book)["Partage"]
    assert (status, "Une autre exécution" in message) == ("attention", True)
    assert found_of(book)["Partage"][0] == "ok"


def test_a_file_in_a_synchronised_folder(book):
    (book._path.parent / ".sync_0a.db").touch()
    status, message, remedy = found_of(book)["Partage"]
    assert (status, "Nextcloud" in message, "disque" in remedy) == ("attention", True, True)


def test_a_file_whose_lock_is_a_folder(book):
    file_lock.lock_path(book._path).mkdir()
    assert found_of(book)["Verrou"][0] == "erreur"


def test_a_file_on_a_disk_without_locks(book, monkeypatch):
    with book.locked():
        pass

    def flock(*_):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    status, message, _ = found_of(book)["Partage"]
    assert (status, "ne connaît pas les verrous" in message) == ("attention", True)
