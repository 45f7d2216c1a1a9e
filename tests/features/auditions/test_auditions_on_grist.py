"""`jury schedule` in a Grist document: written once, kept by the nightly job, the same for another machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.grist.support import Team
from tests.features.auditions.test_auditions_on_google import PLANNING, RULES


@pytest.mark.slow
def test_the_timetable_is_written_once_and_kept(team: Team, tmp_path: Path):
    team.config.write_text(team.config.read_text(encoding="utf-8") + RULES, encoding="utf-8")
    done = team.run("jury", "schedule", "--format", "json")
    assert len(done.object["slots"]) > 10
    table = team.table(PLANNING)
    [numbers] = [column.id for column in table.columns if column.label == "N° de dossier"]
    assert [*table.cells[numbers]] == [one["dossier"] for one in done.object["slots"]]
    elsewhere = {"EIG_SHEETS_STATE": str(tmp_path / "elsewhere")}
    for env in ({}, elsewhere):
        assert team.run("sync", env=env).code == 0
        again = team.run("jury", "schedule", "--adjust", "--dry-run", "--format", "json", env=env).object
        assert (again["moved"], again["changes"]) == (0, [])
        first = done.object["slots"][0]
        explained = team.run("jury", "schedule", "--explain", first["dossier"], "--format", "json", env=env)
        whats = [one["what"] for one in explained.records]
        assert whats.count("Juré") == len([*first["jurors"], *first["leaving"], *first["absent"]])
        assert explained.own.strip() == ""
