"""`sync`: computes the results and updates the workbook, every night.

What it computes with is imported once the workbook was read: whoever watches it sees it begin at once.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import click

from eig_sheets.cli.session import Session, all_locked
from eig_sheets.cli.shared_commands import SharedWritingCommand
from eig_sheets.config import Campaign


@click.command(cls=SharedWritingCommand, path="sync", of_cofinancing=("co-financement, ", ""))
@click.option(
    "--force", is_flag=True, help="Accepte qu’un onglet ait perdu beaucoup de lignes depuis la dernière fois."
)
@click.pass_obj
def sync(session: Session, *, force: bool, dry_run: bool, form: str) -> None:
    """Lit le classeur, calcule et met à jour les onglets du robot, en une seule écriture.

    Éligibilité, notes, classement, co-financement, anomalies et e-mails à envoyer. Les cellules saisies par des
    personnes ne changent jamais. Relancer sans rien avoir changé n’écrit rien.
    """
    with nullcontext() if dry_run else _counted(session):
        sessions = session.targets
        if session.other is not None and not session.talents and len(sessions) == 1:
            session.say("--workbook nomme un seul classeur : celui des candidats n’est pas mis à jour.")
        if dry_run:
            from eig_sheets.run.commands_night import show

            show(sessions, form, force=force)
        else:
            with all_locked(sessions):
                for workbook in sessions:
                    if is_read_ahead(workbook.campaign):
                        workbook.read_ahead()
                from eig_sheets.run.commands_night import night

                night(sessions, force=force)


def _counted(session: Session) -> AbstractContextManager[None]:
    """The night counted among those of the call, where the configuration names an operator."""
    if not session.campaign.alerts.operator:
        return nullcontext()
    from eig_sheets.run.commands_alerts import counting_nights

    return counting_nights(session)


def is_read_ahead(campaign: Campaign) -> bool:
    """Whether a night may read the workbook at once: not where it first brings in what arrived, which may take long."""
    imports = campaign.demarche is not None and campaign.demarche.imports_nightly
    return not (campaign.part.has_projects and (imports or campaign.jury.received or campaign.jury.collect_online))
