"""`slots`: advice slots and webinars before the call closes."""

from __future__ import annotations

import click

from eig_sheets.cli.click_french import FrenchGroup
from eig_sheets.cli.slots_generate import generate
from eig_sheets.cli.slots_import import import_visitors
from eig_sheets.cli.slots_list import list_slots


@click.group(cls=FrenchGroup)
def slots() -> None:
    """Les créneaux de conseil et les webinaires : les préparer, les relever, dire lesquels sont libres."""


for command in (generate, list_slots, import_visitors):
    slots.add_command(command)
