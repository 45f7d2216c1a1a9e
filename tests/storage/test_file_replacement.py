"""Concurrent saves during a replacement: nothing of people's is lost, at any moment, with any safe method."""

import os
import subprocess
import sys
from itertools import combinations

import pytest

from eig_sheets.storage import file_exchange, file_replacement
from tests.program import ROOT, environment
from tests.storage.saved_meanwhile import METHODS, NEW, OLD, SAFE_METHODS, THEIRS, by_rename, contents, in_place

MOMENTS = ("before the exchange", "after it", "before it is undone", "before the newest is put back")
SCHEDULES = [some for count in range(len(MOMENTS) + 1) for some in combinations(MOMENTS, count)]


@pytest.fixture
def path(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(OLD)
    return tmp_path / "a.xlsx"


def use_method(monkeypatch, method):
    """Let the system support this method only."""
    monkeypatch.setattr(file_exchange, "METHODS", [METHODS[method]])


@pytest.mark.parametrize("method", METHODS)
def test_one_version_replaces_another(path, monkeypatch, method):
    use_method(monkeypatch, method)
    path.chmod(0o640)
    file_replacement.replace_version(path, OLD, NEW, lambda: None)
    assert contents(path.parent) == [NEW]
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("method", METHODS)
def test_a_final_check_that_raises_leaves_everything(path, monkeypatch, method):
    use_method(monkeypatch, method)

    def no():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        file_replacement.replace_version(path, OLD, NEW, no)
    assert contents(path.parent) == [OLD]


def test_a_new_version_is_on_the_disk_before_it_takes_the_place_of_the_old_one(path, monkeypatch):
    """Otherwise a power cut may leave an empty file under the name."""
    synced, real = [], os.fsync

    def fsync(handle):
        real(handle)
        synced.append((os.fstat(handle).st_ino, os.fstat(handle).st_size))

    def is_there():
        [staged] = path.parent.glob(".*.eig-swap")
        assert (staged.stat().st_ino, len(NEW)) in synced

    monkeypatch.setattr(os, "fsync", fsync)
    file_replacement.replace_version(path, OLD, NEW, is_there)
    assert contents(path.parent) == [NEW]


class People:
    """People who save at some moments of a replacement; `overwritten` are the versions that they saved over."""

    def __init__(self, path, monkeypatch, method, moments, how):
        self.path, self.moments, self.how = path, moments, how
        self.saved, self.overwritten = [], set()
        self.exchanges, self.method = 0, METHODS[method]
        real = file_replacement.fsync_folder
        monkeypatch.setattr(file_exchange, "METHODS", [self.exchange])
        monkeypatch.setattr(file_replacement, "fsync_folder", lambda folder: (real(folder), self.at("after it")))

    def at(self, moment):
        if moment in self.moments and moment not in self.saved:
            self.overwritten.add(self.path.read_bytes())
            self.how(self.path, moment.encode())
            self.saved.append(moment)

    def exchange(self, new, path):
        self.exchanges += 1
        self.at({2: MOMENTS[2], 3: MOMENTS[3]}.get(self.exchanges))
        return self.method(new, path)


@pytest.mark.parametrize("how", [by_rename, in_place])
@pytest.mark.parametrize("moments", SCHEDULES, ids=", ".join)
@pytest.mark.parametrize("method", SAFE_METHODS)
def test_whatever_people_save_at_any_moment_is_kept(path, monkeypatch, method, moments, how):
    """All versions but those that people overwrote themselves; the last is in place, unless a third came."""
    people = People(path, monkeypatch, method, moments, how)
    try:
        file_replacement.replace_version(path, OLD, NEW, lambda: people.at(MOMENTS[0]))
    except file_replacement.ConcurrentSaveError as error:
        assert MOMENTS[0] in people.saved
        aside = error.concurrent_save.aside
        assert contents(path.parent) == sorted([path.read_bytes(), *([aside.read_bytes()] if aside else [])])
        assert aside is None or aside.name.startswith("a (autre version, ")
        assert path.read_bytes() not in (OLD, NEW)
    else:
        assert MOMENTS[0] not in people.saved
        assert contents(path.parent) == [people.saved[-1].encode() if people.saved else NEW]
    kept = {content.encode() for content in people.saved} - people.overwritten
    assert kept <= {*contents(path.parent)}
    if people.saved and MOMENTS[3] not in people.saved:
        assert path.read_bytes() == people.saved[-1].encode()


def test_a_write_into_the_old_file_while_it_has_two_links_is_kept(path, monkeypatch):
    use_method(monkeypatch, "link")
    real = os.link

    def link(*arguments, **options):
        monkeypatch.setattr(os, "link", real)
        real(*arguments, **options)
        in_place(path, THEIRS)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(file_replacement.ConcurrentSaveError):
        file_replacement.replace_version(path, OLD, NEW, lambda: None)
    assert contents(path.parent) == [THEIRS]


@pytest.mark.parametrize("method", SAFE_METHODS)
def test_a_file_that_is_deleted_meanwhile_stays_deleted(path, monkeypatch, method):
    use_method(monkeypatch, method)
    with pytest.raises(FileNotFoundError):
        file_replacement.replace_version(path, OLD, NEW, path.unlink)
    assert contents(path.parent) == []


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("flags", [True, False])
def test_a_new_file_never_replaces_one_that_appeared(tmp_path, monkeypatch, links, flags):
    path = tmp_path / "a.xlsx"
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError))
    if not flags:
        monkeypatch.setattr(file_exchange, "rename_with_flags", lambda *_: False)
    with pytest.raises(FileExistsError):
        file_replacement.replace_version(path, b"", NEW, lambda: path.write_bytes(THEIRS))
    assert contents(tmp_path) == [THEIRS]
    path.unlink()
    file_replacement.replace_version(path, b"", NEW, lambda: None)
    assert contents(tmp_path) == [NEW]


def test_a_system_without_a_method_uses_the_next(path, monkeypatch):
    taken = []
    lacking = [lambda *_, number=number: bool(taken.append(number)) for number in range(2)]
    monkeypatch.setattr(file_exchange, "METHODS", [*lacking, file_exchange.swap_by_rename])
    file_replacement.replace_version(path, OLD, NEW, lambda: None)
    assert (taken, contents(path.parent)) == ([0, 1], [NEW])


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """One folder for each place at which a replacement was killed."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.storage.saved_meanwhile", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("method", "saved"),
    [*((method, False) for method in METHODS), *((method, True) for method in SAFE_METHODS)],
    ids=str,
)
def test_killed_anywhere_it_leaves_a_complete_file_and_the_next_run_cleans_up(killed, method, saved):
    places = sorted(killed.glob(f"{method}-{'saved' if saved else 'quiet'}-*"))
    assert len(places) > 8
    seen = set()
    for folder in places:
        path = folder / "a.xlsx"
        seen.add(path.read_bytes())
        recovered = file_replacement.recover(path)
        if path.read_bytes() in (OLD, NEW):  # killed before anybody saved, or nobody did
            assert (contents(folder), recovered) == ([path.read_bytes()], [])
        else:
            assert (contents(folder), recovered) in (([THEIRS], []), ([THEIRS], [file_replacement.ConcurrentSave()]))
        assert file_replacement.recover(path) == []
    assert seen == {OLD, NEW, *([THEIRS] if saved else [])}


def test_a_version_that_a_crash_displaced_is_kept_aside_when_somebody_saved_since(path):
    left = path.with_name(
        f".a.xlsx.{file_replacement.version_of(OLD)[:16]}.{file_replacement.version_of(NEW)[:16]}.abcdefgh.eig-swap"
    )
    left.write_bytes(THEIRS)
    path.write_bytes(b"newer")
    [recovered] = file_replacement.recover(path)
    assert (path.read_bytes(), recovered.aside.read_bytes()) == (b"newer", THEIRS)
    assert contents(path.parent) == sorted([b"newer", THEIRS])


def test_names_of_files_kept_aside_are_unique(path):
    for theirs in (b"one", b"two", b"three"):
        left = path.with_name(f".a.xlsx.{'0' * 16}.{'1' * 16}.abcdefgh.eig-swap")
        left.write_bytes(theirs)
        file_replacement.recover(path)
    assert contents(path.parent) == sorted([OLD, b"one", b"two", b"three"])


def test_what_belongs_to_another_file_is_left_alone(path):
    other = path.with_name(f".a.xlsx.bak.{'0' * 16}.{'1' * 16}.abcdefgh.eig-swap")
    other.write_bytes(THEIRS)
    assert file_replacement.recover(path) == []
    assert other.exists()


def test_a_rename_that_fails_leaves_no_link_beside(tmp_path):
    path = tmp_path / "campagne.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        file_exchange.swap_by_link(tmp_path / "absent.xlsx", path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def half_failed(new, path):
    """ReplaceFileW, error 1177: the old file has its backup's name, and nothing has the name of the workbook."""
    path.rename(new.with_stem(f"{new.stem}-"))
    raise OSError(1177, "ERROR_UNABLE_TO_MOVE_REPLACEMENT_2", str(path))


def killed_half_way(path, monkeypatch, before=OLD):
    """The program died there."""

    def dies(new, there):
        if there.exists():
            there.rename(new.with_stem(f"{new.stem}-"))
        raise KeyboardInterrupt

    monkeypatch.setattr(file_replacement, "swap" if before else "create_from", dies)
    with pytest.raises(KeyboardInterrupt):
        file_replacement.replace_version(path, before, NEW, lambda: None)
    monkeypatch.undo()


def test_an_exchange_that_half_failed_is_undone_at_once(path, monkeypatch):
    monkeypatch.setattr(file_exchange, "METHODS", [half_failed])
    with pytest.raises(OSError, match="1177"):
        file_replacement.replace_version(path, OLD, NEW, lambda: None)
    assert path.read_bytes() == OLD
    assert contents(path.parent) == [OLD]


def test_what_an_exchange_displaced_before_a_crash_is_found_and_put_back(path, monkeypatch):
    killed_half_way(path, monkeypatch)
    assert not path.exists()
    assert file_replacement.displaced(path).read_bytes() == OLD
    assert file_replacement.recover(path) == []
    assert path.read_bytes() == OLD
    assert contents(path.parent) == [OLD]


def test_what_somebody_saved_in_what_was_displaced_is_what_is_put_back(path, monkeypatch):
    killed_half_way(path, monkeypatch)
    file_replacement.displaced(path).write_bytes(THEIRS)
    file_replacement.recover(path)
    assert path.read_bytes() == THEIRS


def test_ours_is_not_deleted_while_it_is_the_only_one(path, monkeypatch):
    killed_half_way(path, monkeypatch)
    file_replacement.displaced(path).unlink()
    file_replacement.recover(path)
    assert path.read_bytes() == NEW


def test_a_file_that_was_about_to_be_made_is_no_displaced_one(tmp_path, monkeypatch):
    killed_half_way(tmp_path / "a.xlsx", monkeypatch, before=b"")
    assert file_replacement.displaced(tmp_path / "a.xlsx") is None
    assert file_replacement.recover(tmp_path / "a.xlsx") == []
    assert not (tmp_path / "a.xlsx").exists()
