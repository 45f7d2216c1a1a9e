"""`jury`: the jury's work. Each command is a module of its own."""

from __future__ import annotations

import click

from eig_sheets.cli.click_french import FrenchGroup
from eig_sheets.cli.jury_assign import assign
from eig_sheets.cli.jury_ballots import ballots
from eig_sheets.cli.jury_collect import collect
from eig_sheets.cli.jury_schedule import schedule
from eig_sheets.cli.jury_status import status
from eig_sheets.cli.linked import refuse_without_projects
from eig_sheets.cli.session import Session, french_errors

_OF_PROJECTS = ("assign", "ballots", "collect", "schedule")
"""Those that are about dossiers."""


@click.group(cls=FrenchGroup)
@click.pass_context
def jury(context: click.Context) -> None:
    """Le travail du jury : qui lit quoi, ses grilles, ses déclarations, ses notes, ses auditions."""
    session: Session = context.obj
    if session.talents and context.invoked_subcommand in _OF_PROJECTS:
        with french_errors():
            refuse_without_projects(session, f"jury {context.invoked_subcommand}")


for command in (assign, ballots, collect, schedule, status):
    jury.add_command(command)
