"""One .xlsx that two machines share, or one machine with two state folders: each e-mail leaves once."""

import functools
import subprocess
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from eig_sheets.cli.emails.recheck import Recheck
from eig_sheets.cli.emails.sender import BatchSender
from eig_sheets.emails.catalogue.deliveries import UNSENT_STAGES
from eig_sheets.emails.outlets.smtp import Smtp
from eig_sheets.storage import file_lock, file_replacement
from eig_sheets.storage.ledger import Ledger
from tests.effort import spread
from tests.end_to_end.sending.campaign import Team, address, addresses, plain, sending_id
from tests.end_to_end.sending.conftest import FEW
from tests.program import command_line, environment

BUSY = "Une autre exécution d’eig-sheets travaille sur campagne.xlsx, sur cette machine ou sur une autre"
ADOPT = "« eig-sheets state adopt »"


@dataclass(frozen=True)
class Machine(Team):
    """One of those that work on the file, with a state of its own."""

    own: Path = Path()

    def run(self, *arguments, env=None):
        return super().run(*arguments, env={**(env or {}), "EIG_SHEETS_STATE": str(self.own)})

    @property
    def ledger(self):
        return Ledger(self.own, str(self.workbook))


@pytest.fixture
def machines(team):
    """Two of them; neither has sent anything."""
    team.tick()
    return [Machine(team.folder, team.folder / name) for name in ("ici", "ailleurs")]


@contextmanager
def when(owner, name, moment, number, act):
    """Let something happen once, before or after a step is taken for the n-th time; the step itself is the real one."""
    real, taken = getattr(owner, name), Counter()

    @functools.wraps(real)
    def watched(*arguments, **options):
        taken["times"] += 1
        due = taken["times"] == number
        if due and moment == "before":
            act()
        done = real(*arguments, **options)
        if due and moment == "after":
            act()
        return done

    with patch.object(owner, name, watched):
        yield


def goes_on(machine, post):
    """A machine takes up what another did, a person says what is doubtful, and it sends what is left."""
    assert machine.run("state", "adopt").code == 0
    doubtful = {one for one in range(FEW) if machine.states[sending_id(one)] == "Incertain"}
    arrived = {one for one in doubtful if address(one) in post.copies}
    for places, how in ((arrived, "--sent"), (doubtful - arrived, "--not-sent")):
        if places:
            assert machine.run("emails", "settle", *map(sending_id, places), how).code == 0
    left = FEW - sum(one.stage not in UNSENT_STAGES for one in machine.ledger.deliveries().values())
    assert machine.send(left).code == 0


def everybody_has_it_once(machines, post):
    for machine in machines:
        goes_on(machine, post)
    assert machines[0].states == dict.fromkeys(map(sending_id, range(FEW)), "Envoyé")
    assert post.copies == Counter(addresses(range(FEW)))
    assert len(post.received) == FEW


UNSEEN = [
    (Ledger, "record_intents", "before", 1),
    (Ledger, "record_intents", "after", 1),  # the version of the file is compared next
    (file_replacement, "keep_version", "before", 1),
    (file_replacement, "keep_version", "after", 1),
    (file_replacement, "swap", "before", 1),  # after the last look at the file
]
"""Steps of a send that the workbook says nothing of yet."""
SEEN = [
    (file_replacement, "swap", "after", 1),  # what was displaced is compared next
    (Recheck, "unchanged_since_chosen", "before", 1),  # the workbook is read again next
    (Recheck, "unchanged_since_chosen", "after", 1),
    (Smtp, "deliver", "after", 1),
    (Smtp, "deliver", "before", 3),
    (Ledger, "record_outcomes", "after", FEW),
    (file_replacement, "swap", "before", 2),  # to tell
    (file_replacement, "swap", "after", 2),
]


SHORT = (SEEN[0],)
"""Of these, without `make test-all`: the e-mails are taken in the workbook."""


def few(steps):
    return [pytest.param(step, marks=[] if step in SHORT else pytest.mark.slow) for step in steps]


def named(step):
    return " ".join(str(getattr(one, "__name__", one)).rpartition(".")[2] for one in step)


@pytest.mark.slow
def test_both_have_planned_before_either_begins(machines, post):
    here, there = machines
    ended = []
    with when(BatchSender, "run", "before", 1, lambda: ended.append(there.send(FEW))):
        done = here.send(FEW)
    assert [one.code for one in ended] == [0]
    assert (done.code, ADOPT in plain(done.err)) == (1, True), done
    everybody_has_it_once(machines, post)


@pytest.mark.parametrize("step", few([*UNSEEN, *SEEN[::3]]), ids=named)
def test_the_other_is_kept_out_at_each_step_of_a_send(machines, post, step):
    """By the lock; then by what it reads in the workbook."""
    here, there = machines
    ended = []
    with when(*step, lambda: ended.append(there.send(FEW))):
        done = here.send(FEW)
    assert done.code == 0, done
    [other] = ended
    assert (other.code, (BUSY if step in UNSEEN else ADOPT) in plain(other.err)) == (1, True), other
    assert post.copies == Counter(addresses(range(FEW)))
    assert set(here.states.values()) == {"Envoyé"}


@pytest.mark.slow
@pytest.mark.parametrize("step", few([SHORT[0], *spread(6, [*UNSEEN, *SEEN[1:]])]), ids=named)
def test_without_the_lock_nothing_leaves_twice_either(machines, post, step):
    """Somebody deletes its file, as one that the other machine does not even see."""
    here, there = machines
    ended = []

    def other():
        file_lock.lock_path(there.workbook).unlink()
        ended.append(there.send(FEW))

    with when(*step, other):
        done = here.send(FEW)
    assert len(ended) == 1
    assert max(post.copies.values(), default=0) <= 1, (done, ended)
    everybody_has_it_once(machines, post)


@pytest.mark.slow
def test_at_the_very_same_time(machines, post):
    command = command_line(*machines[0].arguments("emails", "send", "--confirm", str(FEW)))
    running = [
        subprocess.Popen(
            command, env=environment({"EIG_SHEETS_STATE": str(one.own)}), stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        for one in machines
    ]  # fmt: skip
    said = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running].count(0) <= 1, said
    assert all("Traceback" not in one for one in said)
    everybody_has_it_once(machines, post)


@pytest.mark.slow
def test_one_that_is_killed_leaves_the_lock_to_the_other(machines, post, killer):
    here, there = machines
    env = {"EIG_SHEETS_STATE": str(here.own)}
    killer(here, env).killed("emails", "send", "--confirm", str(FEW), where=("delivered", "after", 3))
    other = there.send(FEW)
    assert (other.code, ADOPT in plain(other.err)) == (1, True), other
    everybody_has_it_once([there, here], post)
