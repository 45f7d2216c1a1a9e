"""`sync`: computes the results and updates the workbook, every night."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.output import dry_run_option, format_option
from eig_sheets.cli.session import Refusal, Session, french_errors

if TYPE_CHECKING:
    from eig_sheets.campaign.results import Results
    from eig_sheets.sync.nightly import Run
    from eig_sheets.workbook.anomalies import Anomaly


@click.command(cls=FrenchCommand)
@click.option(
    "--force", is_flag=True, help="Accepte qu’un onglet ait perdu beaucoup de lignes depuis la dernière fois."
)
@dry_run_option
@format_option
@click.pass_obj
def sync(session: Session, *, force: bool, dry_run: bool, form: str) -> None:
    """Lit le classeur, calcule et met à jour les onglets du robot, en une seule écriture.

    Éligibilité, notes, classement, co-financement, anomalies et e-mails à envoyer. Les cellules saisies par des
    personnes ne changent jamais. Relancer sans rien avoir changé n’écrit rien.
    """
    with french_errors():
        from eig_sheets.cli.pipeline import synchronise
        from eig_sheets.text.french import typographic

        with nullcontext() if dry_run else session.locked():
            _import(session, dry_run=dry_run)
            run = synchronise(session, force=force, dry_run=dry_run, form=form)
            if not dry_run and run.results is not None:
                session.say(summary_text(run, run.results, session.workbook.location))
                if session.campaign.emails.nightly_send:
                    _send(session, run)
                if run.refusals:
                    raise Refusal(typographic("\n".join(map(_left_out, run.refusals))))


def _import(session: Session, *, dry_run: bool) -> None:
    """First import what Démarche Numérique has, where the configuration says so."""
    from eig_sheets.cli.importing import nightly_import

    if session.campaign.demarche is None or not session.campaign.demarche.nightly:
        return
    if dry_run:
        session.say("Essai sans écriture : rien n’est importé de Démarche Numérique.")
    else:
        nightly_import(session)


def _left_out(refusal: Anomaly) -> str:
    """What the spreadsheet program did not let be written, where, and the remedy."""
    place = f"{refusal.tab}, {refusal.cell}" if refusal.cell else refusal.tab
    return f"{place} : {refusal.message} {refusal.remedy}"


def _send(session: Session, run: Run) -> None:
    """Send the approved e-mails that did not change since the last run: one edited then approved waits a night."""
    import os
    from pathlib import Path

    from eig_sheets.cli.outlets import outlet_of
    from eig_sheets.cli.sender import BatchSender
    from eig_sheets.cli.sending import report
    from eig_sheets.sync.sending import outbox_status_of, sendable_automatically

    chosen = sendable_automatically(outbox_status_of(run).ready)
    if session.today:
        session.say("« --today » ne convient pas à un envoi : rien n’est envoyé.")
    elif chosen:
        outlet = outlet_of("smtp", session.campaign, os.environ, Path())
        report(session, BatchSender(session, outlet).run(chosen), len(chosen))


def summary_text(run: Run, results: Results, location: str) -> str:
    """The summary of a successful sync, in two sentences."""
    from eig_sheets.text.french import plural
    from eig_sheets.workbook.anomalies import Severity
    from eig_sheets.workbook.anomaly_limits import count

    blocking = count(one for one in results.anomalies if one.severity is Severity.BLOCKING)
    severe = f" ({plural(blocking, 'bloquante')})" if blocking else ""
    anomalies = f"{plural(count(results.anomalies), 'anomalie')}{severe}"
    counts = f"{plural(len(results.dossiers), 'dossier')}, {anomalies}"
    done = f"{location} est à jour" if run.plan else f"Rien n’a changé dans {location}"
    added = len(run.emails.added) if run.emails else 0
    emails = f" {plural(added, 'e-mail ajouté', 'e-mails ajoutés')} à « E-mails à envoyer »." if added else ""
    return f"{done} : {counts}.{emails}"
