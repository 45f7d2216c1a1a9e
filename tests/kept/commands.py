"""The commands that are asked of kept campaigns, and what they say, as text that is the same in any folder."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.kept.services import ENVIRONMENT
from tests.program import run

_JSON: Final = ("--format", "json")
_SUMMER, _SPRING, _LATER = (("--today", day) for day in ("2021-09-16", "2021-05-06", "2026-12-01"))

Command = Sequence[str]
ASKED: Final[Mapping[str, Sequence[Command]]] = {
    "jury": (
        (*_SPRING, "rank", *_JSON),
        (*_SPRING, "rank", "--jurors", *_JSON),
        (*_SPRING, "rank", "--talents", *_JSON),
        (*_SPRING, "rank", "--explain", "3715970"),
        (*_SUMMER, "check", *_JSON),
        (*_SUMMER, "--talents", "check", *_JSON),
        (*_SUMMER, "cofinancing", *_JSON),
        (*_SUMMER, "cofinancing", "--programmes", *_JSON),
        (*_SUMMER, "cofinancing", "--versions", *_JSON),
        (*_SUMMER, "cofinancing", "--since", "1", *_JSON),
        (*_SUMMER, "cofinancing", "--since", "2", *_JSON),
        (*_SPRING, "jury", "status", "--by", "juror", *_JSON),
        (*_SPRING, "jury", "status", "--by", "dossier", *_JSON),
        (*_SPRING, "--talents", "jury", "status", *_JSON),
        (*_SPRING, "jury", "schedule", "--check", *_JSON),
        (*_SPRING, "jury", "collect", "recues", "--dry-run", *_JSON),
        (*_SPRING, "jury", "ballots", "--to", "g", "--for", "alix.ventadour@exemple.invalid", "--dry-run", *_JSON),
        (*_SPRING, "select", *_JSON),
        (*_SUMMER, "emails", "list", *_JSON),
        (*_SUMMER, "emails", "send", "--dry-run", *_JSON),
        (*_SUMMER, "emails", "show", "ineligible-3728176.v2"),
        (*_SUMMER, "follow-up", "status", *_JSON),
        (*_SUMMER, "slots", "list", *_JSON),
        (*_SUMMER, "requests", "list", *_JSON),
        (*_SUMMER, "requests", "run", "--dry-run", *_JSON),
        (*_SUMMER, "import", "--undo", "--dry-run", *_JSON),
        (*_SUMMER, "import", "--undo", "--kind", "talents", "--dry-run", *_JSON),
        (*_SPRING, "import", "export-ds.csv", "--yes", "--dry-run", *_JSON),
        (*_SUMMER, "history", *_JSON),
        (*_SUMMER, "history", "diff", "1", *_JSON),
        (*_SUMMER, "history", "verify", "1", *_JSON),
        (*_SUMMER, "history", "verify", "5", *_JSON),
        (*_SUMMER, "restore", "Classement", "--run", "5", "--dry-run", *_JSON),
        (*_SUMMER, "restore", "Jury", "--run", "5", "--dry-run", *_JSON),
        (*_SUMMER, "person", "show", "alix.ventadour@exemple.invalid", *_JSON),
        (*_SUMMER, "archives", "list", *_JSON),
        (*_SUMMER, "archives", "register", *_JSON),
        (*_SUMMER, "archives", "verify", *_JSON),
        (*_SUMMER, "sync", "--dry-run", *_JSON),
    ),
    "ended": (
        (*_LATER, "rank", *_JSON),
        (*_LATER, "check", *_JSON),
        (*_LATER, "emails", "list", *_JSON),
        (*_LATER, "emails", "send", "--dry-run", *_JSON),
        (*_LATER, "outcomes", "push", "--dry-run", *_JSON),
        (*_LATER, "archives", "list", *_JSON),
        (*_LATER, "archives", "verify", *_JSON),
        (*_LATER, "archives", "cells", *_JSON),
        (*_LATER, "history", *_JSON),
        (*_LATER, "history", "verify", "1", *_JSON),
        (*_LATER, "sync", "--dry-run", *_JSON),
    ),
    "online": (
        (*_SPRING, "rank", *_JSON),
        (*_SPRING, "check", *_JSON),
        (*_SPRING, "emails", "list", *_JSON),
        (*_SPRING, "history", *_JSON),
        (*_SPRING, "history", "verify", "1", *_JSON),
        (*_SPRING, "import", "--undo", "--dry-run", *_JSON),
    ),
}
"""By campaign: only what reads, on a day that is given. The first names of files are of its folder."""
_FILES: Final = ("recues", "g", "export-ds.csv")


def name_of(command: Command) -> str:
    """The command as a file's name."""
    return "-".join(re.sub(r"[^\w.]+", "", word) for word in command if word not in (*_JSON, "--today"))


def said(folder: Path, command: Command, env: Mapping[str, str] = ENVIRONMENT) -> str:
    """What a command says of the campaign of a folder: its exit code, its standard output, its standard error."""
    words = [str(folder / word) if word in _FILES else word for word in command]
    done = run("--config", folder / "config" / "campaign.toml", *words, env=env)
    text = f"{done.code}\n{done.out}\n{done.err}"
    text = text.replace(str(folder), "DOSSIER")
    return re.sub(r"(?<=-\d\d) \d\d:\d\d:00(?=\")", " MAINTENANT", re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1", text))
