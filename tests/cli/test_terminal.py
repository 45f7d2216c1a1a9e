"""Controls that somebody typed in a cell are shown by every command, and never obeyed by the terminal."""

import os
import pty
import re
import subprocess

import pytest

from tests.columns import cell_of
from tests.effort import first
from tests.people_cells import type_in
from tests.program import command_line, environment

pytestmark = pytest.mark.in_memory
TYPED = "\x1b]0;titre\x07\x1b[2J\x9b31m\u202eecnirp"
SHOWN = "␛]0;titre␇␛[2J�31m�ecnirp"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def spoil(demo, text=TYPED):
    """Each kind of cell that a command prints."""
    for tab, cell in (
        ("Candidatures", cell_of("candidatures", "projet", 4)),
        ("Candidatures", cell_of("candidatures", "administration", 4)),
        ("Candidatures", cell_of("candidatures", "decision", 5)),
        ("Candidatures", cell_of("candidatures", "numero", 6)),
        ("Candidatures", cell_of("candidatures", "email_porteur", 8)),
        ("Évaluations", cell_of("evaluations", "jure", 5)),
        ("Évaluations", cell_of("evaluations", "pertinence", 6)),
        ("Jury", cell_of("jury", "nom", 4)),
    ):
        type_in(demo.workbook, tab, cell, text)


COMMANDS = [
    (["check"], True),
    (["rank"], True),
    (["sync", "--dry-run"], True),
    (["emails", "list", "--template", TYPED], True),
    (["rank", "--jurors"], True),
    (["rank", "--sensitivity"], False),
    (["rank", "--explain", "3712437"], False),
    (["rank", "--explain", "x" + TYPED], True),
    (["cofinancing"], False),
    (["emails", "list"], False),
    (["emails", "check"], False),
    (["emails", "draft", "--dry-run"], False),
    (["emails", "show", TYPED], True),
    (["sync"], False),
    ([TYPED], False),
    (["check", "--format", "json"], False),
    (["check", "--format", "csv"], True),
    (["rank", "--format", "json"], False),
    (["cofinancing", "--format", "json"], False),
    (["sync", "--dry-run", "--format", "json"], False),
]


@pytest.mark.slow
@pytest.mark.parametrize(("command", "shows"), first(2, COMMANDS))
def test_no_control_is_printed(demo, command, shows):
    spoil(demo)
    done = demo.run(*command)
    printed = done.out + done.err
    assert CONTROL.findall(printed) == []
    assert "Traceback" not in printed
    if shows:
        assert SHOWN.split("[2J", maxsplit=1)[0] in re.sub(r"\s+", "", printed)


def test_json_gives_the_text_back_and_csv_shows_it(demo):
    """A CSV goes through a pipe or a file to a terminal: « less », « cat »."""
    spoil(demo)
    [record] = [dossier for dossier in demo.run("rank", "--format", "json").records if dossier["project"] == TYPED]
    printed = demo.run("rank", "--format", "csv")
    [row] = [entry for entry in printed.rows if entry["dossier"] == record["dossier"]]
    assert (row["project"], CONTROL.findall(printed.out)) == (SHOWN, [])


@pytest.mark.on_a_file
@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_on_a_terminal(demo, form):
    """The styles of a table are ours; all else is shown."""
    spoil(demo, re.sub("[\x00-\x1f]", lambda match: f"_x{ord(match[0]):04X}_", TYPED))  # as Excel saves it
    ours, theirs = pty.openpty()
    command = command_line(*demo.arguments("rank", "--format", form))
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment({"TERM": "xterm"})) as running:
        os.close(theirs)
        printed = b"".join(iter(lambda: _read(ours), b"")).decode()
    assert running.returncode == 0, printed
    styles = r"\x1b\[[0-9;]*[mK]|\r"
    assert CONTROL.findall(re.sub(styles, "", printed)) == []


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the program ended
        return b""
