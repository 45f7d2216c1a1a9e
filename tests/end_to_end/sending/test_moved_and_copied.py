"""A workbook is itself wherever it is (G14): its state follows it, and of two copies one alone sends."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

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


def runs(team: Team, *before: str | Path) -> list[int]:
    done = team.run(*before, "history", "--format", "json")
    assert done.code == 0, done
    return [one["run"] for one in done.records]


def refuses(done) -> str:
    assert done.code == 1, done
    assert ADOPT in plain(done.err)
    return plain(done.err)


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


def test_a_file_that_moved_alone_keeps_them_too(sent, tmp_path, post):
    known = runs(sent)
    place = tmp_path / "ailleurs.xlsx"
    shutil.move(sent.workbook, place)
    assert runs(sent, "--workbook", place) == known
    assert sent.run("--workbook", place, "emails", "send", "--confirm", str(FEW - 2)).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


def test_a_link_to_a_file_is_that_file(sent, tmp_path, post):
    link = tmp_path / "lien.xlsx"
    link.symlink_to(sent.workbook)
    assert runs(sent, "--workbook", link) == runs(sent)
    assert sent.run("--workbook", link, "emails", "send", "--confirm", str(FEW - 2)).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


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


def test_a_copied_folder_sends_nothing_while_the_first_is_there(sent, tmp_path, post):
    """Its state folder was copied along, and has seen the first one."""
    shutil.copytree(sent.folder, tmp_path / "double")
    double = Team(tmp_path / "double")
    refuses(double.send(FEW - 2))
    assert sent.send(FEW - 2).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


def test_a_copy_that_came_back_from_a_share_does_not_send_beside_the_one_that_went_on(sent, tmp_path, post):
    away, copy = tmp_path / "monté ailleurs.xlsx", tmp_path / "copie.xlsx"
    shutil.copy(sent.workbook, copy)
    sent.workbook.rename(away)  # an unmounted share
    assert sent.run("--workbook", copy, "emails", "send", "--confirm", str(FEW - 2)).code == 0
    away.rename(sent.workbook)
    refuses(sent.send(FEW - 2))
    assert post.copies == Counter(addresses(range(FEW)))


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


def test_a_workbook_that_replaced_another_does_not_send_again(sent, post):
    """The file was lost, and made again at the same place: what left from there has left."""
    sent.workbook.unlink()
    fresh = Team(sent.folder)
    assert fresh.run("init").code == 0
    assert {sending_id(0), sending_id(1)} <= set(fresh.ledger.deliveries())
    assert fresh.run("sync", "--force").code == 0
    assert sum(post.copies.values()) == 2
    assert {sending_id(0), sending_id(1)} <= set(fresh.ledger.deliveries())


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
