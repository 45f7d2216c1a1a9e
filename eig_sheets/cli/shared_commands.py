"""Commands of the call to which features add: parameters, choices, help, and what runs instead."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

import click
from click.core import ParameterSource

from eig_sheets.cli.command import Command, ReadingCommand, WritingCommand
from eig_sheets.cli.deferred_commands import imported
from eig_sheets.cli.feature_commands import is_off, is_unused, off_error
from eig_sheets.cli.session import Session
from eig_sheets.installed import FEATURES
from eig_sheets.registry import AddedCommand, AddedHelp, Feature, Features
from eig_sheets.text.french import typographic


class _Added:
    """A command of a feature, `names` its parameters that are its own, and the choices that it adds to others."""

    def __init__(self, feature: Feature, part: AddedCommand, shared: Command) -> None:
        own = {one.name: one for one in shared.params}
        self.feature, self.command = feature, imported(part.place)
        self.in_other_workbook = part.in_other_workbook
        self.parameters = [one for one in self.command.params if one.name not in own]
        self.names = [one.name for one in self.parameters]
        self.choices = {
            str(one.name): [choice for choice in _choices(one) if choice not in _choices(own[one.name])]
            for one in self.command.params
            if one.name in own and _choices(one)
        }
        self.helps = {one.name: one.help for one in self.command.params if isinstance(one, click.Option)}

    def is_given(self, ctx: click.Context) -> bool:
        """Whether one of its parameters is given, or one of its choices, or the other workbook where it is there."""
        session = ctx.find_object(Session)
        elsewhere = self.in_other_workbook and session is not None and session.talents
        chosen = any(ctx.params.get(name) in choices for name, choices in self.choices.items())
        given = any(ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in self.names if name)
        return elsewhere or chosen or given


def _choices(parameter: click.Parameter) -> list[str]:
    return [*parameter.type.choices] if isinstance(parameter.type, click.Choice) else []


class SharedCommand(Command):
    """A command with what features add to it; what those that are off add is not shown, and is refused.

    `path`: the words that name it, as « jury status ». `of_cofinancing`: words of its help about co-financing, and
    those of a call without.
    """

    def __init__(
        self,
        *args: Any,
        path: str,
        features: Features = FEATURES,
        of_cofinancing: tuple[str, str] = ("", ""),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._of_cofinancing = of_cofinancing
        each = [(one, Features((one,))) for one in features]
        self._added = [
            _Added(one, part, self) for one, alone in each for part in alone.parts(AddedCommand) if part.of == path
        ]
        self._helps = [(one, part) for one, alone in each for part in alone.parts(AddedHelp) if part.of == path]
        self.params = [*(parameter for one in self._added for parameter in one.parameters), *self.params]

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters that the call has, with the choices and the help that its features add."""
        off = {name for added in self._added if is_off(ctx, added.feature) for name in added.names}
        return [self._extended(one, ctx) for one in super().get_params(ctx) if one.name not in off]

    def _extended(self, parameter: click.Parameter, ctx: click.Context) -> click.Parameter:
        helps = [part.options[str(parameter.name)] for part in self._help_on(ctx) if parameter.name in part.options]
        adding = [added for added in self._on(ctx) if added.choices.get(str(parameter.name))]
        more = [choice for added in adding for choice in added.choices[str(parameter.name)]]
        more += [choice for part in self._help_on(ctx) for choice in part.choices.get(str(parameter.name), ())]
        if not isinstance(parameter, click.Option) or not (helps or more):
            return parameter
        extended = copy(parameter)
        extended.type = click.Choice([*_choices(parameter), *more]) if more else parameter.type
        said = [parameter.help, *(added.helps[parameter.name] for added in adding)]
        extended.help = helps[0] if helps else " ".join(filter(None, said))
        return extended

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises UsageError for an option of a feature that is off."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            for added in self._added:
                if any(error.option_name in parameter.opts for parameter in added.parameters):
                    raise off_error(ctx, added.feature, f"« {error.option_name} » est une option") from None
            raise

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help, then that of what features add."""
        if is_unused(ctx, "cofinancing"):
            said = (self.help or "").replace(*self._of_cofinancing)
            click.Command(None, help=said).format_help_text(ctx, formatter)
        else:
            super().format_help_text(ctx, formatter)
        for added in self._on(ctx):
            if added.command.help:
                added.command.format_help_text(ctx, formatter)
        for part in self._help_on(ctx):
            if part.paragraph:
                click.Command(None, help=typographic(part.paragraph)).format_help_text(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for, else this one."""
        given = [added for added in self._on(ctx) if added.is_given(ctx)]
        for added in self._added:
            for name in () if added in given else added.names:
                ctx.params.pop(name, None)
        return given[0].command.invoke(ctx) if given else super().invoke(ctx)

    def _on(self, ctx: click.Context) -> list[_Added]:
        return [added for added in self._added if not is_off(ctx, added.feature)]

    def _help_on(self, ctx: click.Context) -> Iterator[AddedHelp]:
        return (part for feature, part in self._helps if not is_off(ctx, feature))


class SharedReadingCommand(SharedCommand, ReadingCommand):
    """One that answers with a table."""


class SharedWritingCommand(SharedCommand, WritingCommand):
    """One that writes the workbook."""
