"""`init`: creates what the workbook lacks, or what the options of a feature ask for."""

from __future__ import annotations

import click

from eig_sheets.cli.output import show_changes
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedWritingCommand
from eig_sheets.run.commands_creation import create_missing, planned_init
from eig_sheets.spreadsheet.model.plan import Change


@click.command(cls=SharedWritingCommand, path="init")
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
