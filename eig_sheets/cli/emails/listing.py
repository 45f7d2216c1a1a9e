"""`emails`: lists the e-mails that are due, and makes drafts of them in the outbox or in a mailbox."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from eig_sheets.campaign.dependencies import Act
from eig_sheets.cli.command import ReadingCommand, WritingCommand
from eig_sheets.cli.emails.filters import (
    dossier_option,
    known_template,
    matches,
    refuse_disabled,
    refuse_unknown_dossier,
    template_option,
)
from eig_sheets.cli.emails.outlets import outlet_of, restrict_drafts_folder, sender_of
from eig_sheets.cli.emails.recheck import with_their_files
from eig_sheets.cli.emails.sender import BatchSender, planned, write_update
from eig_sheets.cli.emails.sending import report
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.pipeline import planned_sync, refuse
from eig_sheets.cli.session import Session
from eig_sheets.emails.catalogue.deliveries import TO_ADD
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.emails.outbox.send_checks import attached
from eig_sheets.emails.outlets.base import Outlet
from eig_sheets.run.nightly import Run
from eig_sheets.run.sending import Update, add, matching, outbox_status_of
from eig_sheets.text.french import counted, plural
from eig_sheets.workbook.envois import Sending
from eig_sheets.workbook.table import Col, Table


@dataclass(frozen=True, slots=True)
class _Email:
    """An e-mail that is or was due: where it stands, the addresses of its copies, the names of its attachments."""

    sending: Sending
    state: str
    copies: Sequence[str] = ()
    attachments: Sequence[str] = ()


_TABLE: Final = Table[_Email](
    Col("id", "Id", lambda email: email.sending.id),
    Col("template", "Modèle", lambda email: email.sending.template),
    Col("dossier", "Dossier", lambda email: email.sending.numero),
    Col("to", "Destinataires", lambda email: _split(email.sending.recipients)),
    Col("cc", value=lambda email: email.copies),
    Col("subject", "Objet", lambda email: email.sending.subject),
    Col("attachments"),
    Col("state", "État"),
    Col("reasons", "Précision", lambda email: [email.sending.detail] if email.sending.detail else []),
)


@click.command("list", cls=ReadingCommand, acts=(Act.MESSAGES,))
@template_option
@dossier_option
@click.pass_obj
def list_(session: Session, template: str | None, dossier: str | None, form: str) -> None:
    """Liste les e-mails dus et où en est chacun, sans rien écrire."""
    run = _run(session, despite_losses=True)  # the guard against lost rows protects writes, and this writes nothing
    template = known_template(template, session)
    refuse_unknown_dossier(dossier, run.reading)
    emails = [
        email for email in _emails(run) if matches(email.sending.template, email.sending.numero, template, dossier)
    ]
    if not emails:
        refuse_disabled(template, session)
    show(_TABLE, emails, form, "Aucun e-mail.")


@click.command(cls=WritingCommand, acts=(Act.MESSAGES,))
@click.option(
    "--to", type=click.Choice(["sheet", "eml", "gmail", "imap"]), default="sheet", show_default=True,
    help="sheet : dans l’onglet E-mails à envoyer ; eml : en fichiers ; gmail, imap : dans les brouillons de la boîte.",
)  # fmt: skip
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default="brouillons", show_default=True,
    metavar="DOSSIER", help="Où « eml » écrit ses fichiers, et index.html pour les lire tous.",
)  # fmt: skip
@template_option
@dossier_option
@click.pass_obj
def draft(
    session: Session,
    to: str,
    folder: Path,
    template: str | None,
    dossier: str | None,
    *,
    dry_run: bool,
    form: str,
) -> None:
    """Ajoute à « E-mails à envoyer » les e-mails dus qui n’y sont pas encore, et peut en faire des brouillons.

    Rien n’est envoyé. Un e-mail n’est jamais ajouté deux fois ; s’il lui manque une valeur, il est bloqué et la
    cellule à remplir est nommée dans Envois. Un brouillon dit ce que dit sa ligne, corrections comprises ; c’est vous
    qui l’envoyez, et le robot ne l’enverra plus.
    """
    template = known_template(template, session)
    outlet = None if to == "sheet" else _configured_outlet(session, to, folder)
    if dry_run:
        run = _run(session)
        chosen = _new_drafts(run, template, dossier)
        if not chosen:
            refuse_disabled(template, session)
        update = add(run, session.state.load_last_run(), [draft.id for draft in chosen])
        show_changes(update.plan.changes(run.reading.snapshot), form)
        return
    if to == "eml":
        restrict_drafts_folder(folder)
    with session.locked():
        session.say(added_drafts(session, template, dossier, outlet))
        if outlet:
            _make_drafts(session, outlet, template, dossier, folder if to == "eml" else None)


def added_drafts(
    session: Session,
    template: str | None = None,
    dossier: str | None = None,
    outlet: Outlet | None = None,
    place: str = "",
) -> str:
    """Add to the outbox the e-mails that are due; returns a sentence on how many, and one for each that is blocked.

    `outlet`: where drafts of them are made next, which is seen to open before anything is added. `place`: what the
    sentence calls the workbook, instead of where it is.
    """
    chosen: list[Draft] = []

    def update_of(run: Run) -> Update:
        chosen[:] = _new_drafts(run, template, dossier)
        waiting = matching(outbox_status_of(run).ready, template, dossier) if outlet else ()
        if not chosen and not waiting:
            refuse_disabled(template, session)
        if outlet and (any(isinstance(draft.outcome, Message) for draft in chosen) or waiting):
            with outlet:  # opened, and closed, before rows are appended for a mailbox or a folder that takes no draft
                pass
        return add(run, session.state.load_last_run(), [draft.id for draft in chosen])

    write_update(session, update_of, lambda: planned(session) if outlet else _run(session))
    return _summary_text(chosen, place or session.workbook.location)


def _configured_outlet(session: Session, name: str, folder: Path) -> Outlet:
    """The outlet of that name, not opened. Raises Refusal when the configuration lacks what it needs."""
    sender_of(session.campaign)
    return outlet_of(name, session.campaign, os.environ, folder)


def _make_drafts(
    session: Session, outlet: Outlet, template: str | None, dossier: str | None, folder: Path | None
) -> None:
    """Make a draft, which a person reads and sends, of every e-mail of the outbox that may leave, approved or not.

    `folder`: where they are, when they are files.
    """
    chosen, held = with_their_files(session, matching(outbox_status_of(planned(session)).ready, template, dossier))
    for sentence in held:
        session.say(sentence)
    if not chosen:
        session.say("Aucun e-mail à mettre en brouillon.")
        return
    sender = BatchSender(session, outlet)
    outcomes = sender.run(chosen)
    if folder:
        session.say(f"Brouillons dans {folder.absolute()} : ouvrez index.html pour les lire tous.")
    report(session, outcomes, len(chosen), sender.left_behind(chosen))


def _run(session: Session, *, despite_losses: bool = False) -> Run:
    run = planned_sync(session, despite_losses=despite_losses)
    refuse(run.problems)
    return run


def _new_drafts(run: Run, template: str | None, dossier: str | None) -> list[Draft]:
    refuse_unknown_dossier(dossier, run.reading)
    return [email for email in outbox_status_of(run).new if matches(email.template, email.numero, template, dossier)]


def _emails(run: Run) -> Iterator[_Email]:
    emails = outbox_status_of(run)
    added = {email.id: email for email in emails.added}
    rows = {email.row.id: email.row for email in emails.ready}
    for line in emails.lines:
        new, row = added.get(line.id), rows.get(line.id)
        if new is not None and isinstance(new.outcome, Message):
            yield _Email(line, TO_ADD, new.outcome.cc, _split(attached(new)))
        elif row is not None:
            yield _Email(line, line.state, _split(row.cc), _split(row.attachments))
        else:
            yield _Email(line, line.state)


def _split(recipients: str | None) -> list[str]:
    return [address.strip() for address in (recipients or "").split(";") if address.strip()]


def _summary_text(chosen: list[Draft], location: str) -> str:
    blocked = [
        f"• {email.id} : {' '.join(email.outcome.reasons)}" for email in chosen if isinstance(email.outcome, Blocked)
    ]
    added = counted(len(chosen) - len(blocked), "e-mail ajouté", "e-mails ajoutés")
    held = f", {plural(len(blocked), 'bloqué')}" if blocked else ""
    return "\n".join([f"{location} : {added}{held}.", *blocked])
