import importlib
import os
import shutil
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.health import listening

SCRIPTS = Path(__file__).parents[2] / "scripts"

WITH_DEFAULT_SIGNALS = """
import os, signal, sys
for one in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE, signal.SIGTERM):
    signal.signal(one, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""As a timer starts a script: a shell cannot trap what is ignored where it starts, as it is under `nohup make test`."""


@contextmanager
def imported(name):
    """A program of scripts/, as it is found when it is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPTS)
        yield importlib.import_module(name)


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def link_programs(folder, *, without=()):
    """A folder for PATH with the usual programs of this machine, less those that a fresh machine may lack."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in ("/bin", "/usr/bin"):
        for program in Path(place).iterdir():
            if program.name not in without and not program.name.startswith("python"):
                link = folder / program.name
                if not link.is_symlink():
                    link.symlink_to(program)
    return folder


def path_without(program):
    """The PATH of this process less the folders that have program, as an activated environment's does."""
    return os.pathsep.join(one for one in os.get_exec_path() if not (Path(one) / program).exists())


@dataclass
class Nightly:
    """A checkout in a folder whose name has spaces, with a stand-in for eig-sheets."""

    root: Path
    path: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def script(self):
        return self.root / "scripts" / "nightly_sync.sh"

    @property
    def log(self):
        return self.root / ".eig-sheets" / "logs" / "nightly.log"

    def sync_does(self, shell):
        """What `eig-sheets` does when it is run, in shell; `$1` is the command."""
        executable(self.root / ".venv" / "bin" / "eig-sheets", f"#!/bin/sh\n{shell}\n")

    def settings(self, text, name="nightly.env"):
        path = self.root / "scripts" / name
        path.write_text(text, encoding="utf-8")
        return path

    def command(self, *arguments):
        return [str(self.script), *map(str, arguments)]

    def env(self):
        return {"PATH": self.path, "LC_ALL": "C", **self.environment}

    def run(self, *arguments, cwd="/"):
        return subprocess.run(
            self.command(*arguments),
            env=self.env(),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=600,  # a lock that does not hold leaves two runs waiting
        )

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-c", WITH_DEFAULT_SIGNALS, *self.command(*arguments)],
            env=self.env(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def said(self):
        """The lines of the log, without their dates."""
        return [line.split("  ", 1)[1] for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def nightly(tmp_path):
    root = tmp_path / "mes outils" / "eig sheets"
    (root / "scripts").mkdir(parents=True)
    shutil.copy(SCRIPTS / "nightly_sync.sh", root / "scripts")
    made = Nightly(root, path_without("eig-sheets"))
    made.sync_does('echo "dossiers lus"')
    return made


@pytest.fixture
def health():
    with listening() as service:
        yield service


def wait_for(condition):
    for _ in range(12_000):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never happened")
