"""A send of two hundred e-mails that is killed at each step of a message: it is « Incertain », and no other."""

import random
import signal
from collections import Counter

import pytest

from tests.effort import spread
from tests.end_to_end.sending.campaign import addresses, sending_id
from tests.end_to_end.sending.conftest import FEW
from tests.end_to_end.sending.restarts import everybody_gets_it_once, send

STEPS = ("intended", "delivered", "handed over", "ended", "settled")


def in_the_middle():
    """Each step of a message, around its first and a later time; then any moment."""
    draw = random.Random(4)
    taken = [(step, moment, n) for n in (1, None) for step in STEPS for moment in ("before", "after")]
    whens = [(step, moment, n or draw.randint(2, 9)) for step, moment, n in taken]
    return spread(7, whens), spread(2, [(draw.uniform(0.2, 1),) for _ in range(4)])


@pytest.mark.slow
def test_killed_in_the_middle_of_messages(many_approved, tmp_path, post, killer):
    team = many_approved.copy(tmp_path / "campaign")
    team.serve(post.port)
    run = killer(team)
    steps, moments = in_the_middle()
    for where in steps:
        run.killed(*send(team), where=where)
    for moment in moments:
        assert run.run(*send(team), where=moment) in (0, -signal.SIGKILL)  # a fast machine may have sent them all
    doubtful, lacking = everybody_gets_it_once(team, post, run)
    assert lacking
    assert doubtful - lacking


@pytest.mark.slow
def test_killed_once_the_server_has_a_message(team, post, killer):
    """Nobody wrote that it left, but that it was about to: it is not sent again."""
    team.tick()
    run = killer(team)
    run.killed("emails", "send", "--confirm", str(FEW), where=("ended", "after", 2))
    assert team.send(FEW - 2).code == 0
    states = [team.states[sending_id(place)] for place in range(FEW)]
    assert states == ["Envoyé", "Incertain", *["Envoyé"] * (FEW - 2)]
    assert post.copies == Counter(addresses(range(FEW)))
