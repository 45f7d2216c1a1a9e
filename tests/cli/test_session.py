"""Long work says what it is doing, on a terminal and nowhere else."""

import os
import pty
import subprocess

import pytest

from tests.program import command_line, environment


def on_a_terminal(arguments) -> str:
    """What the program shows on a terminal that is its standard error."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command_line(*arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=theirs
    ) as running:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux says so that the program has left its terminal
            pass
    os.close(ours)
    assert running.returncode == 0
    return shown.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        (["sync"], ["Lecture du classeur…", "Calcul des résultats et des e-mails…", "Écriture du classeur…"]),
        (["rank"], ["Lecture du classeur…"]),
    ],
)
def test_each_step_is_shown_then_wiped(demo, arguments, steps):
    demo.set_config("target = 20 ", "target = 12 ")
    shown = on_a_terminal(demo.arguments(*arguments))
    places = [shown.index(f"{step}\r\x1b[K") for step in steps]
    assert places == sorted(places)


@pytest.mark.slow
def test_quiet_shows_none(demo):
    demo.set_config("target = 20 ", "target = 12 ")
    assert on_a_terminal(["-q", *demo.arguments("sync")]) == ""


@pytest.mark.slow
def test_elsewhere_there_is_none(demo):
    demo.set_config("target = 20 ", "target = 12 ")
    assert "…" not in demo.program("sync").err
