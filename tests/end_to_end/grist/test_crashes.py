"""A run that is killed at any of its calls: the next one makes everything right, and nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from tests.effort import spread
from tests.end_to_end.grist.faulty_proxy import Call, FaultyProxy
from tests.end_to_end.grist.support import DAY, Team
from tests.end_to_end.grist.test_faults import is_right
from tests.grist_server import ROBOT
from tests.program import command_line, environment


def killed_at(number: int, team: Team, *, answered: bool) -> None:
    """Run a sync as a program of its own, and kill it at a call: before Grist does it, or after."""

    def kill(call: Call) -> None:
        if answered:
            call.forward()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    with FaultyProxy(team.server.url, *[None] * number, kill) as proxy:
        place = f"{proxy.url}/{team.document}"
        command = command_line("--config", team.config, "--workbook", place, *DAY, "sync")
        env = environment({"EIG_SHEETS_GRIST_KEY": team.server.keys[ROBOT]})
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.wait(120)
        assert process.returncode == -signal.SIGKILL


def looks(team: Team) -> list[object]:
    """Titles of pages in their order, what each shows of its table and how wide, and charts."""
    document = team.now
    shown = [
        (table.title, [[(ref, width) for ref, (_, width) in one.fields.items()] for one in table.sections if one.view])
        for table in document.tables
    ]
    return [
        *((title, [[width for _, width in fields] for fields in sections]) for title, sections in shown),
        sorted(chart.title for chart in document.charts),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("answered", [False, True])
def test_a_run_that_is_killed_once_it_made_a_table_is_finished_by_the_next_one(answered, team: Team):
    """Its widths and styles are set after the write; the next run has nothing else to do."""
    team.act(["RemoveTable", team.table("Cofinancement").id])
    twin = team.copy(team.folder.with_name("twin"))
    assert twin.run("sync").code == 0
    killed_at(5 if answered else 4, team, answered=answered)
    assert (looks(team) == looks(twin)) == answered
    done = team.run("sync")
    assert (done.code, "Traceback" in done.err) == (0, False)
    assert looks(team) == looks(twin)
    assert not team.now.undressed
    assert is_right(team)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "answered"), spread(2, [(2, True), (0, True), (2, False)]))
def test_a_run_that_is_killed_at_a_call(number, answered, team: Team):
    team.type_in("Évaluations", 80, "Définition", 1)
    killed_at(number, team, answered=answered)
    assert team.run("sync").code == 0
    assert is_right(team)
