"""`init`: creates what the workbook lacks."""

from __future__ import annotations

from typing import Any

import click

from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.next_call import next_call_options, prepare, refuse_without_last
from eig_sheets.cli.output import show_changes
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_creation import create_missing, planned_init
from eig_sheets.workbook.model.plan import Change


@click.command(cls=WritingCommand)
@click.argument("folder", metavar="[DOSSIER]", required=False, type=click.Path(file_okay=False))
@next_call_options
@click.pass_obj
def init(
    session: Session, /, *, folder: str | None, last: str | None, dry_run: bool, form: str, **decided: Any
) -> None:
    """Crée ce qui manque au classeur : onglets, en-têtes, listes déroulantes, protections, colonnes du robot.

    Ne touche jamais à ce qui existe. Si le fichier .xlsx n’existe pas, il est créé ; une feuille Google est créée par
    une personne, qui la partage avec le compte du robot.

    Avec --from, prépare dans DOSSIER l’appel qui suit celui d’une configuration : demande (ou prend en options) ce
    qu’un appel décide, décale les autres dates en gardant le jour de la semaine, reprend les textes et les jurés
    voulus, aucun dossier, et montre ce qui est à relire.
    """
    changes: list[Change] = []
    if last is not None:
        prepare(session, last, folder, decided, dry_run=dry_run, form=form)
        return
    refuse_without_last(folder, decided)
    for each in session.targets:
        if dry_run:
            plan, snapshot = planned_init(each)
            changes += plan.changes(snapshot)
        else:
            each.say(create_missing(each))
    if dry_run:
        show_changes(changes, form)
