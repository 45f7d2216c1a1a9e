"""The state folder is lost in the middle: nothing leaves twice, and `state adopt` takes up what the workbook knows."""

import random
from collections import Counter

import pytest

from tests.end_to_end.sending.campaign import address, addresses, plain, sending_id
from tests.end_to_end.sending.conftest import FEW


def refused(team, post):
    """A send that says to adopt, and by which nothing leaves."""
    before = len(post.received)
    done = team.send(FEW)
    assert done.code == 1
    assert "Rien n’est envoyé : « Envois » connaît" in plain(done.err)
    assert "« eig-sheets state adopt »" in plain(done.err)
    assert len(post.received) == before
    drafted = team.run("emails", "draft", "--to", "eml", "--folder", team.folder / "brouillons")
    assert (drafted.code, (team.folder / "brouillons").exists()) == (1, False)


def adopted(team):
    done = team.run("state", "adopt")
    assert done.code == 0, done
    return plain(done.err)


def settled(team, post):
    """Say of each doubtful e-mail what is so; who had none."""
    doubtful = {place for place in range(FEW) if team.states[sending_id(place)] == "Incertain"}
    lacking = {place for place in doubtful if address(place) not in post.copies}
    for places, how in ((doubtful - lacking, "--sent"), (lacking, "--not-sent")):
        if places:
            done = team.run("emails", "settle", *map(sending_id, places), how)
            assert done.code == 0, done
    return lacking


def everybody_has_it_once(team, post):
    assert team.states == dict.fromkeys(map(sending_id, range(FEW)), "Envoyé")
    assert post.copies == Counter(addresses(range(FEW)))


def over(team, post):
    """Send what is left until nothing is."""
    adopted(team)
    assert team.run("sync").code == 0
    settled(team, post)
    left = ready(team)
    assert team.send(left).code == 0
    everybody_has_it_once(team, post)


def ready(team):
    """How many e-mails a send would take; none when it would refuse."""
    done = team.run("emails", "send", "--dry-run", "--format", "json")
    return len(done.records) if done.code == 0 else 0


@pytest.mark.slow
@pytest.mark.in_memory
def test_between_two_sends(team, post):
    team.tick()
    assert team.send(2, "--limit", "2").code == 0
    team.lose_the_state()
    refused(team, post)
    assert "2 envois repris." in adopted(team)
    assert team.send(FEW - 2).code == 0
    everybody_has_it_once(team, post)


@pytest.mark.slow
def test_after_a_kill_all_that_was_taken_is_doubtful(team, post, killer):
    team.tick()
    killer(team).killed("emails", "send", "--confirm", str(FEW), where=("delivered", "before", 3))
    team.lose_the_state()
    refused(team, post)
    said = adopted(team)
    assert f"{FEW} envois repris." in said
    assert all(sending_id(place) in said for place in range(FEW))
    assert set(team.states.values()) == {"Incertain"}
    assert "Aucun e-mail validé à envoyer." in plain(team.run("emails", "send").err)
    assert len(post.received) == 2
    assert len(settled(team, post)) == FEW - 2
    assert team.send(FEW - 2).code == 0
    everybody_has_it_once(team, post)


@pytest.mark.slow
@pytest.mark.in_memory
def test_while_it_is_sending(team, post):
    """It ends in French, and what left before as well as what left after is not sent again."""
    team.tick()
    post.when[3] = team.lose_the_state
    done = team.send(FEW)
    assert done.code == 1, done
    assert "Traceback" not in done.err
    assert "« eig-sheets state adopt »" in plain(done.err)
    del post.when[3]
    refused(team, post)
    over(team, post)


STEPS = ("taken in the ledger", "workbook", "intended", "delivered", "ended", "settled")


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 20])
def test_whatever_happens_in_any_order(team, post, killer, count):
    team.tick()
    run, draw, state = killer(team), random.Random(4), team.folder / ".eig-sheets"
    acts = {
        "all is lost": lambda: state.exists() and team.lose_the_state(),
        "the ledger is lost": lambda: (state / "envois.sqlite3").unlink(missing_ok=True),
        "the memory is lost": lambda: (state / "etat.sqlite3").unlink(missing_ok=True),
        "adopt": lambda: adopted(team),
        "settle": lambda: settled(team, post),
        "sync": lambda: team.run("sync"),
        "send": lambda: team.send(1, "--limit", "1"),
    }
    for _ in range(count):
        act = draw.choice([*acts, *["killed"] * 4])
        if act == "killed":
            where = (draw.choice(STEPS), draw.choice(("before", "after")), draw.randint(1, 2))
            run.run("emails", "send", "--confirm", str(ready(team)), where=where)
        else:
            acts[act]()
        assert not post.copies or max(post.copies.values()) == 1, act
    over(team, post)
