"""Where no lock keeps another machine out, nothing is sent; all the rest works."""

import errno
import fcntl
import os

import pytest

from eig_sheets.storage import file_lock
from tests.end_to_end.sending.campaign import addresses, plain
from tests.end_to_end.sending.conftest import FEW
from tests.end_to_end.sending.terminal import at_a_terminal


@pytest.fixture(params=["synchronised", "without locks"])
def place(request, team, monkeypatch):
    """Why it is refused there."""
    if request.param == "synchronised":
        (team.folder / ".sync_0a1b2c3d4e5f.db").touch()
        return "est dans un dossier que Nextcloud synchronise"
    path, real = file_lock.lock_path(team.workbook), fcntl.flock

    def flock(handle, operation):
        if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
            raise OSError(errno.ENOLCK, "no locks")
        real(handle, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    return "ne connaît pas les verrous"


def test_nothing_is_sent_from_there(team, post, place):
    team.tick()
    done = team.send(FEW)
    assert (done.code, place in plain(done.err)) == (1, True), done
    team.set_config("nightly_send = false", "nightly_send = true")
    done = team.run("sync")
    assert (done.code, place in plain(done.err)) == (1, True), done
    assert post.received == []
    assert set(team.states.values()) == {"Validé"}


@pytest.mark.slow
def test_all_the_rest_works_there(team, post, place):
    team.tick()
    assert team.run("sync").code == 0
    assert len(team.run("emails", "send", "--dry-run", "--format", "json").records) == FEW
    done = team.send(FEW, "--redirect-all-to", "moi@example.org")
    assert (done.code, post.copies) == (0, {"moi@example.org": FEW})
    done = team.run("emails", "draft", "--to", "eml", "--folder", team.folder / "brouillons")
    assert (done.code, f"{FEW} brouillons créés" in plain(done.err)) == (0, True), done
    assert team.run("emails", "send").code == 0  # nothing to send: it tells where e-mails stand


@pytest.mark.slow
def test_the_warning_comes_before_a_number_is_asked_for(team):
    team.tick()
    (team.folder / ".sync_0a1b2c3d4e5f.db").touch()
    with at_a_terminal(team.arguments("emails", "send")) as terminal:
        assert terminal.ended() == 1
    assert "Tapez" not in terminal.shown


@pytest.mark.slow
def test_it_leaves_once_the_workbook_is_elsewhere(team, post):
    team.tick()
    mark = team.folder / ".sync_0a1b2c3d4e5f.db"
    mark.touch()
    assert team.send(FEW).code == 1
    mark.unlink()
    assert team.send(FEW).code == 0
    assert sorted(post.copies) == addresses(range(FEW))
