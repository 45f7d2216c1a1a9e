"""`doctor` on a real Grist server: a row comes and goes, each account is asked for what it sees."""

from __future__ import annotations

import pytest

from tests.end_to_end.grist.conftest import finished_team as finished_team  # noqa: PLC0414 (a fixture, as the others)
from tests.end_to_end.grist.conftest import last_change as last_change  # noqa: PLC0414
from tests.end_to_end.grist.conftest import team as team  # noqa: PLC0414
from tests.end_to_end.grist.support import Team
from tests.end_to_end.grist.test_access import closed as closed  # noqa: PLC0414
from tests.grist_server import COLLEAGUE, JUROR, OFFICER, ROBOT, STRANGER
from tests.grist_words import foreign_words


@pytest.mark.slow
def test_a_write_trial_comes_and_goes(team: Team):
    before = {table.title: table.cells for table in team.now.tables}
    done = team.run("doctor", "--canary", "--format", "json")
    found = {one["check"]: one["status"] for one in done.records}
    assert found["Essai d’écriture"] == "ok", done.out
    after = {table.title: table.cells for table in team.now.tables}
    trial = after.pop("Essai d’écriture")
    assert (after, {len(cells) for cells in trial.values()}) == (before, {0})
    assert "Rien n’a changé" in team.run("sync").err


def test_doctor_asks_as_each_account(closed: Team):
    found = closed.run("doctor", "--access", "--format", "json").records
    said = {one["message"].split()[0].strip(","): one for one in found if one["check"] == "Comptes"}
    assert {who: one["status"] for who, one in said.items()} == {
        ROBOT: "ok", OFFICER: "ok", COLLEAGUE: "ok", JUROR: "ok", STRANGER: "attention",
    }  # fmt: skip
    assert "rien d’autre" in said[JUROR]["message"]


def test_it_speaks_of_no_letters_on_a_real_document(finished_team: Team):
    done = finished_team.run("doctor", env={"COLUMNS": "1000"})
    assert done.code < 2, done.err
    assert foreign_words(f"{done.out}\n{done.err}") == []
    assert "#a1.s" not in done.out + done.err
