"""`follow-up`: the ten months of the selected projects. Each command is a module of its own."""

from __future__ import annotations

import click

from eig_sheets.cli.click_french import FrenchGroup
from eig_sheets.cli.follow_up_generate import generate
from eig_sheets.cli.follow_up_status import status


@click.group("follow-up", cls=FrenchGroup)
def follow_up() -> None:
    """Les dix mois des projets lauréats : leurs jalons, ce qui est en retard, ce qui vient."""


for command in (status, generate):
    follow_up.add_command(command)
