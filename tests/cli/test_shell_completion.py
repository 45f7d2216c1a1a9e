"""The scripts by which bash, zsh and fish complete `eig-sheets`: each shell takes its own, and what they propose."""

import os
import shutil
import subprocess
import sys

import pytest

from eig_sheets.cli import cli
from tests.program import environment, program

VARIABLE = "_EIG_SHEETS_COMPLETE"
JURY = [*cli.commands["jury"].commands]
TRIED = {
    "bash": """. "$0"
        COMP_WORDS=(eig-sheets jury "") COMP_CWORD=2
        _eig_sheets_completion eig-sheets
        echo "${COMPREPLY[@]}"
    """,
    "fish": r'source $argv[1]; complete -C "eig-sheets jury " | string split -f 1 \t',
}
"""What asks a shell, whose script is in the file that follows, for what it proposes."""


def script(shell, folder):
    """The script of a shell, in a file."""
    made = program(env={VARIABLE: f"{shell}_source"})
    assert (made.code, made.err) == (0, "")
    path = folder / f"eig-sheets.{shell}"
    path.write_text(made.out, encoding="utf-8")
    return path


def proposed(words, place, shell="bash"):
    done = program(env={VARIABLE: f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)})
    return [line.partition(",")[2] for line in done.out.splitlines()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_accepts_its_script(shell, tmp_path):
    path = script(shell, tmp_path)
    assert "eig-sheets" in path.read_text(encoding="utf-8")
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    assert subprocess.run([shell, "-n", path], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("shell", TRIED)
def test_the_tab_key_proposes_the_commands_of_a_group(shell, tmp_path):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    command = [shell, "-c", TRIED[shell], script(shell, tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=searching_here(tmp_path), check=True)
    assert sorted(done.stdout.split()) == sorted(JURY)


def searching_here(folder):
    """An environment whose `eig-sheets` is this checkout's."""
    launcher = folder / "bin" / "eig-sheets"
    launcher.parent.mkdir()
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m eig_sheets "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    return environment({"PATH": f"{launcher.parent}:{os.environ['PATH']}", "HOME": str(folder)})


@pytest.mark.slow
def test_options_and_their_values_are_proposed_too():
    assert {"--explain", "--format"} <= set(proposed("eig-sheets rank --", 2))
    assert proposed("eig-sheets rank --format ", 3) == ["table", "csv", "json"]
    assert proposed("eig-sheets im", 1) == ["import"]
