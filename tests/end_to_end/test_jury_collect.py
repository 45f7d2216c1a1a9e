"""`jury collect` into a file: what jurors typed is kept to the letter; a run that is stopped anywhere heals."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import read
from tests.call.jury.returned import free_pairs
from tests.effort import spread
from tests.end_to_end.jury_pages import kept_as_sent, send
from tests.program import ROOT, environment

pytestmark = pytest.mark.slow

NOTES = "Notes reçues"


@pytest.fixture
def sent(demo, tmp_path):
    """A juror, their dossiers, and the folder with what they sent."""
    pairs = free_pairs(read(demo.read(), loading.load(demo.config)))
    juror = pairs[0][0]
    numbers = tuple(numero for one, numero in pairs if one == juror)[:3]
    return juror, numbers, send(tmp_path / "pages", juror, numbers)


def test_what_jurors_typed_is_kept_to_the_letter_and_written_once(demo, sent):
    juror, numbers, mailbox = sent
    assert demo.run("jury", "collect", mailbox.folder).code == 0
    assert demo.run("sync").code == 0
    before = demo.bytes
    for command in (("jury", "collect", mailbox.folder), ("sync",)):
        assert (demo.run(*command).code, demo.bytes) == (0, before)
    kept_as_sent(demo.read().tab(NOTES), juror, numbers)


def test_pages_read_while_the_workbook_is_open_elsewhere_come_with_the_next_sync(demo, sent):
    juror, numbers, mailbox = sent
    lock = demo.workbook.with_name(f"~${demo.workbook.name}")
    lock.write_bytes(b"someone")
    before = demo.bytes
    assert demo.run("jury", "collect", mailbox.folder).code == 1
    assert demo.bytes == before
    lock.unlink()
    shutil.rmtree(mailbox.folder)
    assert demo.run("sync").code == 0
    kept_as_sent(demo.read().tab(NOTES), juror, numbers)


@pytest.mark.parametrize("delay", spread(2, [0.4, 0.8, 1.2, 1.6]))
def test_a_run_that_is_killed_heals_with_the_next_one(demo, sent, delay):
    juror, numbers, mailbox = sent
    command = [sys.executable, "-m", "eig_sheets", *map(str, demo.arguments("jury", "collect", mailbox.folder))]
    running = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        running.communicate(timeout=delay)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
    assert demo.run("jury", "collect", mailbox.folder).code == 0
    kept_as_sent(demo.read().tab(NOTES), juror, numbers)
    demo.run("sync")
    before = demo.bytes
    assert demo.run("sync").code == 0
    assert demo.bytes == before
