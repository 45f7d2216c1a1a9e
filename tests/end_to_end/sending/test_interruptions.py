"""A person who presses Ctrl-C while e-mails leave: whenever it is, nothing more leaves, and nothing is doubled."""

import signal
from collections import Counter

import pytest

from tests.effort import slow
from tests.end_to_end.sending.campaign import addresses, sending_id
from tests.end_to_end.sending.conftest import FEW
from tests.end_to_end.sending.killer import OF_GRIST, STEPS
from tests.end_to_end.sending.terminal import at_a_terminal


@pytest.fixture
def suite_in_the_background():
    """A shell has the commands that it runs in the background ignore Ctrl-C, and they hand that on."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("suite_in_the_background")
def test_a_person_who_interrupts_it(team, post):
    """It writes what became of each: the one that was leaving is doubtful, the others wait."""
    team.tick()
    with at_a_terminal(team.arguments("emails", "send", "--confirm", str(FEW))) as terminal:
        post.when[3] = terminal.interrupt
        assert terminal.ended() == 1
    assert "Interrompu" in terminal.shown
    assert "Traceback" not in terminal.shown
    states = [team.states[sending_id(place)] for place in range(FEW)]
    assert states == [*["Envoyé"] * 2, "Incertain", *["Validé"] * 3]
    assert team.send(FEW - 3).code == 0
    assert max(post.copies.values()) == 1


OF_A_MESSAGE = ("handed over", "ended", "delivered", "settled")


@pytest.fixture
def interrupted(team, post, killer):
    """Sends again and again from the same start, interrupted at a step; what each left."""
    team.tick()
    state = team.folder / ".eig-sheets"
    files = {path: path.read_bytes() for path in (team.workbook, *state.glob("*.sqlite3"))}
    run = killer(team)

    def send(*where):
        for path in state.glob("*.sqlite3*"):
            path.unlink()
        for path, content in files.items():
            path.write_bytes(content)
        post.received.clear()
        code = run.run("emails", "send", "--confirm", str(FEW), where=where)
        return code, run.said.splitlines()[-1], len(post.received)

    return send


@pytest.mark.parametrize("steps", [["handed over"], *slow([*STEPS])])
def test_interrupted_at_any_step(interrupted, team, steps):
    for step in steps:
        code, said, left = interrupted(step, "after", 2, "interrupted")
        assert (code, said) == (1, "Interrompu\u202f: rien de plus n’a été écrit."), step
        assert left <= 2 or step not in OF_A_MESSAGE, step
        states = Counter(team.states.values())
        assert states["Envoyé"] + states["Incertain"] in (left, left + 1), step  # what became of them is told


@pytest.mark.slow
@pytest.mark.parametrize("how", ["interrupted and dropped", "interrupted in a destruction"])
def test_interrupted_where_nobody_can_have_it(interrupted, team, post, how):
    """Such an interruption is obeyed before the next message, and what left is told."""
    left = interrupted("settled", "after", 2, how)
    assert left == (1, "Interrompu\u202f: rien de plus n’a été écrit.", 2)
    states = [team.states[sending_id(place)] for place in range(FEW)]
    assert states == [*["Envoyé"] * 2, *["Validé"] * (FEW - 2)]
    assert team.send(FEW - 2).code == 0
    assert post.copies == Counter(addresses(range(FEW)))


@pytest.mark.parametrize("step", STEPS | OF_GRIST)
def test_each_step_is_one_of_the_program_s(step):
    """A method that was renamed would leave a kill, which `make test-all` alone runs, without its place."""
    assert callable(getattr(*(STEPS | OF_GRIST)[step]))
