"""The real script, among stand-ins for the Pythons of other machines."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.scripts.conftest import SCRIPTS, executable, link_programs


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


class Machine:
    """A PATH of folders, first one first, each with its Pythons; the usual programs come last."""

    def __init__(self, root):
        self.root = root
        self.programs = link_programs(root / "programs")
        self.folders = []

    def folder(self, name, **pythons):
        self.folders.append(self.root / name)
        for program, shell in pythons.items():
            executable(self.root / name / program.replace("_", "."), f"#!/bin/sh\n{shell}\n")

    def run(self, *arguments):
        path = ":".join(map(str, [*self.folders, self.programs]))
        return subprocess.run(
            [SCRIPTS / "pythons.sh", *arguments],
            env={"PATH": path},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def answers(minor, lacks_pip=0, major=3):
    """A Python as the probe sees it."""
    return f'echo {major} {minor} {lacks_pip} "$0"'


BROKEN_SHIM = "echo 'pyenv: python3.12: command not found' >&2; exit 127"


def test_each_version_is_listed_once_oldest_first(machine):
    machine.folder("a b", python3_13=answers(13), python3=answers(13))
    machine.folder("c", python3_11=answers(11), python3_13=answers(13), python3=answers(11))
    assert machine.run().stdout == f"3.11\t{machine.root}/c/python3.11\n3.13\t{machine.root}/a b/python3.13\n"


def test_oldest_and_newest_are_paths(machine):
    machine.folder("bin", python3_11=answers(11), python3_12=answers(12), python3_13=answers(13))
    assert machine.run("oldest").stdout == f"{machine.root}/bin/python3.11\n"
    assert machine.run("newest").stdout == f"{machine.root}/bin/python3.13\n"


def test_the_newest_is_the_newest_for_which_the_lock_has_wheels(machine):
    machine.folder("bin", python3_9=answers(9), python3_13=answers(13), python3_14=answers(14), python3_15=answers(15))
    (machine.root / "bin" / "python3.14-config").write_text("")
    assert machine.run("newest").stdout == f"{machine.root}/bin/python3.14\n"
    assert [line.split("\t")[0] for line in machine.run().stdout.splitlines()] == ["3.13", "3.14"]


def test_a_shim_that_does_not_run_hides_nothing(machine):
    machine.folder("shims", python3_12=BROKEN_SHIM, python3=BROKEN_SHIM)
    machine.folder("bin", python3_12=answers(12))
    assert machine.run("oldest").stdout == f"{machine.root}/bin/python3.12\n"


def test_a_version_is_what_the_program_says_not_its_name(machine):
    machine.folder("bin", python3_11=answers(10), python3=answers(12), python=answers(7, major=2))
    assert machine.run().stdout == f"3.12\t{machine.root}/bin/python3\n"


def test_a_python_with_pip_is_preferred_to_one_of_its_version_without(machine):
    machine.folder("a", python3_11=answers(11, lacks_pip=1))
    machine.folder("b", python3_11=answers(11))
    machine.folder("c", python3_11=answers(11))
    assert machine.run("oldest").stdout == f"{machine.root}/b/python3.11\n"


def test_a_python_without_pip_is_better_than_none(machine):
    machine.folder("bin", python3_11=answers(11, lacks_pip=1))
    assert machine.run("oldest").stdout == f"{machine.root}/bin/python3.11\n"


@pytest.mark.parametrize("which", ["oldest", "newest"])
@pytest.mark.parametrize(
    "pythons", [{}, {"python3": answers(10)}, {"python3": answers(15)}, {"python3_12": BROKEN_SHIM}]
)
def test_no_python_that_fits_is_one_sentence_on_what_to_install(machine, which, pythons):
    machine.folder("bin", **pythons)
    done = machine.run(which)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "sudo apt install python3 python3-venv" in done.stderr


@pytest.mark.slow
def test_a_python_of_this_machine_is_found_and_runs():
    done = subprocess.run([SCRIPTS / "pythons.sh"], capture_output=True, encoding="utf-8", check=True)
    for line in done.stdout.splitlines():
        version, path = line.split("\t")
        told = subprocess.run([path, "--version"], capture_output=True, encoding="utf-8", check=True).stdout
        assert told.startswith(f"Python {version}.")
    assert done.stdout


def test_the_versions_are_those_of_the_project():
    text = (SCRIPTS / "pythons.sh").read_text(encoding="utf-8")
    oldest = int(text.split("OLDEST=")[1].split()[0])
    project = tomllib.loads((Path(SCRIPTS).parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tried = [int(line.rpartition("3.")[2]) for line in project["classifiers"] if "Python :: 3." in line]
    assert project["requires-python"] == f">=3.{oldest}"
    assert tried[0] == oldest
