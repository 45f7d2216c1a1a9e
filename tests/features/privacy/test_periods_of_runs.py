"""How long runs, and the copies of the workbook, stay in the history: `[retention]` says so."""

import re

import pytest

from tests.features.privacy.archived import JUROR, run
from tests.run.test_history import altered, score
from tests.run.test_history import two_runs as two_runs  # noqa: PLC0414 (a fixture)

pytestmark = pytest.mark.in_memory


@pytest.mark.slow
def test_runs_whose_period_has_ended_go(two_runs):
    altered(two_runs, "UPDATE runs SET at = '2015-05-04T03:00:00' WHERE run = 1")
    assert run(two_runs, "archives", "purge").code == 0
    assert [recorded["run"] for recorded in two_runs.run("history", "--format", "json").records] == [2]


@pytest.mark.slow
def test_without_a_period_no_copy_is_made(demo):
    text = demo.config.read_text(encoding="utf-8")
    without, count = re.subn(r"\[retention\.snapshots\](?:.*\n){3}", "", text)
    assert count == 1
    demo.config.write_text(without, encoding="utf-8")
    assert demo.run("sync").code == 0
    score(demo, 2)
    assert demo.run("sync").code == 0
    number = demo.run("history", "--format", "json").records[-1]["run"]
    done = demo.run("restore", "Classement", "--run", str(number))
    assert (done.code, "Ajoutez [retention.snapshots]" in done.err) == (1, True)


@pytest.mark.slow
def test_copies_are_shown_to_the_person_whom_they_name_and_go_with_their_period(two_runs, monkeypatch):
    monkeypatch.chdir(two_runs.folder)
    held = {item["holding"] for item in run(two_runs, "person", "show", JUROR, "--format", "json").records}
    assert "copies_executions" in held
    assert "historique" not in held
    text = two_runs.config.read_text(encoding="utf-8")
    two_runs.config.write_text(text.replace("months = 3\n", "months = 1\n"), encoding="utf-8")
    listed = run(two_runs, "--today", "2099-01-01", "archives", "list", "--format", "json").records
    goes = {record["id"]: (record["count"], record["goes"]) for record in listed}
    assert (goes["copies_executions"], goes["historique"]) == ((2, True), (2, True))


@pytest.mark.slow
def test_a_call_without_personal_data_keeps_its_copies_and_hears_nothing_of_periods(demo):
    text = demo.config.read_text(encoding="utf-8").replace("months = 3\n", "months = 1\n")
    demo.config.write_text(f'[features]\nwithout = ["privacy"]\n{text}', encoding="utf-8")
    score(demo, 1)
    assert demo.run("sync").code == 0
    altered(demo, "UPDATE runs SET at = '2015-05-04T03:00:00'")
    score(demo, 2)
    assert run(demo, "sync").code == 0
    first, *_ = demo.run("history", "--format", "json").records
    assert first["at"].startswith("2015")
    assert demo.run("restore", "Classement", "--run", str(first["run"])).code == 0
    missing = demo.run("restore", "Classement", "--run", "99")
    assert (missing.code, "retention" in missing.err) == (1, False)
