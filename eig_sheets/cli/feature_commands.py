"""The commands of features: off, they are hidden and refused in a sentence; what they add to the call's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from eig_sheets.cli.deferred_commands import DeferredCommands, FrenchGroup
from eig_sheets.config_file import find, has_no_cofinancing, turned_off
from eig_sheets.registry import Command, CommandGroup, Feature, Features
from eig_sheets.text.french import typographic

_OFF: Final = f"{__name__}.off"
_UNUSED: Final = f"{__name__}.unused"


Entry = Command | CommandGroup


def program_commands(of_the_call: Iterable[Entry], features: Features) -> tuple[Entry, ...]:
    """The commands of the call, then feature by feature; a feature's group that the call has too adds to that one."""
    entries = {entry.name: entry for entry in of_the_call}
    for feature in features:
        for entry in feature.commands:
            there = entries.get(entry.name)
            if isinstance(there, CommandGroup) and isinstance(entry, CommandGroup):
                entries[entry.name] = there._replace(commands=(*there.commands, *entry.commands))
            else:
                entries[entry.name] = entry
    return tuple(entries.values())


class SharedGroup(FrenchGroup):
    """A group of which features have some commands: those of features that the call turns off are refused.

    `feature_of`: the feature of each of these, by name.
    """

    def __init__(self, *args: Any, feature_of: Mapping[str, Feature], **options: Any) -> None:
        super().__init__(*args, **options)
        self._feature_of = feature_of

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands of the call, in the order of a campaign."""
        return [name for name in super().list_commands(ctx) if not self._is_off(ctx, name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name. Raises UsageError for one of a feature that is off."""
        if self._is_off(ctx, cmd_name):
            path = " ".join([*ctx.command_path.split()[1:], cmd_name])
            raise off_error(ctx, self._feature_of[cmd_name], f"« {path} » est une commande")
        return super().get_command(ctx, cmd_name)

    def _is_off(self, ctx: click.Context, name: str) -> bool:
        return name in self._feature_of and is_off(ctx, self._feature_of[name])


class ProgramGroup(SharedGroup):
    """The program: its commands are those of the call that its options, the environment or the folder name.

    `of_the_call`: the commands that every call has, besides those of features.
    """

    def __init__(self, *args: Any, of_the_call: Sequence[Entry], features: Features, **options: Any) -> None:
        own = {entry.name for entry in of_the_call}
        entries = program_commands(of_the_call, features)
        added = [(feature, entry) for feature in features for entry in feature.commands]
        groups = {}
        for entry in entries:
            feature_of = {
                command.name: feature
                for feature, group in added
                if group.name == entry.name and isinstance(group, CommandGroup)
                for command in group.commands
            }
            if entry.name in own and isinstance(entry, CommandGroup) and feature_of:
                commands = DeferredCommands(entry.commands)
                groups[entry.name] = SharedGroup(
                    entry.name, commands=commands, help=entry.summary, feature_of=feature_of
                )
        super().__init__(
            *args,
            commands=DeferredCommands(entries, groups),
            feature_of={entry.name: feature for feature, entry in added if entry.name not in own},
            **options,
        )
        self._options = {feature.workbook.name: feature for feature in features if feature.workbook is not None}
        place = 1 + [one.name for one in self.params].index("workbook")
        self.params[place:place] = [
            click.Option([option.name, "other_workbook"], is_flag=True, help=option.help)
            for option in (feature.workbook for feature in features)
            if option is not None
        ]

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options of the call, without those of features that it turns off."""
        off = {name for name, feature in self._options.items() if is_off(ctx, feature)}
        return [one for one in super().get_params(ctx) if off.isdisjoint(one.opts)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; which features are off is known before `--help` answers."""
        path = self._configuration(ctx, args)
        ctx.meta[_OFF] = turned_off(path)
        ctx.meta[_UNUSED] = ("cofinancing",) if has_no_cofinancing(path) else ()
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if feature := self._options.get(error.option_name):
                raise off_error(ctx, feature, f"« {error.option_name} » est une option") from None
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands that say something of this call; another one still answers."""
        return [name for name in super().list_commands(ctx) if not is_unused(ctx, name)]

    def _configuration(self, ctx: click.Context, args: list[str]) -> Path:
        option = next(parameter for parameter in self.params if parameter.name == "config")
        given, _, _ = self.make_parser(ctx).parse_args(args=[*args])
        path = given.get("config") or option.value_from_envvar(ctx)
        return Path(str(path)) if path else find(Path.cwd())


def is_unused(ctx: click.Context, name: str) -> bool:
    """Whether a command of the program says nothing of the call, as « cofinancing » where there is none."""
    return name in ctx.meta.get(_UNUSED, ())


def is_off(ctx: click.Context, feature: Feature) -> bool:
    """Whether the call whose command is run turns a feature off."""
    return feature.id in ctx.meta.get(_OFF, ())


def off_error(ctx: click.Context, feature: Feature, said: str) -> click.UsageError:
    """What is asked of a feature that is off; `said`: « rank » est une commande."""
    return click.UsageError(
        typographic(
            f"{said} de « {feature.title} », dont cet appel se passe. Pour l’avoir, retirez « {feature.id} » de "
            "[features] without, dans la configuration."
        ),
        ctx,
    )


def found_at(place: str) -> Any:
    """What is at a place, « module:name »."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
