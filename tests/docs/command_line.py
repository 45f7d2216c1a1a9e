"""Command lines held against the program's own commands, without running them."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import click

from eig_sheets.cli import cli

PLACEHOLDERS = {"JOUR": "2021-04-30", "DATE": "2021-04-30", "N": "1", "eml|gmail|imap": "eml"}
"""What pages write in the place of a value of which the command line wants one of a kind."""


def parse(words: Sequence[str]) -> None:
    """Raise click.UsageError unless the program would take these words."""
    context, command, rest = _walk([PLACEHOLDERS.get(word, word) for word in words])
    if isinstance(command, click.Group):
        return
    with contextlib.suppress(click.exceptions.Exit):  # --help
        command.make_context(command.name, rest, parent=context)


def unknown_options(words: Sequence[str]) -> list[str]:
    """The options among these words that the command does not have."""
    _, command, rest = _walk(words)
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    return [word for word in rest if word.startswith("-") and word.partition("=")[0] not in known]


def path_of(words: Sequence[str]) -> tuple[str, ...]:
    """The words that name the command, without options and arguments. Raises click.UsageError for an unknown one."""
    context, command, _ = _walk(words)
    return (*context.command_path.split()[1:], str(command.name))


def _walk(words: Sequence[str]) -> tuple[click.Context, click.Command, list[str]]:
    """The context of the last group, the command that the words lead to, and what they say to it."""
    command: click.Command = cli
    context, rest = click.Context(cli, info_name="eig-sheets", **cli.context_settings), [*words]
    while isinstance(command, click.Group):
        if command is not cli:
            context = click.Context(command, info_name=command.name, parent=context, **command.context_settings)
        _, rest, _ = command.make_parser(context).parse_args(rest)
        if not rest:
            break
        _, command, rest = command.resolve_command(context, rest)
    return context, command, rest
