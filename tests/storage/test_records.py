"""The store of records: what it keeps, and how it refuses what it cannot read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import pytest

from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.known_workbooks import copy_state, stored_keys
from eig_sheets.storage.records import FILE, FormerJson, Record, with_last
from tests.storage.stored_records import put, stored
from tests.storage.test_history_store import no_file_larger_than


class Colour(StrEnum):
    BLUE = "bleu"


@dataclass(frozen=True, slots=True)
class Shelf:
    books: tuple[str, ...]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    at: datetime
    colour: Colour = Colour.BLUE
    shelves: tuple[Shelf, ...] = ()


class Rooms(Record[tuple[Room, ...]]):
    name = "salles"
    value_type = tuple[Room, ...]
    empty = ()
    former = FormerJson("salles")
    unusable = "Le registre {path} ne sert pas ({cause})."
    remedy = "Rangez-le."


ONE = Room("Ada", datetime(2021, 5, 6, 12, 0, 0, 7), shelves=(Shelf(("é", "\udce9"), date(2021, 1, 2)), Shelf(())))
TWO = Room("Grace", datetime.fromisoformat("2021-05-06T12:00:00+02:00"))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "état"


@pytest.fixture
def record(folder):
    return Rooms(folder, "a.xlsx")


def added(*rooms):
    return lambda known: (*known, *rooms)


def test_nothing_is_made_to_be_read(record, folder):
    assert (record.read(), record.size(), folder.exists()) == ((), 0, False)


def test_what_is_stored_is_read_back_as_it_was_by_its_workbook_alone(record, folder):
    assert record.change(added(ONE)) == ()
    assert record.change(added(TWO)) == (ONE,)
    assert Rooms(folder, "a.xlsx").read() == (ONE, TWO)
    assert Rooms(folder, "b.xlsx").read() == ()
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_a_change_that_is_refused_leaves_what_there_was(record):
    record.change(added(ONE))

    def refuse(known):
        raise LedgerError(known[0].name)

    with pytest.raises(LedgerError, match="Ada"):
        record.change(refuse)
    assert record.read() == (ONE,)


@pytest.mark.slow
def test_changes_of_several_runs_at_once_are_all_there(record):
    children = []
    for number in range(4):
        children.append(os.fork())
        if not children[-1]:
            for _ in range(10):
                record.change(added(Room(str(number), ONE.at)))
            os._exit(0)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert sorted(room.name for room in record.read()) == [str(number) for number in range(4) for _ in range(10)]


def test_a_workbook_of_which_nothing_is_kept_has_no_row(record, folder):
    record.change(added(ONE))
    assert stored_keys(folder) == ["a.xlsx"]
    record.change(lambda _: ())
    assert (stored_keys(folder), record.size()) == ([], 0)


def test_it_is_copied_under_another_key(record, folder):
    record.change(added(ONE))
    copy_state(folder, "a.xlsx", "b.xlsx")
    assert Rooms(folder, "b.xlsx").read() == (ONE,)


def test_what_is_erased_is_not_on_the_disk_any_more_and_the_rest_stays(record, folder):
    other = Rooms(folder, "b.xlsx")
    other.change(added(ONE, Room("x" * 10_000, ONE.at)))
    other.forget(lambda _: (TWO,))
    record.change(added(ONE))
    assert b"Ada" in (folder / FILE).read_bytes()
    record.erase()
    assert (record.read(), other.read()) == ((), (TWO,))
    assert b"Ada" not in (folder / FILE).read_bytes()


def test_what_is_damaged_can_be_erased(record, folder):
    record.change(added(ONE))
    put(folder, "salles", "{")
    record.erase()
    assert record.read() == ()


@pytest.mark.parametrize(
    "value",
    ["", "{", "null", "{}", "[1]", "[{}]", '[{"name": "a", "at": "hier"}]', '[{"name": 1, "at": "2021-05-06"}]',
     '[{"name": "a", "at": "2021-05-06", "colour": "vert"}]', '[{"name": "a", "at": "2021-05-06", "newer": 1}]'],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_left_as_it_is(record, folder, value):
    """Or what a newer version stored: nothing is ever taken for empty."""
    record.change(added(ONE))
    put(folder, "salles", value)
    for use in (record.read, lambda: record.change(added(TWO)), lambda: record.forget(added(TWO))):
        with pytest.raises(LedgerError, match=r"Le registre .*registres.sqlite3 ne sert pas .*Rétablissez ce fichier"):
            use()
    assert (stored(folder, "salles"), record.size()) == (value, len(value))


def test_a_file_that_is_no_database_is_refused(record, folder):
    folder.mkdir()
    (folder / FILE).write_bytes(b"no database" * 100)
    for use in (record.read, record.size, record.erase, lambda: record.change(added(ONE))):
        with pytest.raises(LedgerError, match=r"ne sert pas \(DatabaseError\)"):
            use()
    assert (folder / FILE).read_bytes() == b"no database" * 100


def test_a_change_that_has_no_room_leaves_what_there_was(record):
    record.change(added(ONE))
    big = added(*(Room(str(number) * 100, ONE.at) for number in range(1000)))
    with no_file_larger_than(20_000), pytest.raises(LedgerError):
        record.change(big)
    assert record.read() == (ONE,)


def test_a_record_takes_the_place_of_the_one_of_its_key_at_the_end():
    assert with_last((1, 2, 3), 11, lambda number: number % 10) == (2, 3, 11)
