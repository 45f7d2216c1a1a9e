"""The real script, with stand-ins for Python and its pip: what it asks of them, and when."""

import shutil
import subprocess

import pytest

from tests.scripts.conftest import SCRIPTS, executable

PYTHON = r"""#!/bin/sh
# Logs how it is called; makes environments whose own python logs likewise.
printf '%s %s\n' "$(basename "$0")" "$*" >>"$CALLS"
case "$*" in
    *version_info*) echo "$VERSION" ;;
    --version) echo "Python $VERSION" ;;
    "-m venv --without-pip "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && touch "$4/bin/without-pip" ;;
    "-m venv "*) [ -z "$NO_VENV" ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    "-m virtualenv "*) [ -n "$VIRTUALENV" ] && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
    "-m pip --version") [ ! -e "$(dirname "$0")/without-pip" ] && [ -z "$NO_PIP" ] ;;
    *install*) [ -z "$PIP_FAILS" ] || { echo "ERROR: no network"; exit 1; } ;;
esac
"""


class Checkout:
    def __init__(self, root):
        self.root = root
        self.calls = root.parent / "calls"
        self.python = executable(root.parent / "a python", PYTHON)
        self.environment = {"CALLS": str(self.calls), "VERSION": "3.11"}
        (root / "scripts").mkdir(parents=True)
        shutil.copy(SCRIPTS / "venv.sh", root / "scripts")
        (root / "requirements.lock").write_text("click==8\n", encoding="utf-8")
        (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")

    def run(self, **environment):
        """Runs the script; gives what it did, and the pip commands that it ran."""
        self.calls.write_text("", encoding="utf-8")
        done = subprocess.run(
            [self.root / "scripts" / "venv.sh", self.python, ".venv"],
            env={"PATH": "/usr/bin:/bin", **self.environment, **environment},
            cwd="/",
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        calls = self.calls.read_text(encoding="utf-8").splitlines()
        return done, [call for call in calls if " install " in call]


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path / "mes outils" / "eig sheets")


def test_it_installs_the_lock_with_its_hashes_then_the_checkout_without_network(checkout):
    done, installs = checkout.run()
    assert (done.returncode, done.stdout) == (0, "")
    assert len(done.stderr.splitlines()) == 1
    locked, editable = installs
    assert "--require-hashes" in locked
    assert locked.endswith("-r requirements.lock")
    assert {"--no-index", "--no-deps", "--no-build-isolation", "--editable"} <= set(editable.split())


def test_it_says_and_does_nothing_the_second_time(checkout):
    checkout.run()
    done, installs = checkout.run()
    assert (done.returncode, done.stdout, done.stderr, installs) == (0, "", "", [])


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_change_of_the_lock_or_of_the_project_makes_it_anew(checkout, name):
    checkout.run()
    (checkout.root / ".venv" / "left over").touch()
    (checkout.root / name).write_text("changed\n", encoding="utf-8")
    _, installs = checkout.run()
    assert len(installs) == 2
    assert not (checkout.root / ".venv" / "left over").exists()


def test_a_file_that_was_only_touched_changes_nothing(checkout):
    checkout.run()
    (checkout.root / "requirements.lock").touch()
    assert checkout.run()[1] == []


def test_another_version_of_python_makes_it_anew(checkout):
    checkout.run()
    assert len(checkout.run(VERSION="3.12")[1]) == 2


def test_the_same_version_elsewhere_changes_nothing(checkout):
    checkout.run()
    checkout.python = checkout.python.rename(checkout.python.with_name("moved python"))
    assert checkout.run()[1] == []


def test_an_environment_whose_python_is_gone_is_made_anew(checkout):
    checkout.run()
    (checkout.root / ".venv" / "bin" / "python").unlink()
    assert len(checkout.run()[1]) == 2


def test_a_checkout_that_moved_makes_it_anew(checkout):
    checkout.run()
    checkout.root = checkout.root.rename(checkout.root.with_name("ailleurs"))
    assert len(checkout.run()[1]) == 2


def test_an_installation_that_failed_says_why_and_is_tried_again(checkout):
    done, _ = checkout.run(PIP_FAILS="1")
    assert done.returncode == 1
    assert "ERROR: no network" in done.stderr
    assert "L’installation a échoué" in done.stderr.splitlines()[-1]
    assert len(checkout.run()[1]) == 2


def test_without_ensurepip_virtualenv_does(checkout):
    done, installs = checkout.run(NO_VENV="1", VIRTUALENV="1")
    assert done.returncode == 0
    assert all(call.startswith("python -m pip install") for call in installs)


def test_without_ensurepip_the_pip_of_the_machine_does(checkout):
    done, installs = checkout.run(NO_VENV="1")
    assert done.returncode == 0
    assert len(installs) == 2
    assert all(call.startswith("a python -m pip --python .venv/bin/python install") for call in installs)


def test_without_any_of_these_one_sentence_says_what_to_install(checkout):
    done, installs = checkout.run(NO_VENV="1", NO_PIP="1")
    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr.splitlines()[-1]
    assert installs == []
    assert not (checkout.root / ".venv").exists()
