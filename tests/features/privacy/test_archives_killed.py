"""An erasure that is killed anywhere is ended by the same command, with the same result (guarantee G5)."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from eig_sheets.call.jury.files_received import PageStore
from eig_sheets.features.privacy.files_records import EliminationLog
from eig_sheets.storage import database
from eig_sheets.storage.ledger import Ledger
from tests.clock import today
from tests.effort import first, spread
from tests.end_to_end.forked import become
from tests.features.privacy.archived import ID, files, finish, run

pytestmark = pytest.mark.in_memory
EVENTS = ("os.remove", "os.rename", "sqlite3.connect")
"""What an erasure does to the disk, as Python tells of it; a database is committed between two of them."""


@pytest.fixture
def over(demo, monkeypatch):
    monkeypatch.chdir(demo.folder)
    finish(demo)
    return demo


def killed(arguments, event, count):
    """How a run ends that kills itself at its n-th event of that kind."""
    process = os.fork()
    if not process:
        seen = 0

        def die(name, _=None):
            nonlocal seen
            if name == event:
                seen += 1
                if seen == count:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        rewrite = database.rewrite
        database.rewrite = lambda connection: (die("VACUUM"), rewrite(connection))
        become([*map(str, arguments)], silent=1)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def state_of(campaign):
    """What there is after an elimination, but its moments."""
    place = campaign.state.folder, str(campaign.workbook)
    [done] = EliminationLog(*place).eliminations()
    ledger = Ledger(*place)
    return {
        "files": {*files(campaign)},
        "pages": PageStore(*place).kept(),
        "done": (bool(done.done_at), done.visa, done.visa_day, done.items, done.left, done.count),
        "ledger": (ledger.deliveries(), ledger.is_reduced(ID)),
        "on disk": any(b"ventadour" in data for name, data in files(campaign).items() if name.endswith(".sqlite3")),
        "verified": run(campaign, "archives", "verify", "--format", "json").records,
    }


def erased(campaign, reference):
    return ("archives", "erase", reference, "--visa", "AN 12", "--visa-date", today().isoformat(), "--confirm", "4")


@pytest.fixture
def listed(over):
    run(over, "archives", "purge")
    run(over, "archives", "bordereau")
    [elimination] = EliminationLog(over.state.folder, str(over.workbook)).eliminations()
    return elimination.reference


@pytest.mark.slow
@pytest.mark.parametrize(
    ("event", "count"),
    first(1, [("VACUUM", 1), ("os.remove", 1), *spread(6, ((event, n) for event in EVENTS for n in (1, 2, 4, 7)))]),
)
def test_a_killed_elimination_is_ended_by_the_same_command(over, listed, event, count):
    command = erased(over, listed)
    end = killed(["--config", over.config, *command], event, count)
    assert end in (0, -signal.SIGKILL)
    log = EliminationLog(over.state.folder, str(over.workbook))
    if not log.eliminations()[0].done_at:
        assert run(over, *command).code == 0
    state = state_of(over)
    assert state["pages"].pages == ()
    assert state["done"][:1] + state["done"][3:] == (True, (), 0, 4)
    assert state["ledger"] == ({}, True)
    assert (state["on disk"], [record["different"] for record in state["verified"]]) == (False, [[]])
    assert not any(name.endswith(("rapport-jury.html", ".eig-tmp")) for name in state["files"])
    assert "proces-verbal.docx" in state["files"]


@pytest.mark.parametrize(
    ("event", "count"), first(1, [("VACUUM", 2), ("VACUUM", 1), ("os.remove", 1), ("os.remove", 3)])
)
def test_a_killed_purge_is_ended_by_the_same_command(over, event, count):
    assert killed(["--config", over.config, "archives", "purge"], event, count) == -signal.SIGKILL
    assert run(over, "archives", "purge").code == 0
    ledger = Ledger(over.state.folder, str(over.workbook))
    assert (ledger.deliveries(), ledger.is_reduced(ID)) == ({}, True)
    assert not over.state.remembers()
    assert run(over, "archives", "purge", "--format", "json").records == []
    assert b"ventadour" not in (over.state.folder / "etat.sqlite3").read_bytes()
    assert b"ventadour" not in (over.state.folder / "envois.sqlite3").read_bytes()
