"""A spreadsheet in which nothing bears our mark: only `init` writes there."""

import pytest

from tests.end_to_end.google.belongings import robots
from tests.end_to_end.google.support import PEOPLE_TABS, Desk, Finished
from tests.sheets_server.model import Book

UNMARKED = "Rien dans ce classeur ne porte la marque d’eig-sheets"


def typed_by_people(book: Book) -> Book:
    """The tabs that people filled, as they would be had they made all of it themselves."""
    book = book.copy()
    ours = robots(book)
    book.sheets = [sheet for sheet in book.sheets if sheet.title in PEOPLE_TABS and sheet.id not in ours]
    book.metadata = []
    return book


@pytest.fixture(params=["blank", "people's"])
def unmarked(request, finished: Finished, tmp_path) -> Desk:
    """A spreadsheet that no program of ours made: a blank one, and one with people's rows."""
    book = finished.blank if request.param == "blank" else typed_by_people(finished.filled)
    return finished.copy(tmp_path, book)


COMMANDS = (
    ("sync",), ("sync", "--force"), ("requests", "run"), ("jury", "assign", "--yes"),
    ("emails", "archive", "--yes"), ("follow-up", "generate"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_but_init_writes_there(unmarked, command):
    before = unmarked.book
    done = unmarked.run(*command)
    assert done.code in (1, 2), done
    assert unmarked.book is before
    assert unmarked.book.metadata == []
    if command[0] == "sync":
        assert UNMARKED in done.err.replace("\u202f", " ")
        assert "eig-sheets init" in done.err


@pytest.mark.slow
def test_init_then_sync_write_there(unmarked):
    assert unmarked.run("init").code == 0
    assert unmarked.sync().code == 0
    assert unmarked.sync().code == 0
    assert unmarked.written == 0
