"""What the state folder keeps of a workbook that is nowhere any more is listed, and goes when a person names it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from eig_sheets.storage.known_workbooks import stored_keys
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.outage_log import OutageLog
from tests.end_to_end.sending.campaign import Team, plain, sending_id
from tests.end_to_end.sending.conftest import FEW
from tests.end_to_end.sending.conftest import few as few  # noqa: PLC0414 (a fixture, as the others below)
from tests.end_to_end.sending.conftest import post as post  # noqa: PLC0414
from tests.end_to_end.sending.conftest import team as team  # noqa: PLC0414

REGISTRY = "classeurs.sqlite3"


def rekey(team: Team, former: str, key: str) -> None:
    """Have what the state folder keeps under a key be under another, as if the workbook had been elsewhere."""
    for path in team.state.folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(path)) as base:
            for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if "workbook" in [column for _, column, *_ in base.execute(f"PRAGMA table_info({table})")]:
                    base.execute(f"UPDATE {table} SET workbook = ? WHERE workbook = ?", (key, former))
            base.commit()


@pytest.fixture
def sent(team) -> Team:
    """A campaign that was synchronised, two e-mails of which have left."""
    team.tick()
    assert team.run("sync").code == 0
    assert team.send(2, "--limit", "2").code == 0
    return team


@pytest.fixture
def left(sent, tmp_path) -> tuple[Team, Path]:
    """One whose file was moved before workbooks had an identity, and where it was."""
    former = tmp_path / "avant.xlsx"
    (sent.state.folder / REGISTRY).unlink()
    rekey(sent, str(sent.workbook), str(former))
    return sent, former


def told(team: Team) -> list[dict]:
    records = team.run("archives", "list", "--format", "json").records
    return [one for one in records if one["id"] == "autre_classeur"]


@pytest.mark.slow
def test_it_is_listed_and_stays_until_a_person_names_it(left):
    team, former = left
    [line] = told(team)
    assert (line["what"], line["goes"]) == (str(former), False)
    assert line["count"] >= 3
    assert "archives purge --of" in line["reason"]
    assert team.run("archives", "purge").code == 0
    assert told(team) == [line]


@pytest.mark.slow
def test_it_goes_when_it_is_named_but_what_left_does_not(left):
    team, former = left
    shown = team.run("archives", "purge", "--of", former, "--dry-run", "--format", "json")
    assert shown.code == 0
    before = told(team)
    assert before[0]["count"] > len(shown.records) > 0
    assert team.run("archives", "purge", "--of", former).code == 0
    [line] = told(team)
    assert line["count"] == before[0]["count"] - len(shown.records)
    assert "ce qui est parti" in line["reason"]
    assert {*Ledger(team.state.folder, str(former)).deliveries()} == {sending_id(0), sending_id(1)}
    assert team.run("archives", "purge", "--of", former, "--format", "json", "--dry-run").records == []


@pytest.mark.slow
def test_nothing_of_it_is_in_the_files_any_more_but_its_ledger(left):
    team, former = left
    team.run("archives", "purge", "--of", former)
    folder = team.state.folder
    holding = [path.name for path in folder.rglob("*.sqlite3") if str(former).encode() in path.read_bytes()]
    assert {*holding} <= {"envois.sqlite3", "historique.sqlite3"}


@pytest.mark.slow
def test_one_that_is_not_known_is_refused_with_those_that_are(left):
    team, former = left
    done = team.run("archives", "purge", "--of", "inconnu.xlsx")
    assert done.code == 1
    assert str(former) in plain(done.err)


@pytest.mark.slow
def test_that_of_another_call_which_is_in_its_place_is_not_told(sent, tmp_path):
    other = Team(tmp_path / "autre appel")
    shutil.copytree(sent.folder / "config", other.folder / "config")
    env = {"EIG_SHEETS_STATE": str(sent.state.folder)}
    for command in ("init", "sync"):
        assert other.run(command, env=env).code == 0
    assert str(other.workbook) in stored_keys(sent.state.folder)
    assert told(sent) == []
    done = sent.run("archives", "purge", "--of", other.workbook)
    assert done.code == 1
    other.workbook.unlink()
    assert [one["what"] for one in told(sent)] == [str(other.workbook)]


@pytest.mark.slow
def test_one_that_moved_and_is_known_is_nowhere_else(sent, tmp_path):
    shutil.move(sent.folder, tmp_path / "ailleurs")
    moved = Team(tmp_path / "ailleurs")
    assert moved.run("sync").code == 0
    assert told(moved) == []
    assert moved.send(FEW - 2).code == 0


@pytest.mark.slow
def test_one_online_may_be_in_use_elsewhere(left):
    team, former = left
    url = "https://grist.example.org/abcdefgh"
    rekey(team, str(former), url)
    [line] = told(team)
    assert line["what"] == url
    assert "en ligne" in line["reason"]


def test_nights_that_failed_are_no_workbook(sent):
    """They are counted under the location as it is written: nothing else is known when a workbook cannot be read."""
    OutageLog(sent.state.folder, "https://docs.google.com/spreadsheets/d/abc/edit").begin(datetime(2021, 5, 6))
    assert told(sent) == []
