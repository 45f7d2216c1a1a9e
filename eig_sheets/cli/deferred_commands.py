"""Commands that are imported when they are asked for: `--help` names each by a summary that is written beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module
from typing import NamedTuple

import click


class DeferredCommand(NamedTuple):
    """A command of the program, before its module is imported.

    `summary`: the first sentence of its help. `place`: its module under `eig_sheets.cli` and its name there; by default
    both are the command's own.
    """

    name: str
    summary: str
    place: str = ""

    def load(self) -> click.Command:
        """Import it."""
        own = self.name.replace("-", "_")
        module, _, attribute = (self.place or f"{own}:{own}").partition(":")
        command: click.Command = getattr(import_module(f"eig_sheets.cli.{module}"), attribute)
        return command


class DeferredCommands(MutableMapping[str, click.Command]):
    """The commands of a group by their names, in order: each is imported when it is first asked for."""

    def __init__(self, deferred: Iterable[DeferredCommand]) -> None:
        self._deferred = {one.name: one for one in deferred}
        self._loaded: dict[str, click.Command] = {}

    def summary(self, name: str) -> str:
        """What the command does, without importing it."""
        return self._deferred[name].summary

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            self._loaded[name] = self._deferred[name].load()
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
