"""Commands that are imported when they are asked for: help pages name each by a summary that is written beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.registry import Command, CommandGroup
from eig_sheets.text.french import NARROW, typographic


def loaded(command: Command | CommandGroup) -> click.Command:
    """Import the command, or make the group, whose own commands wait."""
    if isinstance(command, CommandGroup):
        return FrenchGroup(command.name, commands=DeferredCommands(command.commands), help=command.summary)
    return imported(command.place)


def imported(place: str) -> click.Command:
    """Import the command of « module:name »."""
    module, _, attribute = place.partition(":")
    found: click.Command = getattr(import_module(module), attribute)
    return found


class DeferredCommands(MutableMapping[str, click.Command]):
    """The commands of a group by their names, in order: each is imported when it is first asked for.

    `groups`: those of them that are made already.
    """

    def __init__(
        self, deferred: Iterable[Command | CommandGroup], groups: Mapping[str, click.Command] | None = None
    ) -> None:
        self._deferred = {command.name: command for command in deferred}
        self._loaded = dict(groups or {})

    def summary(self, name: str) -> str:
        """What the command does, without importing it."""
        return self._deferred[name].summary

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            self._loaded[name] = loaded(self._deferred[name])
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._deferred  # the one that is inherited would import the command

    def __iter__(self) -> Iterator[str]:
        return iter(self._deferred)

    def __len__(self) -> int:
        return len(self._deferred)

    def __setitem__(self, name: str, command: click.Command) -> None:
        raise TypeError(f"{name}: the commands of this group are listed where it is made")

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name}: the commands of this group are listed where it is made")


class FrenchGroup(FrenchCommand, click.Group):
    """A group of commands whose help page is in French.

    `advanced`: the names of those that the page shows apart, below: most people never type them.
    """

    def __init__(self, *args: Any, commands: DeferredCommands, advanced: Iterable[str] = (), **options: Any) -> None:
        options.setdefault("subcommand_metavar", "COMMANDE [ARGUMENTS]...")
        self.advanced = {*advanced}
        self.deferred = commands
        super().__init__(*args, commands=commands, **options)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each sub-command with its first sentence: those of every campaign, then the advanced ones."""
        names = self.list_commands(ctx)
        for title, is_advanced in (("Commandes", False), ("Avancé", True)):
            shown = [name for name in names if (name in self.advanced) is is_advanced]
            if shown:
                with formatter.section(f"{title}{NARROW}"):
                    formatter.write_dl([(name, typographic(self.deferred.summary(name))) for name in shown])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Sub-commands in the order of a campaign, not of the alphabet."""
        del ctx
        return [*self.commands]
