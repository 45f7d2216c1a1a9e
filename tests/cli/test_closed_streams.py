"""A stream that is closed, or that a full disk keeps from being written: what was asked is done, and never a crash."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.test_errors import refused
from tests.effort import first
from tests.program import Outcome, command_line, environment

FULL = Path("/dev/full")


def redirected(to, *arguments):
    """A command as a program of its own, its streams as a shell leaves them."""
    if "/dev/full" in to and not FULL.exists():
        pytest.skip("no /dev/full here")
    done = subprocess.run(
        ["sh", "-c", f'"$@" {to}', "sh", *command_line(*arguments)],
        capture_output=True, encoding="utf-8", env=environment(), check=False,
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("to", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_a_page_of_help(to):
    done = redirected(to, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Utilisation") is (">&-" not in to.replace("2>", ""))


@pytest.mark.slow
@pytest.mark.on_a_file
@pytest.mark.parametrize("to", first(1, ["2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full", "2>&1 | true"]))
def test_the_nightly_sync(demo, to):
    before = demo.bytes
    done = redirected(to, *demo.arguments("--today", "2021-05-20", "sync"))
    assert (done.code, done.out, done.err) == (0, "", "")
    assert demo.bytes != before
    assert demo.run("--today", "2021-05-20", "sync").own.count("Rien n’a changé")


@pytest.mark.slow
@pytest.mark.parametrize("command", [("--help",), ("--version",), ("rank", "--help")])
def test_a_page_that_cannot_be_written_is_said(command):
    done = redirected(">/dev/full", *command)
    refused(done, 1, "La sortie standard ne peut pas être écrite (plus de place sur le disque)", "incomplet")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_answer_that_cannot_be_written_is_said(demo, form):
    done = redirected(">/dev/full", *demo.arguments("rank", "--format", form))
    refused(done, 1, "La sortie standard ne peut pas être écrite (plus de place sur le disque)", "incomplet")
    assert redirected(">/dev/full 2>/dev/full", *demo.arguments("rank")).code == 1
