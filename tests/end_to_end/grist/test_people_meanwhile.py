"""Whatever people do in a Grist document between two calls: what they typed stays, the robot's is right again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.effort import examples, spread
from tests.end_to_end.grist import faulty_proxy as faults
from tests.end_to_end.grist.acts import act, chosen, people_cells, rename_all_columns, undo
from tests.end_to_end.grist.faulty_proxy import Fault, FaultyProxy
from tests.end_to_end.grist.support import Team

READING = (None, faults.cut_after, faults.status(429), faults.status(500))
WRITING = (None, faults.cut_before, faults.cut_after, faults.delivered_twice, faults.status(429), faults.status(500))


def synced(team: Team, meanwhile: list[list[Any]], *failing: Fault | None) -> None:
    """A run, people at work just before its write: every cell of theirs is there afterwards, as they left it.

    `failing` are the faults of its calls, in turn.
    """
    cells = people_cells(team.now)

    def work() -> None:
        act(team, meanwhile)
        cells.clear()
        cells.update(people_cells(team.now))

    with FaultyProxy(team.server.url, *failing, before_write=work) as proxy:
        done = team.run("sync", through=proxy.url)
    assert "Traceback" not in done.err, done.err
    after = people_cells(team.now)
    assert {place: after.get(place, "gone") for place in cells} == cells


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act_of", "meanwhile"),
    spread(2, [(undo, False), (undo, True), (rename_all_columns, True), (rename_all_columns, False)]),
)
def test_all_at_once(act_of, meanwhile, team):
    team.type_in("Évaluations", 80, "Définition", 1)
    team.run("sync")
    team.type_in("Évaluations", 80, "Définition", 2)
    actions = act_of(team, team.table("Candidatures"), None)
    assert len(actions) == (1 if act_of is undo else len(team.table("Candidatures").columns))
    if not meanwhile:
        team.act(*actions)
    synced(team, actions if meanwhile else [])
    assert "Traceback" not in team.run("sync").err
    version = team.now.version
    team.run("sync")
    assert team.now.version == version


@pytest.mark.slow
def test_what_the_robot_wrote_is_written_again_when_people_undo_it(team):
    team.type_in("Évaluations", 80, "Définition", 1)
    team.run("sync")
    ranking = team.table("Classement").cells
    team.act(*team.undo())
    assert team.table("Classement").cells != ranking
    assert team.run("sync").code == 0
    assert team.table("Classement").cells == ranking


@pytest.mark.slow
@settings(max_examples=examples(1, 8), suppress_health_check=[*HealthCheck], phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_people_at_work_between_runs(finished_team, tmp_path_factory, data):
    team = finished_team.copy(tmp_path_factory.mktemp("people") / "demo")

    def choose(values):
        return data.draw(st.sampled_from(values))

    for _ in range(4):
        for _ in range(data.draw(st.integers(1, 3), "acts")):
            act(team, chosen(team, choose))
        failing = [data.draw(st.sampled_from(faults_of), "fault") for faults_of in (READING, WRITING)]
        synced(team, chosen(team, choose) if data.draw(st.booleans(), "meanwhile") else [], *failing)
    team.run("init")
    problems = team.run("sync").code
    version, cells = team.now.version, people_cells(team.now)
    done = team.run("sync")
    assert (done.code, "Traceback" in done.err) == (problems, False)
    assert people_cells(team.now) == cells
    assert team.now.version == version
