"""A send of two hundred e-mails that is killed at the first and the last steps of its chunks: none is doubtful."""

import pytest

from tests.end_to_end.sending.restarts import everybody_gets_it_once, send, waiting

OF_A_CHUNK = ("taken in the ledger", "workbook", "remembered")
ENDS = [
    *((step, moment, 1) for step in OF_A_CHUNK for moment in ("before", "after")),
    ("taken in the ledger", "after", 1),  # the workbook says that a send took them which is not this one
    ("workbook", "before", 1),
    ("settled", "after", 50),  # fifty are taken at once
    ("workbook", "before", 2),
    ("workbook", "after", 2),
    ("remembered", "after", 2),  # it has told everything
]
"""The first and the last steps of the chunks of a send, and what is between two of them."""


@pytest.mark.slow
def test_killed_at_the_ends_of_each_chunk(many_approved, tmp_path, post, killer):
    team = many_approved.copy(tmp_path / "campaign")
    team.serve(post.port)
    run = killer(team)
    for where in ENDS:
        run.killed(*send(team), where=where)
    assert waiting(team) == 0
    doubtful, _ = everybody_gets_it_once(team, post, run)
    assert doubtful == set()
    codes = {anomaly["code"] for anomaly in team.run("check", "--format", "json").records}
    assert "saisie_dans_onglet_robot" not in codes  # nobody typed what a killed send had just written
