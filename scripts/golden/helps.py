"""Help of every command and sub-command, as the program itself lists them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from eig_sheets.cli import cli
from golden.recorder import Recorder


def record_help(recorder: Recorder, _day: date) -> None:
    """What `--help` says of each, and what each says of an option that it has not."""
    for words in ((), *_words(cli)):
        recorder.run(*words, "--help")
        recorder.run(*words, "--inconnue")


def _words(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from _words(command, (*path, name))
