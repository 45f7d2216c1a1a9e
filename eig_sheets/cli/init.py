"""`init`: creates what the workbook lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.output import dry_run_option, format_option
from eig_sheets.cli.session import Refusal, Session, french_errors

if TYPE_CHECKING:
    from eig_sheets.workbook.model.plan import Plan
    from eig_sheets.workbook.model.snapshot import Snapshot


@click.command(cls=FrenchCommand)
@dry_run_option
@format_option
@click.pass_obj
def init(session: Session, *, dry_run: bool, form: str) -> None:
    """Crée ce qui manque au classeur : onglets, en-têtes, listes déroulantes, protections, colonnes du robot.

    Ne touche jamais à ce qui existe. Si le fichier .xlsx n’existe pas, il est créé ; une feuille Google est créée par
    une personne, qui la partage avec le compte du robot.
    """
    with french_errors():
        from eig_sheets.cli.output import show_changes

        if dry_run:
            plan, snapshot = _planned(session)
            show_changes(plan.changes(snapshot), form)
        else:
            session.say(create_missing(session))


def create_missing(session: Session) -> str:
    """Create what the workbook lacks, under the lock; returns a sentence on what was created."""
    from eig_sheets.cli.pipeline import applied
    from eig_sheets.text.french import listed, plural

    with session.locked():
        plan, snapshot = applied(session, lambda: _planned(session), lambda planned: planned[0])
    if snapshot.refused:
        tabs = listed(f"« {tab} »" for tab in snapshot.refused)
        raise Refusal(
            f"Google refuse ce qui manque à {tabs} ; tout le reste est fait. Si l’onglet contient un tableau "
            "(« Convertir en tableau »), convertissez-le en plage ou laissez-lui une colonne vide à droite ; s’il est "
            "protégé, ajoutez le robot aux personnes autorisées. Puis relancez « eig-sheets init »."
        )
    if not plan:
        return f"Rien ne manque à {session.workbook.location}."
    return f"{session.workbook.location} : {plural(len(plan.operations), 'ajout')} (onglets, colonnes, protections)."


def _planned(session: Session) -> tuple[Plan, Snapshot]:
    from eig_sheets.cli.pipeline import refuse
    from eig_sheets.sync.init import plan_init
    from eig_sheets.workbook.model.snapshot import Snapshot

    workbook = session.workbook
    snapshot = workbook.read() if workbook.exists() else Snapshot((), capabilities=workbook.capabilities)
    plan, problems = plan_init(snapshot, session.campaign)
    refuse(problems)
    return plan, snapshot
