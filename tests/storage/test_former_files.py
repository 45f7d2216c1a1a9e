"""What older versions left in files of their own is taken over once, whatever stops it, and never overwritten."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from eig_sheets.call.applications.files_records import ImportLog, Progress, ProgressRecord
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.records import FILE
from tests.storage.older_files import ENDING, FILES, KEPT, PLACE, READERS, SAYS, leave, take_over


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", FILES)
def test_what_an_older_version_kept_is_read_where_it_is_until_a_change_takes_it_over(tmp_path, name):
    leave(tmp_path, name)
    before = (tmp_path / name).read_bytes()
    for _ in range(2):
        assert READERS[name](tmp_path, PLACE) == KEPT[name]
        assert (names(tmp_path), (tmp_path / name).read_bytes()) == ([name], before)
    for _ in range(2):
        take_over(tmp_path, name)
        assert READERS[name](tmp_path, PLACE) == KEPT[name]
        assert names(tmp_path) == [FILE]


def test_the_file_of_another_workbook_waits_for_it(tmp_path):
    leave(tmp_path, f"imports{ENDING}")
    assert ImportLog(tmp_path, "/partage/autre.xlsx").records() == []
    assert names(tmp_path) == [f"imports{ENDING}"]


@pytest.mark.parametrize("name", SAYS)
@pytest.mark.parametrize("content", ["", "[", "[1]", '{"a": 1}', "null"])
def test_a_damaged_one_is_refused_in_the_same_words_and_left(tmp_path, name, content):
    data = content.encode() if name.endswith(".json") else (content or "x").encode() * 500
    (tmp_path / name).write_bytes(data)
    for _ in range(2):
        with pytest.raises(LedgerError) as told:
            READERS[name](tmp_path, PLACE)
        said = str(told.value).replace("\u202f", " ").replace("\xa0", " ")
        assert str(tmp_path / name) in said
        assert SAYS[name] in said
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize("content", ["", "{", "[]", '{"source": "a"}', "null"])
def test_where_an_import_goes_on_from_is_lost_without_harm(tmp_path, content):
    leave(tmp_path, f"demarche{ENDING}", content)
    record = ProgressRecord(tmp_path, PLACE)
    assert record.load() == Progress()
    record.save(Progress("source", "cursor"))
    assert record.load() == Progress("source", "cursor")


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("demarche")])
def test_a_file_that_an_older_version_wrote_since_is_not_taken_for_nothing(tmp_path, name):
    """Which of both is right, a person says; nothing of either is lost meanwhile."""
    leave(tmp_path, name)
    take_over(tmp_path, name)
    newer = FILES[name].replace("2021-0", "2022-0").replace("2021-1", "2022-1").replace("2027-0", "2028-0")
    leave(tmp_path, name, newer.replace("1.5", "2.5"))
    before = (tmp_path / name).read_bytes()
    for _ in range(2):
        for use in (READERS[name], lambda folder, _: take_over(folder, name)):
            with pytest.raises(LedgerError, match="Mettez cette version à jour partout, puis déplacez"):
                use(tmp_path, PLACE)
    assert (tmp_path / name).read_bytes() == before
    (tmp_path / name).unlink()
    assert READERS[name](tmp_path, PLACE) == KEPT[name]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_comes_back_as_it_was_goes_again(tmp_path, name):
    """As when a power cut undid its deletion."""
    leave(tmp_path, name)
    take_over(tmp_path, name)
    leave(tmp_path, name)
    assert READERS[name](tmp_path, PLACE) == KEPT[name]
    take_over(tmp_path, name)
    assert names(tmp_path) == [FILE]


def in_child(do):
    """Do it in a process that was forked, and end it."""
    try:
        do()
    except BaseException:
        os._exit(1)
    os._exit(0)


def killed_at(event, count, use):
    """How a process ends that kills itself at its n-th event of that kind."""
    process = os.fork()
    if not process:
        seen = 0

        def die(name, _):
            nonlocal seen
            if name == event:
                seen += 1
                if seen == count:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        in_child(use)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_whatever_kills_it_all_is_there_after_the_next_run(tmp_path, name):
    """Python tells of files opened and removed, and of databases opened: a commit is between two of them."""
    ends = []
    for event in ("open", "sqlite3.connect", "os.remove"):
        for count in (1, 2, 3, 4):
            folder = tmp_path / f"{event}-{count}"
            leave(folder, name)
            ends.append(killed_at(event, count, lambda folder=folder: take_over(folder, name)))
            assert READERS[name](folder, PLACE) == KEPT[name]
            take_over(folder, name)
            assert names(folder) == [FILE]
    assert {*ends} == {0, -signal.SIGKILL}
