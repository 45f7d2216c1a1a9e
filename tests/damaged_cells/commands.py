"""The commands that are run on a damaged workbook: every one of the program that works on it, by words and output."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from eig_sheets.cli import cli
from eig_sheets.installed import FEATURES

FILE: Final = "FILE"
"""Stands for the file or folder that a command writes."""
JSON: Final = ("--format", "json")
DRY: Final = ("--dry-run", *JSON)

_FILES = [Path(__file__).parents[1] / "features" / feature.id / "damaged_cells.py" for feature in FEATURES]
OF_FEATURES: Final = [
    import_module(f"tests.features.{file.parent.name}.{file.stem}") for file in _FILES if file.is_file()
]
"""What features say of their own commands, in the same two lists."""

COMMANDS: Final[tuple[tuple[str, ...], ...]] = (
    ("check", *JSON),
    ("rank", *JSON),
    ("rank", "--sensitivity", *JSON),
    ("rank", "--jurors", *JSON),
    ("rank", "--talents", *JSON),
    ("cofinancing", *JSON),
    ("cofinancing", "--programmes", *JSON),
    ("cofinancing", "--to", f"{FILE}.csv"),
    ("jury", "assign", *DRY),
    ("jury", "assign", "--adjust", *DRY),
    ("--talents", "jury", "assign", *DRY),
    ("jury", "ballots", "--to", FILE, *DRY),
    ("jury", "ballots", "--declarations", "--to", FILE, *DRY),
    ("--talents", "jury", "ballots", "--to", FILE, *DRY),
    ("jury", "schedule", *DRY),
    ("jury", "schedule", "--check", *JSON),
    ("jury", "status", *JSON),
    ("--talents", "jury", "status", *JSON),
    ("select", *JSON),
    ("report", "--to", f"{FILE}.html"),
    ("report", "--minutes", "--to", f"{FILE}.docx"),
    ("emails", "list", *JSON),
    ("emails", "draft", *DRY),
    ("emails", "check", *JSON),
    ("emails", "send", *DRY),
    ("follow-up", "status", *JSON),
    ("follow-up", "generate", *DRY),
    ("export", "--counts", "--to", FILE),
    ("requests", "list", *JSON),
    ("requests", "run", *DRY),
    ("slots", "list", *JSON),
    ("slots", "list", "--free"),
    ("teams", "propose", *DRY),
    ("archives", "list", *JSON),
    ("calendar", "export", "--to", f"{FILE}.ics"),
    *(command for part in OF_FEATURES for command in getattr(part, "COMMANDS", ())),
    ("sync", *DRY),
    ("sync",),
)
"""Those that read or plan; `sync` comes last, since it alone writes."""

LEFT_OUT: Final = {
    ("demo",): "makes the campaign",
    ("init",): "makes what is missing, reads no cell of people's",
    ("import",): "its result is of a file; what it rests on in the workbook is tested with it",
    ("jury", "collect"): "its result is of the pages",
    ("emails", "show"): "shows one row as it is",
    ("emails", "settle"): "a person's word on one e-mail",
    ("emails", "archive"): "moves rows as they are, in a campaign that is over",
    ("outcomes", "instruction"): "asks Démarche Numérique",
    ("outcomes", "push"): "asks Démarche Numérique",
    ("slots", "generate"): "makes rows of dates that are given",
    ("slots", "import"): "its result is of a file",
    ("state", "adopt"): "of the state folder",
    ("person", "show"): "shows cells as they are, each by its address",
    ("archives", "register"): "of the configuration",
    ("archives", "cells"): "lists cells as they are, each by its address",
    ("archives", "purge"): "of the state folder",
    ("archives", "verify"): "of the state folder",
    ("archives", "bordereau"): "of the state folder",
    ("archives", "erase"): "of the state folder",
    ("history", "diff"): "of the history",
    ("history", "verify"): "of the history",
    ("restore",): "gives back a tab of the history",
    ("projects", "search"): "of past calls",
} | {name: why for part in OF_FEATURES for name, why in getattr(part, "LEFT_OUT", {}).items()}
"""The others, and why."""


def names(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command of the program."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from names(command, (*path, name))
        else:
            yield (*path, name)


def name_of(command: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which the program knows a command."""
    words = [word for word in command if word != "--talents"]
    return next(name for name in (tuple(words[:2]), tuple(words[:1])) if name in {*names()})
