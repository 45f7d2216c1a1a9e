"""Storms on a real Grist server: kills and races of syncs and of sends; people who do anything between runs.

Each is drawn by a seed, which a failure says.
"""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.end_to_end.grist import least
from tests.end_to_end.grist.acts import act, chosen, people_cells
from tests.end_to_end.grist.least import Machine
from tests.end_to_end.grist.storms import Twins, differing, ends, everything, forks, kept
from tests.end_to_end.sending.campaign import address, sending_id
from tests.end_to_end.sending.conftest import Killer
from tests.end_to_end.sending.post import Post, opened
from tests.grist_server import OFFICER, ROBOT, GristServer

pytestmark = pytest.mark.slow
KILLS, RACES, ACTS = 40, 20, 300
SEED = 31
SYNC = ("sync",)
DOSSIERS = 3


def drawn(storm: str) -> random.Random:
    """Chance of a storm's own."""
    print(f"{storm}: seed {SEED}")
    return random.Random(f"{SEED} {storm}")


@pytest.fixture
def twins(grist: GristServer, tmp_path) -> Twins:
    here = least.made(grist, tmp_path / "here", DOSSIERS)
    return Twins(here, here.copy(tmp_path / "there"), drawn("twins"))


def moments(chance: random.Random, whole: float, *steps: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Where to kill, in turn: at any moment of a run that takes so long, then just after one of the steps began."""
    while True:
        yield (chance.uniform(0, whole),)
        step, number, longest = chance.choice(steps)
        yield (step, "during", number, chance.uniform(0, longest))


def lasting(run: Killer, *command: str) -> float:
    """The seconds that a run takes."""
    start = time.monotonic()
    assert run.run(*command) in (0, 1), run.said
    return time.monotonic() - start


# ---- Kills


def test_kills_of_a_sync(twins: Twins, tmp_path):
    with forks(tmp_path, twins.here) as [run]:
        where = moments(
            twins.chance, lasting(run, *SYNC), ("document written", 1, 0.1), ("document written", 2, 0.1),
            ("document read", 2, 0.05), ("remembered", 1, 0.02),
        )  # fmt: skip
        killed = number = 0
        while killed < KILLS:
            number += 1
            twins.people_act(number)
            before, moment = people_cells(twins.here.now), next(where)
            killed += run.run(*SYNC, where=moment) == -signal.SIGKILL
            assert "Traceback" not in run.said
            assert run.run(*SYNC) == 0, (moment, run.said)
            assert kept(twins.here, before), moment
            assert not twins.differences(), moment


def test_kills_of_a_send(grist: GristServer, tmp_path):
    count, chance = 4 * KILLS, drawn("kills of a send")  # up to three leave a kill; some runs end before theirs
    here = least.made(grist, tmp_path / "here", count, ())
    here.approve()
    there = here.copy(tmp_path / "there")
    with opened() as (post, port), opened() as (calm, quiet_port), forks(tmp_path, here) as [run]:
        here.serve(port)
        there.serve(quiet_port)
        typed = people_cells(here.now)
        where = moments(
            chance, lasting(run, *send(here, 1)), ("document written", 1, 0.1), ("document written", 2, 0.1),
            ("intended", 2, 0.01), ("handed over", 1, 0.01), ("ended", 2, 0.01), ("settled", 1, 0.01),
        )  # fmt: skip
        killed = 0
        while killed < KILLS:
            moment = next(where)
            killed += run.run(*send(here, 2), where=moment) == -signal.SIGKILL
            assert here.waiting, "all left before the last kill"
            assert run.run(*send(here, 1)) == 0, (moment, run.said)
            assert {*post.copies.values()} <= {1}, moment
        there.ran(*send(there, there.waiting))
        assert there.run("emails", "send", "--confirm", "1").code == 1, "everything left"
        there.ran("sync")
        everybody_has_it_once(here, post, count)
    assert calm.copies == post.copies
    assert kept(here, typed)
    ends(here)
    ends(there)
    assert not differing(without_outcomes(here), without_outcomes(there))


def send(machine: Machine, count: int) -> tuple[str, ...]:
    """The command that sends so many, or what is left."""
    some = str(min(count, machine.waiting))
    return ("emails", "send", "--limit", some, "--confirm", some)


def everybody_has_it_once(machine: Machine, post: Post, count: int) -> None:
    """What may have left is said to be uncertain, once; a person looks who has it, and the rest leaves."""
    if machine.waiting:
        machine.ran(*send(machine, machine.waiting))
    machine.ran("sync")
    assert {*post.copies.values()} == {1}
    assert {*machine.states.values()} <= {"Envoyé", "Incertain"}
    doubtful = {place for place in range(count) if machine.states[sending_id(place)] == "Incertain"}
    lacking = {place for place in range(count) if address(place) not in post.copies}
    assert lacking <= doubtful
    for places, how in ((doubtful - lacking, "--sent"), (lacking, "--not-sent")):
        if places:
            machine.ran("emails", "settle", *map(sending_id, places), how)
    if machine.waiting:
        machine.ran(*send(machine, machine.waiting))
    assert post.copies == Counter(map(address, range(count)))
    assert machine.states == {sending_id(place): "Envoyé" for place in range(count)}


def without_outcomes(machine: Machine) -> list[Any]:
    """All of a document, but for what `Envois` says besides states: people settled some by themselves."""
    return [one for one in everything(machine) if one[:1] != ("Envois",) and one[:1] != ("Accueil",)]


# ---- Races


def at_once(chance: random.Random, runs: Sequence[Killer], *command: str) -> list[int]:
    """How the same command ended on each machine, one of them starting a little later."""

    def started_late(run: Killer, delay: float) -> int:
        time.sleep(delay)
        return run.run(*command)

    late = [0, chance.uniform(0, 0.2)]
    chance.shuffle(late)
    with ThreadPoolExecutor(len(runs)) as pool:
        return [*pool.map(started_late, runs, late)]


def test_races_of_two_syncs(twins: Twins, tmp_path):
    other = twins.here.elsewhere(tmp_path / "other")
    with forks(tmp_path, twins.here, other) as runs:
        for number in range(RACES):
            twins.people_act(number)
            before = people_cells(twins.here.now)
            assert at_once(twins.chance, runs, *SYNC) == [0, 0], (number, [run.said for run in runs])
            assert kept(twins.here, before), number
            assert not twins.differences(), number
    ends(other)


def test_races_of_two_sends(grist: GristServer, tmp_path):
    count, chance = 2 * RACES, drawn("races of two sends")
    here = least.made(grist, tmp_path / "here", count, ())
    here.approve()
    with opened() as (post, port):
        here.serve(port)
        other = here.elsewhere(tmp_path / "other")
        with forks(tmp_path, here, other) as runs:
            for number in range(RACES):
                ended = at_once(chance, runs, "emails", "send", "--limit", "2", "--confirm", "2")
                assert 0 in ended, (number, [run.said for run in runs])
                assert all("Traceback" not in run.said for run in runs)
                assert {*post.copies.values()} == {1}, number
                assert here.run("state", "adopt").code == other.run("state", "adopt").code == 0
                if not here.waiting:
                    break
        everybody_has_it_once(here, post, count)


# ---- People


def test_random_acts_of_people(grist: GristServer, tmp_path):
    """Five things that they do, then a run: nothing of theirs changes, and a run after it has nothing to write."""
    chance = drawn("random acts")
    first = least.made(grist, tmp_path / "first", DOSSIERS)
    worked = 0
    for storm in range(ACTS // 50):
        team = first.copy(tmp_path / f"storm-{storm}")
        for _ in range(10):
            for _ in range(5):
                act(team, chosen(team, chance.choice), who=chance.choice([ROBOT, OFFICER]))
            worked += is_calm_again(team)
    assert worked > ACTS // 50 * 3, "most runs refused to work"


def is_calm_again(team: Machine) -> bool:
    """Whether the run that follows people's acts did its work, and did not refuse; either is soon over."""
    before = people_cells(team.now)
    versions = set()
    for _ in range(4):
        done = team.run("sync")
        assert "Traceback" not in done.err, done.err
        assert kept(team, before)
        if (version := team.now.version) in versions:
            return done.code == 0
        versions.add(version)
    raise AssertionError(f"each run writes something: {done.err}")
