"""The pages of jurors in the state folder: as they came, once each, for their owner alone."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.call.jury.files_received import PageStore
from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept, NewPage, ReadPage, Unread
from eig_sheets.campaign.reviews.versions import Record, Version
from eig_sheets.storage.state import StateError

NOW = datetime(2021, 5, 4, 12)
VERSION = Version(
    "anna", "101", {"besoin": 3.5, "avis": "Favorable", "deport": False}, NOW, NOW, "a.xlsx", "G!B1", "v1"
)


def page(digest: str = "d1", source: str = "a.xlsx") -> ReadPage:
    unread = (Unread("a.xlsx", "G!B2", "illisible", "Corrigez.", "102"),)
    return ReadPage(digest, "a.xlsx", NOW, "EIG5", "anna", False, (VERSION,), unread).again_at(source)


def new(name: str, digest: str = "d1", content: bytes = b"work") -> NewPage:
    return NewPage(f"/pages/{name}", content, page(digest, name))


@pytest.fixture
def store(tmp_path) -> PageStore:
    return PageStore(tmp_path / "state", "campagne.xlsx")


def test_nothing_is_made_before_a_page_is_kept(store, tmp_path):
    assert store.kept() == NOTHING_KEPT
    assert store.read_by("1") == {}
    store.save_records(())
    assert not (tmp_path / "state").exists()


def test_a_page_comes_back_as_it_was_and_so_do_its_bytes(store, tmp_path):
    store.add([new("a.xlsx")], "1", [])
    store.save_records([Record(VERSION, 2, "b.xlsx", "")])
    kept = PageStore(tmp_path / "state", "campagne.xlsx").kept()
    assert kept.pages == kept.present == (page(),)
    assert kept.records == (Record(VERSION, 2, "b.xlsx", ""),)
    assert store.content("d1") == b"work"
    assert store.content("other") is None
    assert stat.S_IMODE((tmp_path / "state" / "grilles.sqlite3").stat().st_mode) == 0o600
    assert PageStore(tmp_path / "state", "another.xlsx").kept() == NOTHING_KEPT


def test_another_release_reads_again_and_the_bytes_stay_those_of_the_first_time(store):
    store.add([new("a.xlsx")], "1", [])
    assert [*store.read_by("1")] == ["d1"]
    assert store.read_by("2") == {}
    store.add([new("a.xlsx")], "2", [])
    assert [*store.read_by("2")] == ["d1"]
    assert len(store.kept().pages) == 1


def test_what_is_gone_from_a_folder_is_not_present_and_still_kept(store):
    store.add([new("a.xlsx"), new("b.xlsx", "d2")], "1", ["/pages"])
    store.add([new("b.xlsx", "d2")], "1", ["/pages"])
    kept = store.kept()
    assert [page.source for page in kept.present] == ["b.xlsx"]
    assert len(kept.pages) == 2
    store.add([new("a.xlsx", "d3")], "1", [])  # a file alone says nothing of the others
    assert [page.source for page in store.kept().present] == ["a.xlsx", "b.xlsx"]


def test_a_page_under_another_name_is_named_by_it(store):
    store.add([new("a.xlsx")], "1", ["/pages"])
    store.add([new("renamed.xlsx")], "1", ["/pages"])
    (present,) = store.kept().present
    assert {page.source for page in (present, *present.versions, *present.unread)} == {"renamed.xlsx"}


def test_a_damaged_file_is_said_with_what_to_do(store, tmp_path):
    store.add([new("a.xlsx")], "1", [])
    (tmp_path / "state" / "grilles.sqlite3").write_bytes(b"nothing like it" * 100)
    with pytest.raises(StateError, match="Déplacez-le ailleurs"):
        store.kept()


def test_what_is_said_of_candidates_is_kept_apart_and_erased_too(store):
    of_candidates = replace(page("d2"), of_candidates=True)
    store.add([NewPage("/pages/b.xlsx", b"other", of_candidates)], "1", [])
    store.save_records([Record(VERSION)], [Record(VERSION, 3)])
    kept = store.kept()
    assert (kept.records, kept.candidates) == ((Record(VERSION),), (Record(VERSION, 3),))
    assert kept.pages == (of_candidates.again_at("a.xlsx"),)
    store.erase(["d2"])
    assert store.kept() == Kept(records=(Record(VERSION),))  # the work on dossiers is kept longer
    store.add([new("a.xlsx")], "1", [])
    store.erase(["d1"])
    assert store.kept() == NOTHING_KEPT
