"""Files are listed as they are, and deleted only while they are what was listed."""

import hashlib
import os
from zoneinfo import ZoneInfo

import pytest

from eig_sheets.features.privacy.files_stored import digest_of, distinct, erase, file_at, files_in, files_named

PARIS = ZoneInfo("Europe/Paris")


def make(path, content=b"a", day=1_600_000_000):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (day, day))
    return path


def test_files_are_listed_with_their_day_in_the_campaign_s_zone(tmp_path):
    make(tmp_path / "b" / "2.xlsx", b"abc", 1_617_832_800)  # 2021-04-07 22:00 UTC: the 8th in Paris
    make(tmp_path / "a.json")
    (tmp_path / "lien").symlink_to(tmp_path / "a.json")
    os.mkfifo(tmp_path / "tube")
    files = files_in(tmp_path, PARIS)
    assert [(file.name, file.size) for file in files] == [("a.json", 1), ("b/2.xlsx", 3)]
    assert files[1].made.isoformat() == "2021-04-08"
    assert files_in(tmp_path / "absent", PARIS) == []


def test_names_are_patterns_and_a_file_is_listed_once(tmp_path):
    make(tmp_path / "brouillons" / "a.eml")
    make(tmp_path / "autre" / "a.eml")
    files = files_named(tmp_path, ["brouillons*/*.eml", "*.ics"], PARIS)
    assert [file.name for file in files] == ["brouillons/a.eml"]
    assert distinct([*files, *files_in(tmp_path / "brouillons", PARIS)])[0].path == files[0].path
    assert len(distinct([*files, *files])) == 1


def test_a_file_by_its_path_whatever_its_name(tmp_path):
    path = make(tmp_path / "grille [1]*.xlsx")
    assert [file.path for file in file_at(path, PARIS)] == [path]
    assert file_at(tmp_path / "absent" / "x", PARIS) == []


def test_only_what_was_listed_is_deleted(tmp_path):
    path = make(tmp_path / "a.html")
    digest = digest_of(path)
    assert digest == hashlib.sha256(b"a").hexdigest()
    make(path, b"changed")
    assert (erase(path, digest), path.read_bytes()) == (False, b"changed")
    make(path)
    assert (erase(path, digest), path.exists()) == (True, False)
    assert erase(path, digest)  # a second time is the same


def test_a_link_is_never_followed(tmp_path):
    target = make(tmp_path / "le-leur")
    link = tmp_path / "lien"
    link.symlink_to(target)
    assert (erase(link, ""), target.exists(), link.is_symlink()) == (False, True, True)


@pytest.mark.slow
def test_a_huge_folder_is_listed_whole(tmp_path):
    """An answer that leaves out files without saying so would be a wrong one."""
    for number in range(20_010):
        (tmp_path / str(number)).touch()
    assert len(files_in(tmp_path, PARIS)) == 20_010
