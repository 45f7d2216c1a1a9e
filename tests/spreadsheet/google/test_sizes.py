"""The number of calls of a reading: one for a small spreadsheet, four for a large one, and the size that is stored."""

from __future__ import annotations

import random
import string

import pytest

from eig_sheets.spreadsheet.google import book as books
from eig_sheets.spreadsheet.google.book import GoogleWorkbook
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.spreadsheet.google_desk import GoogleDesk, Weightless

RANDOM = random.Random(3)
SPLIT = ["GET", "batchGetByDataFilter", "batchGetByDataFilter", "getByDataFilter"]


def incompressible_text(letters):
    """Random text, which does not compress."""
    return "".join(RANDOM.choices(string.ascii_letters + string.digits, k=letters))


class StoredSize(Weightless):
    def __init__(self, size=None):
        self.size, self.kept = size, []

    def last_response_size(self):
        return self.size

    def save_response_size(self, size):
        self.size = size
        self.kept.append(size)


@pytest.fixture
def desk(google):
    made = GoogleDesk(google, StoredSize())
    yield made
    made.client.close()


def calls(desk):
    names = [call.path.rpartition(":")[2] if ":" in call.path else call.method for call in desk.server.script.calls]
    desk.server.script.post([])
    return names


def book_of(desk, tabs, sizes):
    book = desk.make_book(tabs)
    calls(desk)
    return GoogleWorkbook(book.location, desk.client, sizes)


def test_a_small_spreadsheet_takes_one_call_and_stores_no_size(desk):
    sizes = StoredSize()
    book_of(desk, {"Jury": [["a"]]}, sizes).read()
    assert (calls(desk), sizes.kept) == (["GET"], [])


def test_a_large_spreadsheet_takes_four_calls_once_its_size_is_stored(desk, monkeypatch):
    monkeypatch.setattr(books, "ADVISED_RESPONSE_BYTES", 100_000)
    sizes = StoredSize()
    book = book_of(desk, {"Jury": [[incompressible_text(200)] for _ in range(900)], "Notes": [[3.5, True]]}, sizes)
    first = book.read()
    assert calls(desk) == ["GET", *SPLIT]
    assert all(size > 100_000 for size in sizes.kept)
    second = book.read()
    assert calls(desk) == SPLIT
    assert sizes.size > 100_000
    assert second == first


def test_a_spreadsheet_that_became_small_takes_one_call_again(desk):
    sizes = StoredSize(books.ADVISED_RESPONSE_BYTES + 1)
    book = book_of(desk, {"Jury": [["a"]]}, sizes)
    split = book.read()
    again = book.read()
    assert calls(desk) == [*SPLIT, "GET"]
    assert again.tabs == split.tabs


@pytest.mark.slow
def test_sizes_around_the_limit_do_not_alternate(desk, monkeypatch):
    """Whatever the limit, the second run and all later ones take four calls at the most."""
    tabs = {"Jury": [[incompressible_text(20), 3.5, RANDOM.random()] for _ in range(300)]}
    book = book_of(desk, tabs, StoredSize())
    book.read()
    size = desk.server.script.calls[-1].bytes_wire
    for ratio in (0.3, 0.5, 0.6, 0.8, 0.95, 1.05, 1.5, 3.5):
        monkeypatch.setattr(books, "ADVISED_RESPONSE_BYTES", round(size * ratio))
        book = GoogleWorkbook(book.location, desk.client, StoredSize())
        book.read()
        calls(desk)
        for _ in range(3):
            book.read()
            assert len(calls(desk)) <= 4


def test_two_inconsistent_answers_are_read_again(desk):
    """Somebody moves an error between two calls, once, then each time, which is an error."""
    book = book_of(desk, {"Notes": [["x"], ["=1/0"]]}, StoredSize(books.ADVISED_RESPONSE_BYTES + 1))
    desk.edit(book, "set", tab="Notes", cell="A2", value="=1/0")
    calls(desk)
    moved = {"kind": "insert_row", "tab": "Notes", "at": 1, "spreadsheet_id": book.location.split("/")[-2]}
    desk.server.script.post([{"after_call": 2, "edit": moved}])
    tab = book.read().tab("Notes")
    assert calls(desk) == SPLIT * 2
    assert tab is not None
    assert str(tab.value(3, 0)) == "#DIV/0!"
    changing = GoogleWorkbook(book.location, desk.client, StoredSize(books.ADVISED_RESPONSE_BYTES + 1))
    desk.server.script.post([{"after_call": call, "edit": moved} for call in (2, 6, 10)])
    with pytest.raises(WorkbookError, match="change sans cesse"):
        changing.read()
