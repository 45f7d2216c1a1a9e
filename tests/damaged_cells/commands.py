"""The commands that are run on a damaged workbook: every one of the program that works on it, by words and output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from eig_sheets.cli import cli
from tests.damaged_cells.options import DRY, FILE, JSON
from tests.features.modules import modules_of_features

_OF_THE_CALL: Final[tuple[tuple[str, ...], ...]] = (
    ("check", *JSON),
    ("rank", *JSON),
    ("rank", "--sensitivity", *JSON),
    ("rank", "--jurors", *JSON),
    ("cofinancing", *JSON),
    ("cofinancing", "--programmes", *JSON),
    ("cofinancing", "--to", f"{FILE}.csv"),
    ("jury", "assign", *DRY),
    ("jury", "assign", "--adjust", *DRY),
    ("jury", "ballots", "--to", FILE, *DRY),
    ("jury", "ballots", "--declarations", "--to", FILE, *DRY),
    ("jury", "status", *JSON),
    ("select", *JSON),
    ("report", "--to", f"{FILE}.html"),
    ("report", "--minutes", "--to", f"{FILE}.docx"),
    ("emails", "list", *JSON),
    ("emails", "draft", *DRY),
    ("emails", "check", *JSON),
    ("emails", "send", *DRY),
)
_OF_FEATURES: Final = modules_of_features("damaged_cells")
"""What tests of features say of their commands: `COMMANDS`, and `LEFT_OUT`."""
COMMANDS: Final = (
    *_OF_THE_CALL,
    *(command for module in _OF_FEATURES for command in getattr(module, "COMMANDS", ())),
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
    ("state", "adopt"): "of the state folder",
    ("history", "diff"): "of the history",
    ("history", "verify"): "of the history",
    ("restore",): "gives back a tab of the history",
    **{name: why for module in _OF_FEATURES for name, why in getattr(module, "LEFT_OUT", {}).items()},
}
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
