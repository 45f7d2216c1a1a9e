"""`returns`, and what a night brings in: the mail that came back, and the answers to invitations."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.emails.outlets import imap_server
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import planned_sync, refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.features.returns.files_ledger import Received, ReturnLedger
from eig_sheets.features.returns.services_mailbox import read_folder, read_mailbox
from eig_sheets.features.returns.settings import ReturnSettings
from eig_sheets.features.returns.standing import found_returns, row_of
from eig_sheets.features.returns.tab import TABLE
from eig_sheets.text.french import typographic, why

_NOT_READ: Final = "Les retours ne sont pas relevés : {why}"
_MISSING: Final = "Rien n’est relevé : ajoutez à {file} l’une de ces lignes, avec vos valeurs."
_EXAMPLE: Final = (
    '\n    [returns]\n    folder = "/srv/eig/Maildir"\n    mailbox = "INBOX"   # un dossier de la boîte de [imap]'
)


@click.command(cls=ReadingCommand)
@click.pass_obj
def returns(session: Session, form: str) -> None:
    """Relève les e-mails revenus et les réponses aux invitations, et les liste.

    Rien n’est déplacé ni effacé dans la boîte, et le classeur ne change pas : la synchronisation suivante y écrit
    « Revenu » dans Envois, et le reste dans Retours. Un courriel que le robot ne sait pas lire est listé « à lire ».
    """
    settings = session.campaign.section(ReturnSettings)
    if not settings.folder and not settings.mailbox:
        raise Refusal(typographic(_MISSING.format(file=session.campaign.to_edit)) + _EXAMPLE)
    with session.locked():
        if failure := _brought_in(session):
            raise Refusal(failure)
        run = planned_sync(session, despite_losses=True)  # nothing is written
        refuse(run.problems)
    known = received(session.state.folder, session.known.key)
    found = found_returns(known, run.reading, run.previous) if run.previous else ()
    rows = sorted(map(row_of, found), key=lambda row: row.moment, reverse=True)
    show(TABLE, rows, form, "Rien n’est revenu, et personne n’a répondu.")


def received(folder: Path, key: str) -> Received:
    """What this machine knows of the mail that came back for a workbook. Raises LedgerError."""
    return ReturnLedger(folder, key).read()


def bring_in(session: Session) -> None:
    """Read what arrived since the last night. A failure is said, and told in the workbook: it prevents nothing."""
    if failure := _brought_in(session):
        session.say(failure)


def _brought_in(session: Session) -> str:
    """Read what arrived, and keep it; the French sentence on why that cannot be, '' otherwise. Raises LedgerError."""
    ledger = ReturnLedger(session.state.folder, session.known.key)
    known = ledger.read()
    try:
        new = _read(session, known)
    except (OutletError, OSError) as error:
        reason = str(error) if isinstance(error, OutletError) else f"{_place(session)} ({why(error)})."
        new = known.failing(session.clock.now, typographic(reason))
        ledger.write(new)
        return typographic(_NOT_READ.format(why=reason))
    if new != known:
        ledger.write(new)
    return ""


def _place(session: Session) -> str:
    settings = session.campaign.section(ReturnSettings)
    return settings.mailbox or str(session.campaign.path_of(settings.folder))


def _read(session: Session, known: Received) -> Received:
    campaign = session.campaign
    settings = campaign.section(ReturnSettings)
    if settings.folder:
        return read_folder(campaign.path_of(settings.folder), known, campaign.zone)
    if not settings.mailbox:
        return known.having(())
    server = imap_server(campaign)
    opens = campaign.campaign.opens
    return read_mailbox(server, server.password.read(os.environ), settings.mailbox, known, opens, campaign.zone)
