"""A send of two hundred e-mails that was killed, and is started again until it is over.

Each person has one copy or none, and none only if the e-mail is « Incertain »; a person then looks who has it.
"""

from collections import Counter

from eig_sheets.emails.catalogue.deliveries import UNSENT_STAGES
from tests.end_to_end.sending.campaign import address, addresses, sending_id
from tests.end_to_end.sending.conftest import MANY


def waiting(team):
    """How many e-mails a send would still take."""
    return MANY - sum(one.stage not in UNSENT_STAGES for one in team.ledger.deliveries().values())


def send(team):
    """The command that sends them all."""
    return ("emails", "send", "--confirm", str(waiting(team)))


def over(team, post, run):
    """Send until it is over; the places of the e-mails that are « Incertain », and those that nobody has."""
    while waiting(team):
        run.run(*send(team))
    assert run.run("sync") == 0, run.said
    assert {*Counter(post.copies).values()} == {1}
    states = team.states
    doubtful = {one for one in range(MANY) if states[sending_id(one)] == "Incertain"}
    assert {states[sending_id(one)] for one in range(MANY) if one not in doubtful} == {"Envoyé"}
    lacking = {one for one in range(MANY) if address(one) not in post.copies}
    assert lacking <= doubtful
    return doubtful, lacking


def _settle(run, places, how):
    if places:
        assert run.run("emails", "settle", *map(sending_id, places), how) == 0, run.said


def everybody_gets_it_once(team, post, run):
    """It is over once a person has looked who has what is doubtful; what `over` found."""
    doubtful, lacking = over(team, post, run)
    _settle(run, doubtful - lacking, "--sent")
    _settle(run, lacking, "--not-sent")
    assert run.run(*send(team)) == 0, run.said
    assert team.states == dict.fromkeys(map(sending_id, range(MANY)), "Envoyé")
    assert post.copies == Counter(addresses(range(MANY)))
    assert len(post.received) == MANY
    return doubtful, lacking
