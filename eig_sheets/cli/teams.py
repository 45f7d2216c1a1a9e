"""`teams`: the teams of the laureates. Each command is a module of its own."""

from __future__ import annotations

import click

from eig_sheets.cli.click_french import FrenchGroup
from eig_sheets.cli.teams_propose import propose


@click.group(cls=FrenchGroup)
def teams() -> None:
    """Les équipes des projets lauréats : qui est proposé où, et pourquoi."""


teams.add_command(propose)
