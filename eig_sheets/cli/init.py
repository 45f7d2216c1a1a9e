"""`init`: creates what the workbook lacks, or what the options of a feature ask for."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.deferred_commands import imported
from eig_sheets.cli.feature_commands import is_off, off_error
from eig_sheets.cli.init_options import InitOptions
from eig_sheets.cli.output import show_changes
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_creation import create_missing, planned_init
from eig_sheets.installed import FEATURES
from eig_sheets.registry import Feature, Features
from eig_sheets.workbook.model.plan import Change


class _Added:
    """A command of a feature whose parameters `init` has, and that it runs instead when one of them is given."""

    def __init__(self, feature: Feature, options: InitOptions) -> None:
        of_every_command = {option.name for option in WritingCommand.last_options}
        self.feature, self.command = feature, imported(options.place)
        self.parameters = [one for one in self.command.params if one.name not in of_every_command]
        self.names = [one.name for one in self.parameters]

    def is_given(self, ctx: click.Context) -> bool:
        """Whether one of its parameters is given."""
        return any(ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in self.names)


class InitCommand(WritingCommand):
    """A command with what features add to it; the options of those that are off are not shown, and are refused."""

    def __init__(self, *args: Any, features: Features, **options: Any) -> None:
        super().__init__(*args, **options)
        self._added = [_Added(one, part) for one in features for part in Features((one,)).parts(InitOptions)]
        self.params = [*(parameter for one in self._added for parameter in one.parameters), *self.params]

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters that the call has."""
        off = {name for added in self._added if is_off(ctx, added.feature) for name in added.names}
        return [parameter for parameter in super().get_params(ctx) if parameter.name not in off]

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
        super().format_help_text(ctx, formatter)
        for added in self._on(ctx):
            added.command.format_help_text(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command of which a parameter is given, else this one."""
        given = [added for added in self._on(ctx) if added.is_given(ctx)]
        for added in self._added:
            for name in () if added in given else added.names:
                ctx.params.pop(name, None)
        return given[0].command.invoke(ctx) if given else super().invoke(ctx)

    def _on(self, ctx: click.Context) -> list[_Added]:
        return [added for added in self._added if not is_off(ctx, added.feature)]


@click.command(cls=InitCommand, features=FEATURES)
@click.pass_obj
def init(session: Session, *, dry_run: bool, form: str) -> None:
    """Crée ce qui manque au classeur : onglets, en-têtes, listes déroulantes, protections, colonnes du robot.

    Ne touche jamais à ce qui existe. Si le fichier .xlsx n’existe pas, il est créé ; une feuille Google est créée par
    une personne, qui la partage avec le compte du robot.
    """
    changes: list[Change] = []
    for each in session.targets:
        if dry_run:
            plan, snapshot = planned_init(each)
            changes += plan.changes(snapshot)
        else:
            each.say(create_missing(each))
    if dry_run:
        show_changes(changes, form)
