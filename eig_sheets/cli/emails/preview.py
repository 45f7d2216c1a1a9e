"""`emails check` and `emails show`: templates checked against the data, and the preview of one message."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

import click

from eig_sheets.call.applications.checks import NO_APPEAL_TEXT
from eig_sheets.campaign.dependencies import Act
from eig_sheets.cli.command import Command, ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import planned_sync, refuse, results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.emails.drafting.missing_values import UnwrittenMessage, missing_columns, missing_values
from eig_sheets.emails.mail.bodies import page, text
from eig_sheets.emails.mail.holes import quoted
from eig_sheets.emails.mail.messages import Message, OutgoingEmail, unfilled
from eig_sheets.emails.mail.templates import unused
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.emails.outbox.status import OutboxStatus
from eig_sheets.run.nightly import Run
from eig_sheets.run.sending import outbox_status_of
from eig_sheets.storage import permissions
from eig_sheets.text.french import typographic
from eig_sheets.workbook.envois import Sending
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.table import Col, Table


def _reasons(missing: UnwrittenMessage) -> str:
    return " ".join(missing.reasons)


_TABLE: Final = Table[UnwrittenMessage](
    Col("template", "Modèle"),
    Col("tab", "Onglet"),
    Col("row", "Ligne"),
    Col("whom", "Qui"),
    Col("reasons", "Ce qui bloque", people=_reasons, csv=_reasons),
)


@click.command("check", cls=ReadingCommand, acts=(Act.MESSAGES,))
@click.pass_obj
def check_templates(session: Session, form: str) -> None:
    """Confronte chaque modèle aux colonnes et à toutes les lignes : quels messages auraient un trou, et lequel.

    Les lignes sont examinées même si aucun message n’y est dû. Une faute dans un modèle est refusée avec sa ligne et le
    nom le plus proche ; « -v » liste aussi ce que chaque modèle pourrait nommer et ne nomme pas.
    """
    texts = session.templates
    reading, results = results_of(session)
    for name, template in texts.items():
        is_off = name in session.campaign.emails.disabled
        for header in () if is_off else missing_columns(reading, template):
            session.say(f"{name} : la colonne « {header} » est absente, et le modèle la nomme.")
        if template.holes:
            holes = quoted(Counter(template.holes))
            session.say(
                f"{name} {unfilled(holes)} : ses messages sont retenus, sauf ceux que l’équipe valide deux fois."
            )
        session.detail(f"{name} ne nomme pas : {', '.join(unused(template)) or 'rien de plus'}.")
    for anomaly in results.anomalies:
        if anomaly.kind is NO_APPEAL_TEXT:
            session.say(f"{anomaly.place} : {anomaly.message} {anomaly.remedy}")
    missing = missing_values(reading, results, texts, session.clock.today)
    show(_TABLE, missing, form, "Aucun message n’aurait de trou.")


@click.command("show", cls=Command, acts=(Act.MESSAGES,))
@click.argument("sending_id", metavar="ID")
@click.option("--open", "opened", is_flag=True, help="L’ouvrir aussi dans le navigateur, mis en page.")
@click.pass_obj
def show_email(session: Session, sending_id: str, *, opened: bool) -> None:
    """Montre un message tel qu’il arrivera, corrections de l’équipe comprises ; ID est celui de « emails list »."""
    email, line = _email_and_line(session, sending_id)
    if line:
        session.say("\n".join([f"{line.id} : {line.state}", *([line.detail] if line.detail else []), ""]))
    echo(_as_text(email))
    if opened:
        session.say(f"Mis en page : {_open_in_browser(email)}")


def _email_and_line(session: Session, sending_id: str) -> tuple[OutgoingEmail, Sending | None]:
    """A message, and its line of « Envois »."""
    run = planned_sync(
        session, despite_losses=True
    )  # the guard against lost rows protects writes, and this writes nothing
    refuse(run.problems)
    emails = outbox_status_of(run)
    by_id = {**_due(emails), **_in_the_outbox(run), **{ready.row.id: ready.email for ready in emails.ready}}
    if sending_id not in by_id:
        raise Refusal(
            f"Aucun message « {sending_id} ».{did_you_mean(sending_id, [*by_id])} « eig-sheets emails list » les liste."
        )
    return by_id[sending_id], next((line for line in emails.lines if line.id == sending_id), None)


def _due(emails: OutboxStatus) -> dict[str, OutgoingEmail]:
    return {
        draft.id: OutgoingEmail(
            draft.id,
            draft.outcome.to,
            draft.outcome.cc,
            draft.outcome.subject,
            draft.outcome.body,
            draft.event,
            file=draft.file,
        )
        for draft in emails.added
        if isinstance(draft.outcome, Message)
    }


def _in_the_outbox(run: Run) -> dict[str, OutgoingEmail]:
    """The e-mails of the outbox, with the corrections of people."""
    return {
        row.id: OutgoingEmail(row.id, _split(row.to), _split(row.cc), row.subject, row.body)
        for row in rows_of(run.reading)
    }


def _split(addresses: str) -> tuple[str, ...]:
    return tuple(address.strip() for address in addresses.split(";") if address.strip())


def _as_text(email: OutgoingEmail) -> str:
    lines = [
        f"À : {', '.join(email.to) or '(personne)'}",
        *([f"Copie : {', '.join(email.cc)}"] if email.cc else []),
        f"Objet : {email.subject or '(vide)'}",
    ]
    if email.event:
        lines.append(f"Rendez-vous : {email.event.title}, {email.event.starts:%d/%m/%Y %H:%M}")
    if email.file:
        lines.append(f"Pièce jointe : {email.file.name}")
    return "\n".join([*map(typographic, lines), "", text(email.body)])


def _open_in_browser(email: OutgoingEmail) -> str:
    """Write the message as a page in a temporary file, open it in the browser, and return its path."""
    import webbrowser

    folder = Path(tempfile.mkdtemp(prefix="eig-sheets-"))
    path = folder / "message.html"
    permissions.write(path, page(email.body, email.subject).encode())
    webbrowser.open(path.as_uri())
    return str(path)
