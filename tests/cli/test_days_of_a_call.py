"""The workbook on five days of a call: what it shows, and every command before each tab has its phase."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.effort import slow, spread
from tests.features.modules import modules_of_features
from tests.in_memory import keep, read_from
from tests.program import Outcome, eig, program
from tests.run.test_tab_order import MOST
from tests.spreadsheet import libreoffice
from tests.two_workbooks import Pair

DAYS = ("2021-02-10", "2021-04-30", "2021-05-06", "2021-07-01", "2021-12-01")
EVERY_DAY = ["Accueil", "Candidatures", "Jury", "Évaluations", "Classement", "Anomalies", "E-mails à envoyer"]
OF_TALENTS = ["Accueil", "Talents", "Jury", "Évaluations talents", "Anomalies", "E-mails à envoyer", "Demandes"]
"""The candidates' own workbook."""
REVEALED = {day: ["Projets"] * (day >= "2021-05-24") for day in DAYS}
OF_FEATURES = {
    day: [name for module in modules_of_features("tabs_shown") for name, since in module.SINCE.items() if day >= since]
    for day in DAYS
}
"""Those that features add to the projects' workbook, after those of the call that are made with them."""
MADE_LATER = {
    day: [
        name
        for module in modules_of_features("tabs_shown")
        for name, since in getattr(module, "MADE_LATER", {}).items()
        if day >= since
    ]
    for day in DAYS
}
"""Those that a command of a feature makes in the demonstration, once the others are there."""
LATER = {day: ["Cofinancement"] * (day > "2021-04") for day in DAYS}


def made(folder: Path, day: str) -> Pair:
    """The demonstration of a day, on files."""
    done = eig("--today", day, "demo", folder)
    assert done.code == 0, done.err
    return Pair(folder)


def shown(path: Path) -> list[str]:
    """The tabs that people see in a file."""
    return [tab.title for tab in openpyxl.load_workbook(path, read_only=True) if tab.sheet_state == "visible"]


@pytest.mark.slow
@pytest.mark.parametrize("day", [DAYS[-1], *slow(*spread(2, DAYS[:-1]))])
def test_at_most_twelve_tabs_show_in_the_file(tmp_path, day):
    campaign = made(tmp_path / "demo", day)
    tabs = shown(campaign.workbook)
    assert tabs == [*EVERY_DAY, *LATER[day], *OF_FEATURES[day], *MADE_LATER[day]]
    assert len(tabs) <= MOST
    before = campaign.bytes
    assert campaign.run("--today", day, "sync").code == 0
    assert campaign.bytes == before


@pytest.mark.slow
@pytest.mark.needs("talents")
@pytest.mark.parametrize("day", [DAYS[-1], *slow(*spread(2, DAYS[:-1]))])
def test_at_most_twelve_tabs_show_in_that_of_candidates(tmp_path, day):
    campaign = made(tmp_path / "demo", day)
    tabs = shown(campaign.talents)
    assert tabs == [*OF_TALENTS, *REVEALED[day]]
    assert len(tabs) <= MOST
    before = campaign.talents.read_bytes()
    assert campaign.run("--today", day, "sync").code == 0
    assert campaign.talents.read_bytes() == before


@pytest.mark.slow
def test_libreoffice_shows_the_same_tabs(tmp_path):
    campaign = made(tmp_path / "demo", "2021-12-01")
    saved = libreoffice.convert(campaign.workbook, "xlsx", tmp_path / "lo", profile=tmp_path / "profile")
    assert shown(saved) == [*EVERY_DAY, *LATER["2021-12-01"], *OF_FEATURES["2021-12-01"], *MADE_LATER["2021-12-01"]]


@pytest.fixture(scope="module")
def early_file(tmp_path_factory) -> Pair:
    """The demonstration on a day when few tabs have their phase: not to be changed."""
    return made(tmp_path_factory.mktemp("early") / "demo", DAYS[0])


@pytest.fixture
def early(early_file, tmp_path) -> Pair:
    """A copy of it, in memory."""
    copy = Pair(tmp_path / "demo")
    shutil.copytree(early_file.folder, copy.folder, ignore=shutil.ignore_patterns("*.xlsx"))
    keep(copy.workbook, read_from(early_file.workbook))
    copy.state.save_last_run(early_file.state.load_last_run())
    if early_file.talents.exists():
        keep(copy.talents, read_from(early_file.talents))
        copy.talents_state.save_last_run(early_file.talents_state.load_last_run())
    return copy


READING = [
    ("check",), ("rank",), ("cofinancing",), ("emails", "list"), ("emails", "check"), ("jury", "status"),
    ("select",), ("emails", "draft", "--dry-run"), ("jury", "assign", "--dry-run"), ("init", "--dry-run"),
]  # fmt: skip


@pytest.mark.parametrize("command", [*READING[:4], *slow(*((command,) for command in READING[4:]))], ids=" ".join)
def test_no_command_needs_a_tab_before_its_phase(early, command):
    done: Outcome = early.run("--today", DAYS[0], *command)
    assert done.code in (0, 1), done
    assert "Erreur inattendue" not in done.err
    assert "« Cofinancement" not in done.err.replace("\u202f", " ")


def test_the_same_workbook_grows_from_phase_to_phase(early):
    for day in DAYS[1:]:
        assert early.run("--today", day, "sync").code == 0
        tabs = [tab.name for tab in early.read().tabs if not tab.hidden]
        since_then = [name for name in OF_FEATURES[day] if name not in OF_FEATURES[DAYS[0]]]
        assert tabs == [*EVERY_DAY, *OF_FEATURES[DAYS[0]], *LATER[day], *since_then]
        saves = early.bytes
        assert early.run("--today", day, "init").code == 0
        assert early.bytes == saves


@pytest.mark.slow
def test_init_of_a_new_workbook_follows_the_day_too(tmp_path):
    campaign = made(tmp_path / "demo", DAYS[0])
    campaign.workbook.unlink()
    done = program("--config", campaign.config, "--today", "2021-12-01", "init")
    assert done.code == 0, done.err
    assert shown(campaign.workbook) == [*EVERY_DAY, *LATER["2021-12-01"], *OF_FEATURES["2021-12-01"]]
