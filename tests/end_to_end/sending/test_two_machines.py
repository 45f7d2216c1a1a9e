"""Two machines, each with a state of its own, send the e-mails of one Google Sheet: each leaves once."""

import subprocess
from collections import Counter
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from eig_sheets.emails.catalogue.deliveries import UNSENT_STAGES
from tests.end_to_end.google.test_two_runs import held
from tests.end_to_end.sending import spreadsheet
from tests.end_to_end.sending.campaign import plain
from tests.end_to_end.sending.spreadsheet import IDS, PEOPLE
from tests.sheets_server.server import Server

ALL = len(IDS)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    with spreadsheet.begun(tmp_path_factory.mktemp("sheet")) as again:
        yield again


@pytest.fixture
def here(campaign, tmp_path, post):
    """The machine that synchronised the campaign."""
    return campaign(tmp_path, post.port)


@pytest.fixture
def there(here):
    """Another one."""
    return here.elsewhere("there")


def everybody_has_it_once(machine, post):
    assert post.copies == Counter(PEOPLE)
    assert len(post.received) == ALL
    assert machine.states == dict.fromkeys(IDS, "Envoyé")


def goes_on(machine, post):
    """A machine takes up what another did, a person says what is doubtful, and it sends what is left."""
    assert machine.run("state", "adopt").code == 0
    doubtful = [one for one in IDS if machine.states[one] == "Incertain"]
    arrived = [one for one in doubtful if PEOPLE[IDS.index(one)] in post.copies]
    for ids, how in ((arrived, "--sent"), ([one for one in doubtful if one not in arrived], "--not-sent")):
        if ids:
            assert machine.run("emails", "settle", *ids, how).code == 0
    left = ALL - sum(one.stage not in UNSENT_STAGES for one in machine.ledger.deliveries().values())
    assert machine.send(left).code == 0


def told_to_adopt(outcome):
    assert outcome.code == 1, outcome
    assert "« eig-sheets state adopt »" in plain(outcome.err)


@contextmanager
def after_call(number, act):
    """Let something happen once a call to Google is over, before who made it knows."""
    left, reply = [number], Server.reply

    def later(server, verb, target, headers, body):
        made = reply(server, verb, target, headers, body)
        if left:
            left[0] -= 1
            if not left[0]:
                left.clear()
                act()
        return made

    with patch.object(Server, "reply", later):
        yield


@pytest.mark.slow
@pytest.mark.parametrize("call", [4, 2])
def test_the_other_sends_everything_after_a_call_of_one(here, there, post, call):
    """Before it took them, it takes none; then they are its own, and the other refuses."""
    ended = []
    with after_call(call, lambda: ended.append(there.send(ALL))):
        done = here.send(ALL)
    assert len(ended) == 1
    told_to_adopt(done if call <= 3 else ended[0])
    for machine in (here, there):
        goes_on(machine, post)
    everybody_has_it_once(here, post)


@pytest.mark.slow
def test_a_write_that_arrives_after_the_send_of_the_other(here, there, post):
    with held(lambda: there.send(ALL)):
        told_to_adopt(here.send(ALL))
    for machine in (there, here):
        goes_on(machine, post)
    everybody_has_it_once(here, post)


@pytest.mark.slow
def test_each_sends_some_by_turns(here, there, post):
    assert here.send(2, "--limit", "2").code == 0
    told_to_adopt(there.send(1, "--limit", "1"))
    assert there.run("state", "adopt").code == 0
    assert there.send(1, "--limit", "1").code == 0
    told_to_adopt(here.send(ALL - 3))
    assert here.run("state", "adopt").code == 0
    assert here.send(ALL - 3).code == 0
    everybody_has_it_once(here, post)
    assert here.run("sync").code == 0
    assert (here.run("sync").code, here.written) == (0, 0)


@pytest.mark.slow
def test_at_the_very_same_time(here, there, post):
    commands = [machine.program("emails", "send", "--confirm", str(ALL)) for machine in (here, there)]
    running = [
        subprocess.Popen(command, env=machine.environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for command, machine in zip(commands, (here, there), strict=True)
    ]
    said = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running].count(0) <= 1, said
    assert all("Traceback" not in one for one in said)
    for machine in (here, there):
        goes_on(machine, post)
    everybody_has_it_once(here, post)


@pytest.mark.parametrize(
    "where",
    [
        ("delivered", "before", 3),
        pytest.param(("taken in the ledger", "after", 1), marks=pytest.mark.slow),
        pytest.param(("settled", "after", ALL), marks=pytest.mark.slow),
    ],
)
def test_one_is_killed_and_the_other_goes_on(here, there, post, killer, where):
    killer(here, here.environment()).killed("emails", "send", "--confirm", str(ALL), where=where)
    if where[0] != "taken in the ledger":  # the spreadsheet knows of it
        told_to_adopt(there.send(ALL))
    goes_on(there, post)
    everybody_has_it_once(there, post)
    assert here.run("sync").code == 0  # a night of the one that was killed, which knows less than the spreadsheet
    everybody_has_it_once(here, post)
    goes_on(here, post)
    everybody_has_it_once(here, post)
