"""A file that people save while it is replaced: nothing of theirs is lost, at any moment, by any way."""

import os
import subprocess
import sys
from itertools import combinations

import pytest

from eig_sheets.workbook.xlsx import exchange, replacing, save
from tests.program import ROOT, environment
from tests.workbook.xlsx.saved_meanwhile import NEW, OLD, SURE, THEIRS, WAYS, by_rename, contents, in_place

MOMENTS = ("before the exchange", "after it", "before it is undone", "before the newest is put back")
SCHEDULES = [some for count in range(len(MOMENTS) + 1) for some in combinations(MOMENTS, count)]


@pytest.fixture
def path(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(OLD)
    return tmp_path / "a.xlsx"


def only(monkeypatch, way):
    """This system and this file system offer nothing better."""
    monkeypatch.setattr(exchange, "WAYS", [WAYS[way]])


@pytest.mark.parametrize("way", WAYS)
def test_one_version_takes_the_place_of_another(path, monkeypatch, way):
    only(monkeypatch, way)
    path.chmod(0o640)
    replacing.replace_version(path, OLD, NEW, lambda: None)
    assert contents(path.parent) == [NEW]
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("way", WAYS)
def test_a_last_look_that_says_no_leaves_everything(path, monkeypatch, way):
    only(monkeypatch, way)

    def no():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replacing.replace_version(path, OLD, NEW, no)
    assert contents(path.parent) == [OLD]


class People:
    """They save at some moments of a replacement; `overwritten` is what they saw, and saved over."""

    def __init__(self, path, monkeypatch, way, moments, how):
        self.path, self.moments, self.how = path, moments, how
        self.saved, self.overwritten = [], set()
        self.exchanges, self.way = 0, WAYS[way]
        real = replacing.sync_folder
        monkeypatch.setattr(exchange, "WAYS", [self.exchange])
        monkeypatch.setattr(replacing, "sync_folder", lambda folder: (real(folder), self.at("after it")))

    def at(self, moment):
        if moment in self.moments and moment not in self.saved:
            self.overwritten.add(self.path.read_bytes())
            self.how(self.path, moment.encode())
            self.saved.append(moment)

    def exchange(self, new, path):
        self.exchanges += 1
        self.at({2: MOMENTS[2], 3: MOMENTS[3]}.get(self.exchanges))
        return self.way(new, path)


@pytest.mark.parametrize("how", [by_rename, in_place])
@pytest.mark.parametrize("moments", SCHEDULES, ids=", ".join)
@pytest.mark.parametrize("way", SURE)
def test_whatever_people_save_at_any_moment_is_kept(path, monkeypatch, way, moments, how):
    """All that they saved, but for what they saved over themselves; and the last is in its place, but for a third."""
    people = People(path, monkeypatch, way, moments, how)
    try:
        replacing.replace_version(path, OLD, NEW, lambda: people.at(MOMENTS[0]))
    except replacing.OvertakenError as error:
        assert MOMENTS[0] in people.saved
        aside = error.rescued.aside
        assert contents(path.parent) == sorted([path.read_bytes(), *([aside.read_bytes()] if aside else [])])
        assert aside is None or aside.name.startswith("a (autre version, ")
        assert path.read_bytes() not in (OLD, NEW)
    else:
        assert MOMENTS[0] not in people.saved
        assert contents(path.parent) == [people.saved[-1].encode() if people.saved else NEW]
    kept = {one.encode() for one in people.saved} - people.overwritten
    assert kept <= {*contents(path.parent)}
    if people.saved and MOMENTS[3] not in people.saved:
        assert path.read_bytes() == people.saved[-1].encode()


def test_what_is_written_into_the_old_file_while_it_has_two_names_is_kept(path, monkeypatch):
    only(monkeypatch, "link")
    real = os.link

    def link(*arguments, **options):
        monkeypatch.setattr(os, "link", real)
        real(*arguments, **options)
        in_place(path, THEIRS)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(replacing.OvertakenError):
        replacing.replace_version(path, OLD, NEW, lambda: None)
    assert contents(path.parent) == [THEIRS]


@pytest.mark.parametrize("way", SURE)
def test_a_file_that_is_taken_away_stays_so(path, monkeypatch, way):
    only(monkeypatch, way)
    with pytest.raises(FileNotFoundError):
        replacing.replace_version(path, OLD, NEW, path.unlink)
    assert contents(path.parent) == []


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("flags", [True, False])
def test_a_new_file_never_takes_the_place_of_one_that_appeared(tmp_path, monkeypatch, links, flags):
    path = tmp_path / "a.xlsx"
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError))
    if not flags:
        monkeypatch.setattr(exchange, "renamed", lambda *_: False)
    with pytest.raises(FileExistsError):
        replacing.replace_version(path, b"", NEW, lambda: path.write_bytes(THEIRS))
    assert contents(tmp_path) == [THEIRS]
    path.unlink()
    replacing.replace_version(path, b"", NEW, lambda: None)
    assert contents(tmp_path) == [NEW]


def test_a_system_that_lacks_a_way_takes_the_next(path, monkeypatch):
    taken = []
    lacking = [lambda *_, number=number: bool(taken.append(number)) for number in range(2)]
    monkeypatch.setattr(exchange, "WAYS", [*lacking, exchange.replaced])
    replacing.replace_version(path, OLD, NEW, lambda: None)
    assert (taken, contents(path.parent)) == ([0, 1], [NEW])


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """One folder for each place where a replacement was killed."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.workbook.xlsx.saved_meanwhile", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(("way", "saved"), [*((way, False) for way in WAYS), *((way, True) for way in SURE)], ids=str)
def test_killed_anywhere_it_leaves_a_whole_file_and_the_next_run_cleans_up(killed, way, saved):
    places = sorted(killed.glob(f"{way}-{'saved' if saved else 'quiet'}-*"))
    assert len(places) > 8
    seen = set()
    for folder in places:
        path = folder / "a.xlsx"
        seen.add(path.read_bytes())
        rescued = replacing.resume(path)
        if path.read_bytes() in (OLD, NEW):  # killed before anybody saved, or nobody did
            assert (contents(folder), rescued) == ([path.read_bytes()], [])
        else:
            assert (contents(folder), rescued) in (([THEIRS], []), ([THEIRS], [replacing.Rescued()]))
        assert replacing.resume(path) == []
    assert seen == {OLD, NEW, *([THEIRS] if saved else [])}


def test_what_a_crash_left_displaced_is_kept_aside_when_somebody_saved_since(path):
    left = path.with_name(f".a.xlsx.{save.version_of(OLD)[:16]}.{save.version_of(NEW)[:16]}.abcdefgh.eig-swap")
    left.write_bytes(THEIRS)
    path.write_bytes(b"newer")
    [rescued] = replacing.resume(path)
    assert (path.read_bytes(), rescued.aside.read_bytes()) == (b"newer", THEIRS)
    assert contents(path.parent) == sorted([b"newer", THEIRS])


def test_names_aside_are_never_taken_from_another_file(path):
    for theirs in (b"one", b"two", b"three"):
        left = path.with_name(f".a.xlsx.{'0' * 16}.{'1' * 16}.abcdefgh.eig-swap")
        left.write_bytes(theirs)
        replacing.resume(path)
    assert contents(path.parent) == sorted([OLD, b"one", b"two", b"three"])


def test_what_belongs_to_another_file_is_left_alone(path):
    other = path.with_name(f".a.xlsx.bak.{'0' * 16}.{'1' * 16}.abcdefgh.eig-swap")
    other.write_bytes(THEIRS)
    assert replacing.resume(path) == []
    assert other.exists()
