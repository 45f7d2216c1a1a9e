"""`jury`: the jury's work. Each command is a module of its own."""

from __future__ import annotations

import click

from eig_sheets.cli.click_french import FrenchGroup
from eig_sheets.cli.jury_assign import assign
from eig_sheets.cli.jury_ballots import ballots
from eig_sheets.cli.jury_collect import collect
from eig_sheets.cli.jury_schedule import schedule
from eig_sheets.cli.jury_status import status
from eig_sheets.cli.session import Session
from eig_sheets.text.french import typographic

_INSTEAD = {
    "schedule": "Les auditions des candidats ne sont pas planifiées : saisissez chacune en « Audition décidée », dans "
    "Talents, et la convocation suit.",
}
"""What a command that is about dossiers alone says when it is asked of candidates: what to do instead."""


@click.group(cls=FrenchGroup)
@click.pass_context
def jury(context: click.Context) -> None:
    """Le travail du jury : qui lit quoi, ses grilles, ses déclarations, ses notes, ses auditions."""
    session: Session = context.obj
    if session.talents and context.invoked_subcommand in _INSTEAD:
        raise click.UsageError(typographic(_INSTEAD[context.invoked_subcommand]))


for command in (assign, ballots, collect, schedule, status):
    jury.add_command(command)
