"""What a command writes is its owner’s alone, whatever the umask; what a team shares is for its group too."""

import json
import stat
import subprocess
import sys

import pytest

from tests.end_to_end.sending.conftest import FEW
from tests.program import copied_config, environment

SHARED = (
    "campagne.xlsx",
    "talents.xlsx",
    "demo",
    "config",
    "campaign.toml",
    "emails",
    "export-ds.csv",
    "eig-sheets.cmd",
)
"""Names of what a team shares: the workbook, and the campaign of demonstration around it."""

APPEAR = {
    "campagne.xlsx", ".eig-sheets", "etat.sqlite3", "envois.sqlite3", "versions", "rapport-jury.html",
    "proces-verbal.docx", "brouillons", "new", "nested", "index.html", "message.html",
}  # fmt: skip


def commands(folder):
    """Every command that writes, once or more."""
    demo, own = ("--config", f"{folder}/demo/config/campaign.toml", "--today", "2021-04-30"), f"{folder}/own/config"
    return [
        ("--today", "2021-04-30", "demo", f"{folder}/demo"),
        (*demo, "import", f"{folder}/demo/export-ds.csv"),
        (*demo, "sync"),
        (*demo, "report"),
        (*demo, "report", "--minutes"),
        (*demo, "emails", "draft", "--to", "eml", "--folder", f"{folder}/new/nested", "--template", "ineligible"),
        (*demo, "emails", "draft", "--to", "eml", "--dossier", "3726490"),
        (*demo, "emails", "show", "pieces_manquantes-3726490", "--open"),
        (*demo, "state", "adopt"),
        ("--config", f"{own}/campaign.toml", "init"),
        ("--config", f"{folder}/sent/config/campaign.toml", "emails", "send", "--confirm", FEW),
    ]  # fmt: skip


def modes(folder):
    """The mode of every file and folder below one."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in folder.rglob("*")}


def expected(path, umask):
    """The mode of what the robot makes."""
    parts = path.split("/")
    folder = "." not in parts[-1] or parts[-1] == ".eig-sheets"
    lock = parts[-1].endswith(".eig-verrou")  # whoever may write the workbook may lock it
    shared = lock or parts[-1] in SHARED or parts[-2:-1] == ["emails"]
    return ((0o770 if folder else 0o660) & ~umask) if shared else (0o700 if folder else 0o600)


def run(umask, folder, wanted, env):
    """What each command said that did not end well."""
    given = json.dumps([[*map(str, one)] for one in wanted])
    done = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.one_process", f"{umask:o}", given],
        cwd=folder, env=environment(env), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(one, said) for one, (code, said) in zip(wanted, json.loads(done.stdout), strict=True) if code]


@pytest.fixture
def folder(tmp_path, few, post):
    """A folder with a configuration of which nothing is made yet, and a campaign whose e-mails may leave."""
    copied_config(tmp_path / "own" / "config")
    (tmp_path / "pages").mkdir()
    team = few.copy(tmp_path / "sent")
    team.serve(post.port)
    team.tick()
    team.lose_the_state()
    return tmp_path


def made(umask, folder, wanted):
    """What commands made and its mode, beside the mode that it should have."""
    before = modes(folder)
    assert run(umask, folder, wanted, {"TMPDIR": str(folder / "pages"), "BROWSER": "true"}) == []
    after = modes(folder)
    return {path: (f"{after[path]:o}", f"{expected(path, umask):o}") for path in after.keys() - before.keys()}


@pytest.mark.slow
def test_nothing_that_a_command_writes_is_for_everybody(folder):
    """Under a umask that would leave all to all."""
    found = made(0o000, folder, commands(folder))
    assert {path: pair for path, pair in found.items() if pair[0] != pair[1]} == {}
    assert {path.rpartition("/")[2] for path in found} >= APPEAR


@pytest.mark.slow
def test_the_usual_umask_lets_the_group_read_what_the_team_shares_and_nothing_else(folder):
    wanted = [one for one in commands(folder) if "demo" in one or one[-1] in ("init", "report")]
    found = made(0o022, folder, wanted)
    assert {path: pair for path, pair in found.items() if pair[0] != pair[1]} == {}
    assert found["demo/campagne.xlsx"] == ("640", "640")
    assert found["rapport-jury.html"] == ("600", "600")
