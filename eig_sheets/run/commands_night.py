"""A night of a call: what arrived is brought in, the workbooks are updated, approved e-mails leave.

What only some calls have at night (an import, jurors' pages, a send) is imported where it is done.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.campaign.results import Results
from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.pipeline import synchronise
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import refuse_altered, sentences, stopping
from eig_sheets.registry import Arrival, NightWork
from eig_sheets.run.commands_two_workbooks import Night, show_both, synchronise_both
from eig_sheets.run.dashboard import apart
from eig_sheets.run.nightly import Run
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.anomalies import Anomaly, Severity, count


def night(sessions: Sequence[Session], *, force: bool) -> None:
    """Synchronise these workbooks, under their locks; raise what kept one, or something of it, from being written."""
    for session in sessions:
        bring_in(session)
    _finish(_nights(sessions, force=force))


def show(sessions: Sequence[Session], form: str, *, force: bool) -> None:
    """Print what a night would change."""
    for session in sessions:
        bring_in(session, dry_run=True)
    if len(sessions) > 1:
        show_both(sessions, form, force=force)
    else:
        synchronise(sessions[0], force=force, dry_run=True, form=form)


def _nights(sessions: Sequence[Session], *, force: bool) -> list[Night]:
    """The run of each workbook, once it was written."""
    if len(sessions) > 1:
        return synchronise_both(sessions, force=force)
    return [Night(sessions[0], synchronise(sessions[0], force=force))]


def _finish(nights: Sequence[Night]) -> None:
    """Do what follows the writes; raise what kept a workbook, or something of it, from being written."""
    for night in nights:
        _end(night.session, night.run)
    for night in nights:
        if night.error is not None:
            raise night.error
    refusals = [refusal for night in nights if night.run for refusal in night.run.refusals]
    if refusals:
        raise Refusal(typographic("\n".join(map(left_out, refusals))))


def _end(session: Session, run: Run | None) -> None:
    """Do what follows the write of a workbook: its summary, approved e-mails, what features do at night."""
    if run is not None and run.results is not None:
        session.say(summary_text(run, run.results, session.workbook.location))
        if session.campaign.emails.nightly_send:
            _send(session, run)
        else:
            for sentence in sentences(stopping(run.reading)):  # what stops all sending
                session.say(sentence)
        for work in session.campaign.features.parts(NightWork):
            found_at(work.place)(session)


def bring_in(session: Session, *, dry_run: bool = False) -> None:
    """Bring in, before the plan of a night, new dossiers, the pages that jurors sent back, what features receive."""
    if not dry_run:
        for arrival in session.campaign.features.parts(Arrival):
            found_at(arrival.place)(session)
    if not session.campaign.part.has_projects:
        return
    _import(session, dry_run=dry_run)
    _collect(session, dry_run=dry_run)


def _import(session: Session, *, dry_run: bool) -> None:
    """Import what Démarche Numérique has, where the configuration says so."""
    if session.campaign.demarche is None or not session.campaign.demarche.imports_nightly:
        return
    if dry_run:
        session.say("Essai sans écriture : rien n’est importé de Démarche Numérique.")
    else:
        from eig_sheets.call.applications.commands_import import nightly_imports

        nightly_imports(session)


def _collect(session: Session, *, dry_run: bool) -> None:
    """Keep the pages that jurors sent back, where the configuration says so: the plan that follows has them."""
    if not (session.campaign.jury.received or session.campaign.jury.collect_online):
        return
    if dry_run:
        session.say("Essai sans écriture : les pages des jurés qui viennent d’arriver ne sont pas lues.")
    else:
        from eig_sheets.call.jury.commands_collect import nightly_collect

        nightly_collect(session)


def left_out(refusal: Anomaly) -> str:
    """What the spreadsheet program did not let be written, where, and the remedy."""
    place = f"{refusal.tab}, {refusal.shown_cell}" if refusal.cell else refusal.tab
    return f"{place} : {refusal.message} {refusal.remedy}"


def _send(session: Session, run: Run) -> None:
    """Send the approved e-mails that did not change since the last run: one edited then approved waits a night.

    Raises Refusal when this run found the workbook altered, even if it has just mended it: people look at it first.
    """
    from eig_sheets.cli.emails.outlets import sending_outlet
    from eig_sheets.cli.emails.recheck import with_their_files
    from eig_sheets.cli.emails.sender import BatchSender
    from eig_sheets.cli.emails.sending import report
    from eig_sheets.run.sending import outbox_status_of, sendable_automatically

    refuse_altered(run.reading)
    chosen, held = with_their_files(session, sendable_automatically(outbox_status_of(run).ready))
    for sentence in held:
        session.say(sentence)
    if session.today:
        session.say("« --today » ne convient pas à un envoi : rien n’est envoyé.")
    elif chosen:
        outlet = sending_outlet(session.campaign, os.environ)
        report(session, BatchSender(session, outlet).run(chosen), len(chosen))


def summary_text(run: Run, results: Results, location: str) -> str:
    """The summary of a successful sync, in two sentences."""
    blocking = count(anomaly for anomaly in results.anomalies if anomaly.severity is Severity.BLOCKING)
    severe = f" ({plural(blocking, 'bloquante')})" if blocking else ""
    anomalies = f"{plural(count(results.anomalies), 'anomalie')}{severe}"
    reading = run.reading
    rows = plural(len(results.of(APPLICATIONS).dossiers), "dossier")
    if not reading.owns("candidatures"):
        rows = next(iter(apart(reading).counts(reading)), "")
    counts = f"{rows}, {anomalies}"
    done = f"{location} est à jour" if run.plan else f"Rien n’a changé dans {location}"
    added = len(run.emails.added) if run.emails else 0
    emails = f" {plural(added, 'e-mail ajouté', 'e-mails ajoutés')} à « E-mails à envoyer »." if added else ""
    return f"{done} : {counts}.{emails}"
