"""The worked examples of docs/worked-examples.md, and a copy of this checkout to try them on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
MYPY = ".mypy_cache"
"""What mypy found out here: it looks only at what changes."""


@dataclass(frozen=True)
class Example:
    """One worked example: its diff, and the commands to run once it is applied."""

    title: str
    diff: str
    commands: str


PAGE = ROOT / "docs" / "worked-examples.md"


def examples() -> dict[str, Example]:
    """Each section of the page, by its title."""
    sections = [part.partition("\n") for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]]
    return {title: Example(title, _blocks(body, "diff"), _blocks(body, "sh")) for title, _, body in sections}


def _blocks(body: str, language: str) -> str:
    return "".join(re.findall(rf"^```{language}\n(.*?)^```$", body, re.DOTALL | re.MULTILINE))


@dataclass(frozen=True)
class Checkout:
    """A copy of what git follows here, as it is now, in a repository of its own."""

    folder: Path

    @classmethod
    def copied(cls, folder: Path) -> Checkout:
        """Make one."""
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in listed.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        if (ROOT / MYPY).is_dir():
            shutil.copytree(ROOT / MYPY, folder / MYPY)
        made = cls(folder)
        made.run("git", "init", "--quiet")
        made.run("git", "add", "--all")
        return made

    def run(self, *command: str | Path, said: str | None = None) -> str:
        """Run a command there, as a developer would; what it printed. Raises AssertionError when it fails."""
        done = self._done(command, said)
        assert done.returncode == 0, f"{' '.join(map(str, command))}:\n{done.stdout}"
        return done.stdout

    def said(self, *command: str | Path) -> str:
        """What a command printed there, whatever its end."""
        return self._done(command).stdout

    def _done(self, command: Sequence[str | Path], said: str | None = None) -> subprocess.CompletedProcess[str]:
        settings = {"PYTHONPATH": str(self.folder)}
        return subprocess.run(
            [*map(str, command)], cwd=self.folder, env=os.environ | settings, input=said, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip

    def apply(self, example: Example) -> None:
        """Its diff, then its commands; nothing else."""
        self.run("git", "apply", "--index", said=example.diff)
        self.run("sh", "-eu", said=example.commands.replace(".venv/bin/", f"{BIN}/"))
        self.run("git", "add", "--all")

    def lint(self) -> None:
        """The rules and the format of the code."""
        self.run(BIN / "ruff", "check", "--quiet", "--no-cache")
        self.run(BIN / "ruff", "format", "--check", "--quiet", "--no-cache")

    def types(self) -> None:
        """The types of the code."""
        self.run(BIN / "mypy", "--no-error-summary")

    def test(self, *arguments: str | Path) -> str:
        """Some of its tests, with a temporary folder of their own."""
        temporary = self.folder.with_name(f"{self.folder.name}-tests")
        return self.run(
            BIN / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", temporary, *arguments
        )
