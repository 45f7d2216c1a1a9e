"""Two runs at once: from two machines, and on one (guarantee G10)."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import pytest

from tests.columns import cell_of
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk
from tests.program import Outcome
from tests.sheets_server.server import Server


@contextmanager
def held(*acts: Callable[[], object]):
    """Hold the next batches at Google's door, one after the other, each until an act is over."""
    left, reply = [*acts], Server.reply

    def later(server, verb, target, headers, body):
        if target.partition("?")[0].endswith(":batchUpdate") and left:
            act = left.pop(0)
            kept, left[:] = [*left], []  # what the act itself sends is not held
            act()
            left[:] = kept
        return reply(server, verb, target, headers, body)

    with patch.object(Server, "reply", later):
        yield


def other_machine(desk: Desk) -> Desk:
    """The same spreadsheet, run from elsewhere."""
    return replace(desk, state=desk.state.with_name("elsewhere"))


def decide(desk: Desk, row: int) -> None:
    """A decision that makes an e-mail due."""
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", row), value="Lauréat")


def overtaken(desk: Desk, *acts: Callable[[], object]) -> Outcome:
    """A sync whose batches are held until each act is over."""
    with held(*acts):
        return desk.sync()


def is_right(desk: Desk) -> None:
    assert max(checks.ids(desk.book).values()) == 1
    checks.is_right(desk)


@pytest.mark.slow
def test_two_machines_with_the_same_to_write(desk):
    decide(desk, 2)
    decide(desk, 3)
    other, ended = other_machine(desk), []
    outcome = overtaken(desk, lambda: ended.append(other.sync()))
    assert [one.code for one in (*ended, outcome)] == [0, 0], (ended, outcome)
    assert sorted(checks.appended(other).values()) == [1, 1]
    assert desk.writes == []
    is_right(desk)
    is_right(other)


@pytest.mark.slow
def test_two_machines_between_which_people_decide(desk):
    decide(desk, 2)
    other, ended = other_machine(desk), []

    def act():
        decide(desk, 3)
        ended.append(other.sync())
        decide(desk, 4)

    outcome = overtaken(desk, act)
    assert [one.code for one in (*ended, outcome)] == [0, 0], (ended, outcome)
    assert sorted(checks.appended(other).values()) == [1, 1]
    assert list(checks.appended(desk)) == ["laureat-4512303"]
    is_right(desk)


@pytest.mark.slow
def test_a_machine_that_is_always_overtaken(desk):
    other = other_machine(desk)

    def act(row):
        def acted():
            decide(desk, row)
            assert other.sync().code == 0

        return acted

    decide(desk, 2)
    outcome = overtaken(desk, act(3), act(4), act(5), act(6))
    checks.ended_well(outcome)
    assert desk.writes == []
    is_right(desk)


@pytest.mark.slow
def test_an_answer_that_is_lost_while_another_machine_writes(desk):
    """Whether a batch was done is told by its own mark, not by what the spreadsheet has become."""
    decide(desk, 2)
    other, ended = other_machine(desk), []
    reply = Server.reply

    def cut(server, verb, target, headers, body):
        made = reply(server, verb, target, headers, body)
        if target.partition("?")[0].endswith(":batchUpdate") and not ended:
            ended.append(None)
            decide(desk, 3)
            ended.append(other.sync())
            made.dropped = True
        return made

    with patch.object(Server, "reply", cut):
        outcome = desk.sync()
    assert (ended[1].code, outcome.code) == (0, 0), (ended, outcome)
    assert max(checks.ids(desk.book).values()) == 1
    assert len(desk.rows("E-mails à envoyer")) == 5 + 2
    is_right(desk)


@pytest.mark.slow
def test_a_batch_that_is_lost_after_another_machine_wrote_is_not_sent_again(desk):
    """The marks tell that its turn has passed: the workbook is read again and planned again at once."""
    decide(desk, 2)
    other, ended = other_machine(desk), []
    reply, batches = Server.reply, []

    def cut(server, verb, target, headers, body):
        is_batch = target.partition("?")[0].endswith(":batchUpdate")
        first = is_batch and not batches
        batches.extend([body] if is_batch else [])
        if first:
            ended.append(other.sync())
        made = reply(server, verb, target, headers, body)
        made.dropped = made.dropped or first
        return made

    with patch.object(Server, "reply", cut):
        outcome = desk.sync()
    assert (ended[0].code, outcome.code) == (0, 0), (ended, outcome)
    assert [batches.count(body) for body in batches] == [1] * len(batches)
    is_right(desk)


@pytest.mark.slow
def test_two_runs_on_one_machine(desk):
    desk.change_a_score()
    ended = []
    again = replace(desk)
    outcome = overtaken(desk, lambda: ended.append(again.sync()))
    assert outcome.code == 0, outcome
    assert (ended[0].code, ended[0].out) == (1, "")
    assert "Une autre exécution d’eig-sheets travaille sur ce classeur" in ended[0].err
    assert again.calls == [] or again.writes == []
    assert len(desk.writes) == 1
    is_right(desk)
