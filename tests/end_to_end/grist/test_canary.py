"""`doctor --canary` on a real Grist server: a row comes and goes, and no other table changes."""

from __future__ import annotations

import pytest

from tests.end_to_end.grist.support import Team


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
