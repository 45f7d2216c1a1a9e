"""In how many calls a spreadsheet is read: one while it is light, two from then on, and what is remembered of it."""

from __future__ import annotations

import random
import string

import pytest

from eig_sheets.workbook.base import WorkbookError
from eig_sheets.workbook.google import book as books
from eig_sheets.workbook.google.book import GoogleWorkbook
from tests.workbook.google_desk import GoogleDesk

DICE = random.Random(3)


def text(letters):
    """What compression makes nothing of."""
    return "".join(DICE.choices(string.ascii_letters + string.digits, k=letters))


class Remembered:
    def __init__(self, size=None):
        self.size, self.kept = size, []

    def last_size(self):
        return self.size

    def keep_size(self, size):
        self.size = size
        self.kept.append(size)


@pytest.fixture
def desk(google):
    made = GoogleDesk(google, Remembered())
    yield made
    made.client.close()


def calls(desk):
    found = [call.path.rpartition(":")[2] if ":" in call.path else call.method for call in desk.server.script.calls]
    desk.server.script.post([])
    return found


def of(desk, tabs, sizes):
    book = desk.make_book(tabs)
    calls(desk)
    return GoogleWorkbook(book.location, desk.client, sizes)


def test_a_light_one_takes_one_call_and_leaves_no_trace(desk):
    sizes = Remembered()
    of(desk, {"Jury": [["a"]]}, sizes).read()
    assert (calls(desk), sizes.kept) == (["GET"], [])


def test_a_heavy_one_takes_two_once_that_is_known(desk, monkeypatch):
    monkeypatch.setattr(books, "ADVISED", 100_000)
    sizes = Remembered()
    book = of(desk, {"Jury": [[text(200)] for _ in range(900)], "Notes": [[3.5, True]]}, sizes)
    first = book.read()
    assert calls(desk) == ["GET", "GET", "batchGetByDataFilter"]
    assert all(size > 100_000 for size in sizes.kept)
    second = book.read()
    assert calls(desk) == ["GET", "batchGetByDataFilter"]
    assert sizes.size > 100_000
    assert second == first


def test_one_that_became_light_takes_one_again(desk):
    sizes = Remembered(books.ADVISED + 1)
    book = of(desk, {"Jury": [["a"]]}, sizes)
    two = book.read()
    one = book.read()
    assert calls(desk) == ["GET", "batchGetByDataFilter", "GET"]
    assert one.tabs == two.tabs


def test_one_around_the_limit_does_not_hesitate(desk, monkeypatch):
    """Whatever the limit, the second run and all later ones take two calls at the most."""
    tabs = {"Jury": [[text(20), 3.5, DICE.random()] for _ in range(300)]}
    book = of(desk, tabs, Remembered())
    book.read()
    weight = desk.server.script.calls[-1].bytes_wire
    for part in (0.3, 0.5, 0.6, 0.8, 0.95, 1.05, 1.5, 3.5):
        monkeypatch.setattr(books, "ADVISED", round(weight * part))
        book = GoogleWorkbook(book.location, desk.client, Remembered())
        book.read()
        calls(desk)
        for _ in range(3):
            book.read()
            assert len(calls(desk)) <= 2


def test_two_answers_that_contradict_each_other_are_asked_again(desk):
    """Somebody moves an error between the two calls; somebody who never stops is told of."""
    book = of(desk, {"Notes": [["x"], ["=1/0"]]}, Remembered(books.ADVISED + 1))
    desk.edit(book, "set", tab="Notes", cell="A2", value="=1/0")
    calls(desk)
    moved = {"kind": "insert_row", "tab": "Notes", "at": 1, "spreadsheet_id": book.location.split("/")[-2]}
    desk.server.script.post([{"after_call": 1, "edit": moved}])
    tab = book.read().tab("Notes")
    assert calls(desk) == ["GET", "batchGetByDataFilter"] * 2
    assert tab is not None
    assert str(tab.value(3, 0)) == "#DIV/0!"
    restless = GoogleWorkbook(book.location, desk.client, Remembered(books.ADVISED + 1))
    desk.server.script.post([{"after_call": call, "edit": moved} for call in (1, 3, 5)])
    with pytest.raises(WorkbookError, match="change sans cesse"):
        restless.read()
