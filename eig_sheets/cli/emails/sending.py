"""`emails send`: sends the approved e-mails once a person has confirmed how many; a rehearsal records nothing."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import click

from eig_sheets.campaign.dependencies import Act
from eig_sheets.cli import interruption
from eig_sheets.cli.click_french import WholeNumber
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.emails.confirmation import confirm_count, refuse_another_day
from eig_sheets.cli.emails.filters import (
    dossier_option,
    known_template,
    refuse_disabled,
    refuse_unknown_addresses,
    refuse_unknown_dossier,
    template_option,
)
from eig_sheets.cli.emails.outlets import sender_of, sending_outlet
from eig_sheets.cli.emails.recheck import AttachmentError, with_their_files
from eig_sheets.cli.emails.sender import (
    BatchSender,
    count_sentence,
    mime_message,
    planned,
    refuse_if_shared,
    write_update,
)
from eig_sheets.cli.output import show
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.mail.addresses import AddressError, checked
from eig_sheets.emails.mail.messages import OutgoingEmail, Sender
from eig_sheets.emails.outbox.held import asks_to_untick
from eig_sheets.emails.outbox.status import ReadyEmail
from eig_sheets.emails.outbox.staying import named, staying
from eig_sheets.emails.outlets.base import DeliveryOutcome, Outlet, Receipt
from eig_sheets.run.nightly import Run
from eig_sheets.run.sending import approved, matching, outbox_status_of, report_outcomes
from eig_sheets.text.confusables import lookalike_reason as confusable_reason
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.table import Col, Table

_PREFIX: Final = "[Répétition] "


def rehearse(session: Session, outlet: Outlet, chosen: Sequence[ReadyEmail], address: str) -> Counter[str]:
    """Send the chosen e-mails to `address` and to nobody else; returns how many had each outcome."""
    rehearsal_id, sender = secrets.token_hex(4), sender_of(session.campaign)
    outcomes: Counter[str] = Counter()
    with outlet:
        for ready in chosen:
            interruption.raise_if_interrupted()
            email = rehearsed(ready.email, address, rehearsal_id)
            with session.step(f"E-mail {sum(outcomes.values()) + 1} sur {len(chosen)}"):
                receipt = _delivered(session, outlet, email, sender, address)
            outcomes[receipt.outcome] += 1
            if receipt.detail:
                session.say(f"{ready.row.id} : {receipt.detail}")
    return outcomes


def _delivered(session: Session, outlet: Outlet, email: OutgoingEmail, sender: Sender, address: str) -> Receipt:
    try:
        message = mime_message(session, email, sender, outlet)
    except AttachmentError as error:
        return Receipt(DeliveryOutcome.REFUSED, str(error))
    return outlet.deliver(email.id, message, [address])


def rehearsed(email: OutgoingEmail, address: str, rehearsal_id: str) -> OutgoingEmail:
    """A copy of an e-mail for one address: it names the real recipients; its appointment has an id of its own.

    `rehearsal_id` keeps mailboxes from merging it with the real e-mail, or with that of another rehearsal.
    """
    people = "; ".join(email.to) + (f" (copie : {'; '.join(email.cc)})" if email.cc else "")
    event = replace(email.event, uid=f"repetition-{rehearsal_id}-{email.event.uid}") if email.event else None
    return replace(
        email,
        id=f"{email.id} {rehearsal_id}",
        to=(address,),
        cc=(),
        subject=_PREFIX + email.subject,
        body=typographic(f"> Répétition : ce message irait à {people}.\n\n") + email.body,
        event=event,
    )


_TABLE: Final = Table[ReadyEmail](
    Col("id", "Id", lambda email: email.row.id),
    Col("template"),
    Col("dossier", value=lambda email: email.numero),
    Col("to", "Destinataires", lambda email: email.row.to),
    Col("cc", "Copie", lambda email: email.row.cc),
    Col("subject", "Objet", lambda email: email.row.subject),
    Col("edited", "Corrigé", lambda email: bool(email.text_diff)),
    Col("failed", "Déjà refusé"),
)


@click.command("send", cls=ReadingCommand, acts=(Act.MESSAGES,))
@template_option
@dossier_option
@click.option("--limit", type=WholeNumber(1), metavar="N", help="Les N premiers seulement.")
@click.option("--confirm", type=WholeNumber(0), metavar="N", help="Leur nombre, pour un script : sans question.")
@click.option(
    "--allow", "allowed", multiple=True, metavar="ADRESSE", help="Accepter cette adresse, étrangère au dossier."
)
@click.option(
    "--redirect-all-to", "rehearsal", metavar="ADRESSE", help="Répétition : tout va à cette adresse, rien n’est noté."
)
@click.option("--dry-run", is_flag=True, help="Montre ce qui partirait, sans rien envoyer ni écrire.")
@click.pass_obj
def send_emails(  # noqa: PLR0913 (one parameter an option)
    session: Session,
    template: str | None,
    dossier: str | None,
    limit: int | None,
    confirm: int | None,
    allowed: tuple[str, ...],
    rehearsal: str | None,
    *,
    dry_run: bool,
    form: str,
) -> None:
    """Envoie les e-mails que l’équipe a validés dans « E-mails à envoyer », une fois chacun.

    Montre d’abord combien partent, à qui, et ce qui a été corrigé depuis la dernière lecture ; il faut ensuite taper
    leur nombre. Ce qui a changé entre-temps ne part pas. Le serveur est celui de la section [smtp] de la configuration.
    """
    template = known_template(template, session)
    rehearsal = None if rehearsal is None else _checked_address(rehearsal)  # an empty one is not « no rehearsal »
    if not (rehearsal or dry_run):
        refuse_another_day(session, "un envoi", "--dry-run ou --redirect-all-to")
    run = planned(session, allowed)
    refuse_unknown_dossier(dossier, run.reading)
    refuse_unknown_addresses(allowed, run.reading)
    everything = approved(outbox_status_of(run).ready)
    complete, held = with_their_files(session, matching(everything, template, dossier))
    chosen = complete[:limit]
    if not chosen:
        refuse_disabled(template, session)
    others = [*complete[len(chosen) :], *_others(everything, template, dossier)]
    untick = _print_staying(session, run, held, others)
    if dry_run:
        if untick:
            session.say("--dry-run ne note rien : lancez « eig-sheets sync » avant de décocher.")
        show(_TABLE, chosen, form, "Aucun e-mail ne partirait.")
        return
    _print_batch(session, chosen, rehearsal)
    if chosen and not rehearsal:
        refuse_if_shared(session)
    if untick and not rehearsal:
        write_outcomes(session)  # that it was told, which a number that is not confirmed would leave unsaid
    if chosen or confirm is not None:
        waiting = plural(len(chosen), "e-mail attend", "e-mails attendent")
        confirm_count(
            len(chosen),
            confirm,
            what="d’e-mails partent",
            to_do="envoyer",
            waiting=f"Rien n’est envoyé : {waiting}",
        )
    if chosen:
        _send(session, chosen, allowed, rehearsal)
    elif not rehearsal and not untick:
        write_outcomes(session)


def _checked_address(typed: str) -> str:
    if reason := confusable_reason(typed):
        raise Refusal(typographic(f"{typed} a une lettre trompeuse : {reason}. Effacez-la et retapez-la."))
    try:
        return checked(typed)
    except AddressError as error:
        raise Refusal(str(error)) from None


def write_outcomes(session: Session) -> None:
    """Write delivery statuses in the workbook, where they changed: a send that was stopped could not."""
    with session.locked():
        write_update(
            session,
            lambda run: report_outcomes(run, session.state.load_last_run(), session.clock),
            lambda: planned(session),
        )


def _email_line(email: ReadyEmail) -> str:
    copies = f" (copie : {email.row.cc})" if email.row.cc else ""
    marks = [
        *([f"avec {email.email.file.name}"] if email.email.file else []),
        *([edited_words(email)] if email.text_diff else []),
        *(["déjà refusé"] if email.failed else []),
    ]
    return (
        f"• {email.row.id} : à {email.row.to}{copies}. {email.row.subject}{' — ' + ', '.join(marks) if marks else ''}"
    )


def edited_words(email: ReadyEmail) -> str:
    """How an e-mail that people edited is marked in a list."""
    return "corrigé" if email.seen else "corrigé depuis la dernière lecture"


def _others(ready: Sequence[ReadyEmail], template: str | None, dossier: str | None) -> list[ReadyEmail]:
    """The approved e-mails that the options leave out."""
    chosen = {email.row.id for email in matching(ready, template, dossier)}
    return [email for email in ready if email.row.id not in chosen]


def _print_staying(session: Session, run: Run, held: Sequence[str], others: Sequence[ReadyEmail]) -> bool:
    """Print each ticked row that stays: it may not leave, lacks its file, or is left out by the options.

    Whether one of them says to untick it, and to tick it again.
    """
    stay = [*staying(run.reading, outbox_status_of(run)), *held]
    for sentence in stay:
        session.say(sentence)
    if others:
        rows = named(run.reading, [email.row for email in others])
        session.say(typographic(f"Hors de ce choix (--template, --dossier, --limit), ne partent pas : {rows}."))
    return any(map(asks_to_untick, stay))


def _print_batch(session: Session, chosen: Sequence[ReadyEmail], rehearsal: str | None) -> None:
    if not chosen:
        session.say("Aucun e-mail validé à envoyer.")
        return
    for email in chosen:
        if email.text_diff and not email.seen:
            session.say(f"Modifié depuis la dernière lecture : {email.row.id}\n{email.text_diff}\n")
    for email in chosen:  # no table: a terminal is too narrow for addresses and subjects side by side
        session.say(_email_line(email))
    counts = Counter(email.template for email in chosen)
    by_template = ", ".join(f"{count} {template}" for template, count in counts.items())
    people = {address.strip().casefold() for email in chosen for address in email.row.to.split(";")}
    where = f"à {rehearsal} seulement (répétition)" if rehearsal else plural(len(people), "destinataire")
    sender = sender_of(session.campaign).address
    session.say(f"{plural(len(chosen), 'e-mail validé', 'e-mails validés')} ({by_template}) : {where}, de {sender}.")


def _send(session: Session, chosen: Sequence[ReadyEmail], allowed: Sequence[str], rehearsal: str | None) -> None:
    outlet = sending_outlet(session.campaign, os.environ)
    if rehearsal:
        outcomes = rehearse(session, outlet, chosen, rehearsal)
        session.say(f"Répétition finie : {plural(outcomes['sent'], 'e-mail envoyé', 'e-mails envoyés')} à {rehearsal}.")
        if outcomes.total() > outcomes["sent"]:
            raise Refusal("Certains n’ont pas pu partir.")
        return
    sender = BatchSender(session, outlet, allowed)
    report(session, sender.run(chosen), len(chosen), sender.left_behind(chosen))


def report(session: Session, outcomes: Mapping[str, int], asked: int, left_behind: Sequence[str] = ()) -> None:
    """Print the outcomes of a send: `left_behind` not in a log. Raises Refusal when one failed or was left out."""
    left = asked - sum(outcomes.values())
    for sentence in (*left_behind, count_sentence(outcomes, asked)):
        session.say(sentence)
    wrong = [
        *([plural(outcomes[DeliveryStatus.FAILED], "échec")] if outcomes.get(DeliveryStatus.FAILED) else []),
        *([plural(outcomes[DeliveryStatus.UNCERTAIN], "incertain")] if outcomes.get(DeliveryStatus.UNCERTAIN) else []),
    ]
    words = "ligne modifiée entre-temps n’est pas partie", "lignes modifiées entre-temps ne sont pas parties"
    problems = [
        *([f"{', '.join(wrong)} : voir « Envois », colonne Précision."] if wrong else []),
        *([f"{plural(left, *words)} : à relire avant de relancer."] if left else []),
    ]
    if problems:
        raise Refusal(typographic(" ".join(problems)))
