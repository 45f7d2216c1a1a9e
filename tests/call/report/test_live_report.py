"""`report --seance`: the page follows the workbook, says how fresh it is, and survives what happens meanwhile."""

import os
import re
import signal
import subprocess
import sys
import time
from unittest.mock import patch

import pytest

from eig_sheets.call.report.audience import JURY
from eig_sheets.call.report.commands import _page
from eig_sheets.call.report.commands_live import PERIOD, LivePage
from eig_sheets.call.report.live import RELOAD_SECONDS
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.documents.checksum import with_checksum
from eig_sheets.text.french import NARROW
from tests import in_memory
from tests.columns import cell_of
from tests.people_cells import type_in
from tests.program import ROOT, Campaign, eig, environment
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.sheets_server.world import permission

pytestmark = pytest.mark.in_memory

SCORE = cell_of("evaluations", "pertinence", 83)
FRESH = re.compile(rf"À jour à \d+{NARROW}h{NARROW}\d\d\.")


class Meeting:
    """A page during a meeting: what happens between two readings, one after the other, then Ctrl-C."""

    def __init__(self, demo, folder):
        self.demo, self.path = demo, folder / "seance.html"
        self.session = Session(str(demo.config), None, None, 0, quiet=False)
        self.pages = []

    def page_of(self, reading, results, live):
        return _page(reading, results, self.session.clock.today, JURY, live)

    def runs(self, *happenings):
        """The page after each of them, and at the end."""
        page, left = LivePage(self.session, self.path, self.page_of), [*happenings]
        page.begin()
        self.see()

        def wait():
            if len(self.pages) > 1 or len(left) < len(happenings):
                self.see()
            if not left:
                raise KeyboardInterrupt
            left.pop(0)()

        page.follow(wait)
        self.see()
        return self.pages

    def see(self):
        self.pages.append(self.path.read_text(encoding="utf-8"))


@pytest.fixture
def meeting(demo, tmp_path):
    return Meeting(demo, tmp_path)


def without_hours(page):
    return re.sub(rf"\d+{NARROW}h{NARROW}\d\d|sha256:\w+", "", page)


@pytest.mark.slow
def test_a_change_shows_and_the_end_is_said(meeting, capsys):
    def change():
        type_in(meeting.demo.workbook, "Évaluations", SCORE, 1)

    first, changed, end = meeting.runs(change)
    assert FRESH.search(first)
    assert f'data-seconds="{RELOAD_SECONDS}"' in first
    assert without_hours(changed) != without_hours(first)
    assert "Séance terminée\u202f: état lu à" in end
    assert 'data-seconds="0"' in end
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("le classeur a changé, la page aussi.")
    assert said[1:] == ["Séance terminée\u202f: la page reste telle qu’elle est."]


@pytest.mark.slow
def test_nothing_is_written_while_nothing_changes(meeting):
    times = []
    meeting.runs(*[lambda: times.append(meeting.path.stat().st_mtime_ns)] * 2)
    minutes = {FRESH.search(page)[0] for page in meeting.pages[:-1]}
    assert len({*times}) <= len(minutes)


@pytest.mark.slow
def test_a_workbook_that_cannot_be_read_is_said_once_and_the_page_stays(meeting, capsys):
    storage = in_memory.storage_at(meeting.demo.workbook)
    tabs = storage.tabs

    def vanish():
        storage.tabs = None

    def come_back():
        storage.tabs = tabs

    first, gone, still, back, _ = meeting.runs(vanish, lambda: None, come_back)
    assert "Dernier état lu à" in gone
    assert "le classeur ne peut plus être lu" in gone
    assert gone == still
    assert 'class="banner" id="direct"' in gone
    assert without_hours(back) == without_hours(first)
    said = capsys.readouterr().err.splitlines()
    begins = ["Il n’y a pas de classeur", "Tout va bien de nouveau", "Séance terminée"]
    assert [line.startswith(begin) for line, begin in zip(said, begins, strict=True)] == [True] * 3


@pytest.mark.slow
def test_a_header_that_somebody_changes_is_said_and_mended(meeting):
    header = cell_of("evaluations", "jure", 2)
    first, lost, back, _ = meeting.runs(
        lambda: type_in(meeting.demo.workbook, "Évaluations", header, "Qui ?"),
        lambda: type_in(meeting.demo.workbook, "Évaluations", header, "E-mail du juré"),
    )
    assert "le classeur ne peut plus être lu" in lost
    assert without_hours(back) == without_hours(first)


@pytest.mark.slow
def test_a_page_that_somebody_changed_is_never_replaced(meeting, capsys):
    theirs = "<p>autre chose</p>"
    pages = meeting.runs(
        lambda: meeting.path.write_text(theirs, encoding="utf-8"),
        lambda: type_in(meeting.demo.workbook, "Évaluations", SCORE, 1),
    )
    assert pages[-1] == theirs
    assert "n’est pas un rapport resté tel quel" in capsys.readouterr().err


def test_the_first_reading_must_succeed(meeting):
    in_memory.storage_at(meeting.demo.workbook).tabs = None
    with pytest.raises(Refusal):
        meeting.runs()
    assert not meeting.path.exists()


@pytest.mark.parametrize("options", [["--minutes", "--seance"], ["--seance", "--to", "seance.pdf"]])
def test_the_minutes_do_not_follow(demo, options):
    assert demo.run("report", *options).code == 2


def test_it_is_fresh_within_a_minute():
    assert PERIOD + RELOAD_SECONDS <= 30


HURRIED = """
import sys
from eig_sheets.call.report import commands_live
from eig_sheets.cli import main

commands_live.PERIOD = 1
sys.argv[0] = "eig-sheets"
main()
"""
"""The program, which reads the workbook again after a second."""


@pytest.mark.slow
@pytest.mark.on_a_file
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is a signal")
def test_as_a_program_it_follows_the_file_until_ctrl_c(demo, tmp_path):
    path = tmp_path / "seance.html"
    command = [sys.executable, "-c", HURRIED, *Campaign(demo.folder).arguments("report", "--seance", "--to", path)]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, encoding="utf-8")
    try:
        assert _waits(path.exists)
        first = without_hours(path.read_text(encoding="utf-8"))
        type_in(demo.workbook, "Évaluations", SCORE, 1)
        assert _waits(lambda: without_hours(path.read_text(encoding="utf-8")) != first)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert "Séance terminée" in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_on_a_google_sheet_each_reading_is_one_call(tmp_path):
    with running(locale="fr_FR") as server:
        book = server.world.create("Campagne", "anne@example.org")
        server.world.files[book.id].permissions.append(permission("user", "writer", EMAIL))
        env = {
            "GOOGLE_APPLICATION_CREDENTIALS": server.service_account,
            "EIG_SHEETS_API_ENDPOINT": server.url,
            "EIG_SHEETS_STATE": str(tmp_path / "state"),
        }
        assert eig("--config", ROOT / "config" / "campaign.toml", "--workbook", book.id, "init", env=env).code == 0
        with patch.dict(os.environ, env):
            session = Session(str(ROOT / "config" / "campaign.toml"), book.id, None, 0, quiet=True)
            page = LivePage(session, tmp_path / "seance.html", lambda *_: with_checksum("<p>Page</p>"))
            page.begin()
            server.script.post([])
            for _ in range(60 // PERIOD):
                page.refresh()
        assert [call.method for call in server.script.calls] == ["GET"] * (60 // PERIOD)


def _waits(happens, most=60):
    end = time.monotonic() + most
    while time.monotonic() < end and not happens():
        time.sleep(0.2)
    return happens()
