"""The registry of backends: which location means what; nobody comes by a workbook in memory but tests."""

import subprocess
import sys

import pytest

from eig_sheets import sample
from eig_sheets.spreadsheet import backends
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.storage.state import State
from tests import in_memory
from tests.effort import first
from tests.program import Campaign, environment, program

KEY = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"
GRIST = "https://grist.example.org/o/dinum/3aBcDeFgHiJk/campagne/p/3"
URL = f"https://docs.google.com/spreadsheets/d/{KEY}/edit#gid=0"


@pytest.mark.parametrize(
    ("location", "name", "place"),
    [
        (KEY, "google", KEY),
        (URL, "google", KEY),
        (GRIST, "grist", "https://grist.example.org/o/dinum/3aBcDeFgHiJk"),
        ("/campagne.xlsx", "xlsx", "/campagne.xlsx"),
        ("/sans extension", "xlsx", "/sans extension"),
        ("memory:campagne", "xlsx", "memory:campagne"),
    ],
)
def test_a_location_means_one_backend(location, name, place):
    backend = backends.backend_of(location)
    assert (backend.name, backend.place(location)) == (name, place)


def test_an_address_of_google_that_is_no_spreadsheet_is_refused():
    address = f"https://docs.google.com/document/d/{KEY}/edit"
    with pytest.raises(WorkbookError, match="Google Docs"):
        backends.backend_of(address).place(address)


def test_what_a_test_keeps_in_memory_is_found_by_its_path_and_nothing_else_is(tmp_path):
    state = State(tmp_path / "state", "x")
    storage = in_memory.keep(tmp_path / "campagne.xlsx", Storage())
    known, other = (in_memory.opened(tmp_path / name, state) for name in ("campagne.xlsx", "autre.xlsx"))
    assert isinstance(known, MemoryWorkbook)
    assert known.storage is storage
    assert isinstance(other, XlsxWorkbook)


def test_the_program_itself_knows_files_google_and_grist_alone():
    script = "from eig_sheets.spreadsheet.backends import BACKENDS; print(*(backend.name for backend in BACKENDS))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout.split() == ["google", "grist", "xlsx"]


@pytest.mark.slow
@pytest.mark.parametrize("location", first(1, ["memory:campagne", "memory://campagne", "memory"]))
def test_a_person_who_asks_for_one_in_memory_asks_for_a_file(tmp_path, location):
    sample.write_config(tmp_path)
    done = program("--config", Campaign(tmp_path).config, "--workbook", location, "sync", cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert str(tmp_path / location.partition("//")[0]) in done.err


def test_two_that_open_one_in_memory_exclude_each_other():
    storage = Storage()
    here, there = MemoryWorkbook(storage), MemoryWorkbook(storage)
    with here.locked(), here.locked(), pytest.raises(WorkbookError, match="Une autre exécution"), there.locked():
        pass
    with there.locked():
        pass


def test_one_in_memory_that_was_never_saved_is_refused_as_a_file_that_is_not_there():
    book = MemoryWorkbook(Storage(), "campagne.xlsx")
    assert not book.exists()
    with pytest.raises(WorkbookError, match=r"Il n’y a pas de classeur campagne\.xlsx.*eig-sheets init"):
        book.read()
