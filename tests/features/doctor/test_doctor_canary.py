"""`doctor --canary`: a row is written, read again and taken back; nothing else of the workbook changes."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.features.doctor.tab import NAME, TAB, TABLE, WriteTrial
from eig_sheets.features.doctor.write_trial import VERSIONS_FOLDER, plan_trial
from eig_sheets.spreadsheet.memory import MemoryWorkbook
from eig_sheets.spreadsheet.model.base import MovedError
from tests import in_memory
from tests.health import SECRET, listening
from tests.nightly import Robot
from tests.people_cells import people
from tests.program import environment

pytestmark = pytest.mark.in_memory

TRIAL = "Essai d’écriture"


def canary(demo, *arguments, env=None):
    """How it ended, and its findings: (status, message) by what they are about."""
    done = demo.run("doctor", "--canary", "--format", "json", *arguments, env=env)
    assert SECRET not in done.out + done.err
    findings = {
        record["check"]: (record["status"], record["message"].replace("\u202f", " ")) for record in done.records
    }
    assert done.code == any(status == "erreur" for status, _ in findings.values())
    return done.code, findings


def others(demo):
    """Every tab but that of the trial."""
    return [tab for tab in demo.read().tabs if tab.name != NAME]


def storage(demo):
    return in_memory.storage_at(demo.workbook)


def with_health(demo, url):
    with demo.config.open("a", encoding="utf-8") as file:
        file.write(f'\n[alerts]\nhealth_url = "{url}"\n')


@pytest.fixture
def health(demo):
    """A monitoring service, which the configuration of the demo names."""
    with listening() as service:
        with_health(demo, service.url)
        yield service


@pytest.mark.slow
def test_a_row_is_written_and_taken_back_and_nothing_else_changes(demo):
    before, saves = others(demo), storage(demo).saves
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0], storage(demo).saves) == (0, "ok", saves + 2)
    assert "relue à l’identique, puis effacée." in findings[TRIAL][1]
    assert others(demo) == before
    tab = demo.read().tab(NAME)
    assert (tab.mark, tab.hidden, [*tab.rows[-1]]) == (TAB, True, [column.header for column in TABLE.sheet_columns])
    assert canary(demo)[1] == findings
    assert (others(demo), demo.read().tab(NAME)) == (before, tab)


@pytest.mark.slow
def test_a_sync_that_follows_writes_nothing(demo):
    robot = Robot(demo)
    assert not robot.sync().plan
    canary(demo)
    run = robot.sync()
    assert (bool(run.plan), [anomaly for anomaly in run.results.anomalies if anomaly.tab == NAME]) == (False, [])
    assert "Rien ne manque" in demo.run("init").err


def test_without_the_option_nothing_is_written(demo):
    saves = storage(demo).saves
    assert TRIAL not in {finding["check"] for finding in demo.run("doctor", "--format", "json").records}
    assert storage(demo).saves == saves


@pytest.mark.slow
def test_what_a_run_that_was_killed_left_is_taken_back(demo):
    robot = Robot(demo)
    left = WriteTrial("0123456789ab", datetime(2021, 4, 29, 5, 30))
    robot.book.apply(plan_trial(robot.read(), robot.settings, left).plan)
    assert robot.tab(NAME).rows[0]["Essai"] == left.token
    assert not robot.sync().plan
    code, findings = canary(demo)
    assert (code, "d’un essai interrompu" in findings[TRIAL][1]) == (0, True)
    assert Robot(demo).tab(NAME).rows == []
    assert "interrompu" not in canary(demo)[1][TRIAL][1]


def test_a_tab_of_people_s_under_that_name_is_left_alone(demo):
    kept = storage(demo)
    theirs = replace(kept.tabs[0], name=NAME, mark=None)
    kept.save([*kept.tabs, theirs])
    saves = kept.saves
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0], "n’est pas du robot" in findings[TRIAL][1]) == (1, "erreur", True)
    assert (kept.saves, demo.read().tab(NAME)) == (saves, theirs)


def test_a_program_that_accepts_and_writes_nothing_is_found_out(demo, health, monkeypatch):
    kept = storage(demo)
    monkeypatch.setattr(type(kept), "save", lambda self, tabs: None)  # the program of a peer, one day
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0]) == (1, "erreur")
    assert health.asked == [f"/ping/{SECRET}/fail"]


def test_a_value_that_is_not_kept_is_named(demo, monkeypatch):
    kept, save = storage(demo), type(storage(demo)).save

    def rounding(self, tabs):
        made = [tab if tab.name != NAME else replace(tab, rows=[*map(rounded, tab.rows)]) for tab in tabs]
        save(self, made)

    monkeypatch.setattr(type(kept), "save", rounding)
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0], ", en D" in findings[TRIAL][1]) == (1, "erreur", True)


@pytest.mark.slow
def test_two_machines_that_try_at_the_same_moment_tell_of_no_failure(demo, health, monkeypatch):
    kept, save = storage(demo), type(storage(demo)).save
    count = iter(range(100))

    def replaced(self, tabs):
        save(self, [tab if tab.name != NAME else replace(tab, rows=[*map(other, tab.rows)]) for tab in tabs])

    def other(row):
        return (f"{next(count):012x}", *row[1:]) if len(row) > 1 and isinstance(row[1], datetime) else row

    monkeypatch.setattr(type(kept), "save", replaced)
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0], "Une autre machine" in findings[TRIAL][1]) == (0, "attention", True)
    assert health.asked == []


def test_a_workbook_that_never_stops_changing_is_no_failure(demo, health, monkeypatch):
    def moved(self, plan):
        raise MovedError("Le classeur a changé entre-temps. Relancez.")

    monkeypatch.setattr(MemoryWorkbook, "apply", moved)
    assert canary(demo)[1][TRIAL][0] == "attention"
    assert health.asked == []


@pytest.mark.slow
def test_a_row_that_stays_is_no_other_machine_s(demo, health, monkeypatch):
    robot = Robot(demo)
    robot.book.apply(plan_trial(robot.read(), robot.settings, WriteTrial("0123456789ab", datetime(2021, 4, 29))).plan)
    monkeypatch.setattr(type(storage(demo)), "save", lambda self, tabs: None)
    assert canary(demo)[1][TRIAL][0] == "erreur"
    assert health.asked == [f"/ping/{SECRET}/fail"]


def rounded(row):
    return tuple(round(value) if isinstance(value, float) else value for value in row)


@pytest.mark.slow
def test_a_workbook_that_another_run_holds_is_said_and_no_failure(demo, health):
    storage(demo).locked = True
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0]) == (0, "attention")
    assert findings[TRIAL][1].startswith("L’essai n’a pas eu lieu. Une autre exécution")
    assert health.asked == []
    assert "Rien n’est signalé" in findings["Surveillance"][1]


def test_no_other_run_comes_between_the_write_and_its_end(demo, monkeypatch):
    held, read = [], MemoryWorkbook.read

    def reading(self):
        held.append(self.storage.locked)
        return read(self)

    monkeypatch.setattr(MemoryWorkbook, "read", reading)
    canary(demo)
    assert held[-3:] == [True] * 3


def test_a_state_that_another_run_holds_is_said_too(demo):
    saves = storage(demo).saves
    with demo.state.locked():
        code, findings = canary(demo)
    assert (code, findings[TRIAL][0], storage(demo).saves) == (0, "attention", saves)


@pytest.mark.slow
def test_the_monitoring_service_is_told_of_a_success(demo, health):
    _, findings = canary(demo)
    assert health.asked == [f"/ping/{SECRET}"]
    assert findings["Surveillance"][0] == "ok"


@pytest.mark.slow
def test_nothing_is_told_without_the_option(demo, health):
    demo.run("doctor")
    assert health.asked == []


def test_any_error_is_told_as_a_failure(demo, health):
    (demo.folder / ".eig-sheets").chmod(0o500)
    code, findings = canary(demo)
    (demo.folder / ".eig-sheets").chmod(0o700)
    assert (code, TRIAL in findings) == (1, False)
    assert health.asked == [f"/ping/{SECRET}/fail"]


@pytest.mark.slow
def test_a_monitoring_service_that_refuses_changes_no_outcome_and_its_url_is_not_shown(demo, health):
    health.answer["status"] = 404
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0], findings["Surveillance"][0]) == (0, "ok", "attention")
    assert "a refusé l’appel (HTTP 404)" in findings["Surveillance"][1]


def test_a_configuration_that_cannot_be_read_tells_nobody(demo):
    demo.set_config("target = 20 ", "target = -20 ")
    code, findings = canary(demo)
    assert (code, [*findings]) == (1, ["Python", "Configuration"])


KILLED_ONCE_WRITTEN = """
import os, signal, sys
from eig_sheets.cli import main
from eig_sheets.features.doctor import commands_canary
commands_canary._problem = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["eig-sheets", *{arguments!r}]
main()
"""


@pytest.mark.slow
@pytest.mark.on_a_file
def test_kill_9_between_the_write_and_its_end_costs_nothing(demo):
    before, owned = others(demo), people(demo.workbook)
    arguments = [*map(str, demo.arguments("doctor", "--canary"))]
    code = KILLED_ONCE_WRITTEN.format(arguments=arguments)
    killed = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=False)
    assert (killed.returncode, len(Robot(demo).tab(NAME).rows)) == (-signal.SIGKILL, 1)
    code, findings = canary(demo)
    assert (code, "d’un essai interrompu" in findings[TRIAL][1], Robot(demo).tab(NAME).rows) == (0, True, [])
    assert (others(demo), owned.lost(people(demo.workbook))) == (before, [])
    assert not demo.state.with_versions_in(VERSIONS_FOLDER).versions.exists()


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_file_keeps_its_earlier_versions_and_who_has_it_open_is_waited_for(demo):
    kept = sorted(path.name for path in demo.state.versions.iterdir())
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0]) == (0, "ok")
    assert sorted(path.name for path in demo.state.versions.iterdir()) == kept
    assert not demo.state.with_versions_in(VERSIONS_FOLDER).versions.exists()
    written = demo.workbook.read_bytes()
    demo.workbook.with_name(".~lock.campagne.xlsx#").write_text(",Ada,,", encoding="utf-8")
    code, findings = canary(demo)
    assert (code, findings[TRIAL][0], "ouvert par Ada" in findings[TRIAL][1]) == (0, "attention", True)
    assert demo.workbook.read_bytes() == written
    demo.workbook.with_name(".~lock.campagne.xlsx#").unlink()
    with in_memory.opened(demo.workbook, demo.state).locked():
        code, findings = canary(demo)
    assert (code, findings[TRIAL][0], "Une autre exécution" in findings[TRIAL][1]) == (0, "attention", True)
    assert demo.workbook.read_bytes() == written
