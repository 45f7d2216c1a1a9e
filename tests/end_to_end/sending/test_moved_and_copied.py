"""A workbook is itself wherever it is (G14): its state follows it, and of two copies one alone sends."""

import hashlib
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from eig_sheets.spreadsheet.backends import is_same
from eig_sheets.storage.known_workbooks import KnownWorkbook, KnownWorkbooks, located, stored_keys
from tests.end_to_end.sending.campaign import Team, addresses, plain, sending_id
from tests.end_to_end.sending.conftest import FEW

ADOPT = "« eig-sheets state adopt »"


@pytest.fixture
def team(team) -> Team:
    """A campaign that was synchronised where it is, and from which nothing has left."""
    team.tick()
    assert team.run("sync").code == 0
    return team


@pytest.fixture
def sent(team) -> Team:
    """The same, two e-mails of which have left."""
    assert team.send(2, "--limit", "2").code == 0
    return team


def history(team: Team, *before: str | Path) -> list[dict[str, object]]:
    done = team.run(*before, "history", "--format", "json")
    assert done.code == 0, done
    return done.records


def runs(team: Team, *before: str | Path) -> list[object]:
    return [one["run"] for one in history(team, *before)]


def refuses(done) -> str:
    assert done.code == 1, done
    assert ADOPT in plain(done.err)
    return plain(done.err)


@pytest.mark.slow
def test_a_folder_that_moved_keeps_its_history_and_its_ledger(sent, tmp_path, post):
    known = runs(sent)
    assert known
    shutil.move(sent.folder, tmp_path / "autre" / "dossier")
    moved = Team(tmp_path / "autre" / "dossier")
    assert runs(moved) == known
    assert moved.run("sync").code == 0
    assert moved.send(FEW - 2).code == 0
    assert post.copies == Counter(addresses(range(FEW)))
    shutil.move(moved.folder, sent.folder)
    assert set(known) <= set(runs(sent))


@pytest.mark.slow
def test_a_file_that_moved_alone_keeps_them_too(sent, tmp_path, post):
    known = runs(sent)
    place = tmp_path / "ailleurs.xlsx"
    shutil.move(sent.workbook, place)
    assert runs(sent, "--workbook", place) == known
    assert sent.run("--workbook", place, "emails", "send", "--confirm", str(FEW - 2)).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
def test_a_link_to_a_file_is_that_file(sent, tmp_path, post):
    link = tmp_path / "lien.xlsx"
    link.symlink_to(sent.workbook)
    assert runs(sent, "--workbook", link) == runs(sent)
    assert sent.run("--workbook", link, "emails", "send", "--confirm", str(FEW - 2)).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
def test_of_two_copies_the_first_sends_until_a_person_says_otherwise(sent, tmp_path, post):
    copy = tmp_path / "copie.xlsx"
    shutil.copy(sent.workbook, copy)
    said = refuses(sent.run("--workbook", copy, "emails", "send", "--confirm", str(FEW - 2)))
    assert str(copy) in said
    assert str(sent.workbook) in said
    assert str(sent.workbook) in plain(sent.run("--workbook", copy, "sync").err)
    assert sent.send(1, "--limit", "1").code == 0
    assert sent.run("--workbook", copy, "state", "adopt").code == 0
    refuses(sent.send(FEW - 3))
    assert sent.run("--workbook", copy, "emails", "send", "--confirm", str(FEW - 3)).code == 0
    refuses(sent.send(FEW - 3))
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
def test_a_copied_folder_sends_nothing_while_the_first_is_there(sent, tmp_path, post):
    """Its state folder was copied along, and has seen the first one."""
    shutil.copytree(sent.folder, tmp_path / "double")
    double = Team(tmp_path / "double")
    refuses(double.send(FEW - 2))
    assert sent.send(FEW - 2).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
def test_a_copy_that_came_back_from_a_share_does_not_send_beside_the_one_that_went_on(sent, tmp_path, post):
    away, copy = tmp_path / "monté ailleurs.xlsx", tmp_path / "copie.xlsx"
    shutil.copy(sent.workbook, copy)
    sent.workbook.rename(away)  # an unmounted share
    assert sent.run("--workbook", copy, "emails", "send", "--confirm", str(FEW - 2)).code == 0
    away.rename(sent.workbook)
    refuses(sent.send(FEW - 2))
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
@pytest.mark.parametrize("command", [("sync",), ("emails", "send", "--confirm", str(FEW))], ids=" ".join)
def test_a_file_of_two_names_is_not_written(team, tmp_path, command, post):
    """Each of them has a state folder of its own: nothing else would tell."""
    other = Team(tmp_path / "second")
    shutil.copytree(team.folder / "config", other.folder / "config")
    os.link(team.workbook, other.workbook)
    team.type_in("Candidatures", {("4512000", "Nombre d’EIG demandés"): 3})
    assert team.workbook.stat().st_nlink == 2
    before = team.workbook.read_bytes()
    for one in (team, other):
        done = one.run(*command)
        assert (done.code, one.workbook.read_bytes() == before) == (1, True), done
        assert "2 noms sur ce disque" in plain(done.err)
    assert not post.copies
    other.workbook.unlink()
    assert team.send(FEW).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
def test_a_workbook_that_replaced_another_does_not_send_again(sent, post):
    """The file was lost, and made again at the same place: what left from there has left."""
    sent.workbook.unlink()
    fresh = Team(sent.folder)
    assert fresh.run("init").code == 0
    assert {sending_id(0), sending_id(1)} <= set(fresh.ledger.deliveries())
    assert fresh.run("sync", "--force").code == 0
    assert sum(post.copies.values()) == 2
    assert {sending_id(0), sending_id(1)} <= set(fresh.ledger.deliveries())


@pytest.mark.slow
def test_one_whose_place_was_taken_before_any_command_saw_it_elsewhere_keeps_its_state(sent, tmp_path, post):
    """The file of the former call is put aside, and a new one made: nobody knows yet where the first one is."""
    known, place = runs(sent), tmp_path / "archive.xlsx"
    shutil.move(sent.workbook, place)
    assert sent.run("init").code == 0
    assert sent.run("sync", "--force").code == 0
    assert runs(sent, "--workbook", place) == known
    assert sent.run("--workbook", place, "sync").code == 0
    assert sent.run("--workbook", place, "emails", "send", "--confirm", str(FEW - 2)).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.slow
def test_a_copy_names_an_original_of_which_nobody_knows_where_it_is(sent, tmp_path):
    """By where it was: another one has taken its place since."""
    copy = tmp_path / "copie.xlsx"
    shutil.copy(sent.workbook, copy)
    refuses(sent.run("--workbook", copy, "emails", "send", "--confirm", str(FEW - 2)))
    sent.workbook.unlink()
    assert sent.run("init").code == 0
    said = refuses(sent.run("--workbook", copy, "emails", "send", "--confirm", str(FEW - 2)))
    assert f"{copy} et {sent.workbook}" in said


@pytest.mark.slow
def test_two_calls_that_exchange_their_folders_keep_each_its_own(sent, tmp_path, monkeypatch):
    """With one state folder for both; the second one's place is taken before any command saw it elsewhere."""
    shutil.copytree(sent.folder / ".eig-sheets", tmp_path / "state")
    monkeypatch.setenv("EIG_SHEETS_STATE", str(tmp_path / "state"))
    other = Team(tmp_path / "other")
    shutil.copytree(sent.folder / "config", other.folder / "config")
    assert [other.run(command).code for command in ("init", "sync")] == [0, 0]
    first, second = history(sent), history(other)
    assert first != second
    for source, target in ((sent.folder, "aside"), (other.folder, sent.folder), (tmp_path / "aside", other.folder)):
        shutil.move(source, tmp_path / target)
    for team, known in ((Team(other.folder), first), (Team(sent.folder), second)):
        assert team.run("sync").code == 0
        assert history(team)[-len(known) :] == known
    places = {one.key: Path(one.place) for one in KnownWorkbooks(tmp_path / "state").all()}
    kept = {*stored_keys(tmp_path / "state")} & places.keys()  # without the campaign that was copied for this test
    assert sorted(places[key] for key in kept) == sorted([sent.workbook, other.workbook])


@pytest.mark.slow
@pytest.mark.parametrize("how", ["with a password", "displaced"])
def test_an_original_that_cannot_be_read_is_not_taken_for_gone(sent, tmp_path, how, post):
    copy = tmp_path / "copie.xlsx"
    shutil.copy(sent.workbook, copy)
    whole = sent.workbook.read_bytes()
    if how == "displaced":
        digest = hashlib.sha256(whole).hexdigest()[:16]
        sent.workbook.rename(sent.workbook.with_name(f".campagne.xlsx.{digest}.{'1' * 16}.abcd1234.eig-swap"))
    else:
        sent.workbook.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage")
    refuses(sent.run("--workbook", copy, "emails", "send", "--confirm", str(FEW - 2)))
    if how != "displaced":
        sent.workbook.write_bytes(whole)
    assert sent.send(FEW - 2).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


def test_one_file_by_two_paths_is_no_copy(sent):
    """As by two mounts of one disk, or on a disk that does not tell the case of letters."""
    place = sent.workbook
    assert is_same(str(place), str(place.parent / ".." / place.parent.name / place.name))
    known = KnownWorkbook(str(place), "0e", "key")
    assert located([known], "/autre/chemin.xlsx", "new", "0e", is_at=lambda *_: True, is_same=lambda *_: True) == known


@pytest.mark.slow
def test_another_workbook_at_a_place_that_was_left_knows_nothing_of_the_first(sent, tmp_path):
    known = runs(sent)
    place = tmp_path / "ailleurs.xlsx"
    shutil.move(sent.workbook, place)
    assert runs(sent, "--workbook", place) == known
    assert sent.run("--workbook", place, "sync").code == 0
    assert sent.run("init").code == 0
    assert sent.run("sync").code == 0
    assert len(runs(sent)) == 1
    assert runs(sent, "--workbook", place)[: len(known)] == known
