"""Runs eig-sheets as people do: in this process where that shows as much, else as a program of its own."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from eig_sheets import loading
from eig_sheets.cli import main
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.state import State
from tests import said_of_people
from tests.features.modules import modules_of_features
from tests.in_memory import opened, storage_at

ROOT = Path(__file__).parents[1]
STATE_FOLDER_CHECKS = modules_of_features("state_folder")
"""What features hold true of the state folder after every command: `check`, of its path."""
_DOUBTS = re.compile(r"^\d+ cellules? à corriger, dont dépend cette réponse\s:\n(?:• .*\n?)*", re.MULTILINE)


def with_tabs(configuration: str, tabs: Sequence[str]) -> str:
    """The text of a configuration that keeps these of the optional tabs, by id."""
    listed = ", ".join(f'"{tab}"' for tab in tabs)
    text, count = re.subn(r"(?m)^(?:# )?people_tabs = .*$", f"people_tabs = [{listed}]", configuration)
    assert count == 1
    return text


@dataclass(frozen=True)
class Outcome:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def own(self) -> str:
        """What it said on stderr besides the cells in doubt that it names at its end."""
        return _DOUBTS.sub("", self.err)

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def object(self) -> dict[str, Any]:
        """Standard output as one JSON object."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        """Standard output as CSV."""
        return list(csv.DictReader(io.StringIO(self.out)))


def eig(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
    """A command in this process, through the program's own entry point."""
    done = run(*arguments, env=env)
    said_of_people.check(arguments, done.out, done.err)
    return done


def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
    """The same, whoever its errors name: of cells that tests damaged, they quote anything."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.object(sys, "argv", ["eig-sheets", *map(str, arguments)]),
        patch.dict(os.environ, env or {}),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            return Outcome(int(end.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("the program always ends with an exit code")


def command_line(*arguments: str | Path) -> list[str]:
    """The command line that starts the program."""
    return [sys.executable, "-m", "eig_sheets", *map(str, arguments)]


def environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a program of its own: UTF-8, and this checkout's package."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **(env or {})}


def program(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Outcome:
    """A command as a program of its own."""
    done = subprocess.run(
        command_line(*arguments), cwd=cwd, env=environment(env), capture_output=True, encoding="utf-8", timeout=600,
        check=False,
    )  # fmt: skip
    said_of_people.check(arguments, done.stdout, done.stderr)
    return Outcome(done.returncode, done.stdout, done.stderr)


def copied_elsewhere(original: Path, folder: Path, **options: Any) -> None:
    """Copy a campaign's folder as if it were on another machine, where nobody knows that it is a copy (G14)."""
    shutil.copytree(original, folder, **options)
    (folder / ".eig-sheets" / "classeurs.sqlite3").unlink(missing_ok=True)


def copied_config(folder: Path, **options: Any) -> None:
    """Put there the configuration that comes with the program, with the sections of features in its file."""
    shutil.copytree(ROOT / "config", folder, **options)
    (folder / "campaign.toml").write_text(loading.packaged_text(), encoding="utf-8")


@dataclass(frozen=True)
class Campaign:
    """A campaign in a folder, as `demo` lays it out."""

    folder: Path

    @property
    def config(self) -> Path:
        """Its configuration."""
        return self.folder / "config" / "campaign.toml"

    @property
    def workbook(self) -> Path:
        """Its workbook."""
        return self.folder / "campagne.xlsx"

    @property
    def export(self) -> Path:
        """The Démarches Simplifiées export that comes with the demo."""
        return self.folder / "export-ds.csv"

    @property
    def state(self) -> State:
        """What the runs remember of it."""
        return State(self.folder / ".eig-sheets", str(self.workbook))

    def read(self) -> Snapshot:
        """What its workbook holds."""
        return opened(self.workbook, self.state).read()

    @property
    def bytes(self) -> bytes:
        """What the workbook's file holds; of one in memory, what differs once it was saved."""
        stored = storage_at(self.workbook)
        return b"%d" % stored.saves if stored else self.workbook.read_bytes()

    def arguments(self, *arguments: str | Path) -> Sequence[str | Path]:
        """A command on this campaign, on the demo's day unless another is asked for."""
        day = () if "--today" in arguments else ("--today", "2021-04-30")
        return ("--config", self.config, *day, *arguments)

    def run(self, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
        """A command on this campaign, in this process."""
        outcome = eig(*self.arguments(*arguments), env=env)
        for module in STATE_FOLDER_CHECKS:
            module.check(self.folder / ".eig-sheets")
        return outcome

    def program(self, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Outcome:
        """A command on this campaign, as a program of its own."""
        return program(*self.arguments(*arguments), env=env)

    def set_config(self, old: str, new: str) -> None:
        """Change a passage of the configuration, which must be there."""
        text = self.config.read_text(encoding="utf-8")
        assert old in text
        self.config.write_text(text.replace(old, new), encoding="utf-8")

    def use_tabs(self, *tabs: str) -> None:
        """Keep these of the optional tabs, by id."""
        self.config.write_text(with_tabs(self.config.read_text(encoding="utf-8"), tabs), encoding="utf-8")
