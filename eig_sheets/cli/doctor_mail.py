"""The checks of `doctor` on outlets of e-mails: each is opened, and closed again; a message leaves on request alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from eig_sheets.cli.outlets import outlet_of
from eig_sheets.cli.service_messages import delivered
from eig_sheets.cli.session import Session
from eig_sheets.emails.outlets.base import Outcome, Outlet
from eig_sheets.workbook.model.diagnosis import Finding, error, ok

Attempted = Callable[[str, Callable[[], Iterable[Finding]]], list[Finding]]
_MAIL: Final = "Messagerie"
_TEST: Final = "Message d’essai"
_NAMES: Final = ("smtp", "imap", "gmail")


def findings(session: Session, mail: str | None, attempted: Attempted) -> Iterator[Finding]:
    """Each outlet that the configuration names lets the robot in; then the message to `mail`, if somebody wants one."""
    names = [name for name in _NAMES if getattr(session.campaign, name) is not None]
    if not names:
        yield ok(_MAIL, "Aucune messagerie n’est réglée : les e-mails ne peuvent être que des fichiers .eml.")
    for name in names:
        yield from attempted(f"{_MAIL} ({name})", lambda name=name: _opened(session, name))  # type: ignore[misc]
    if mail:
        yield from attempted(_TEST, lambda: _sent(session, mail))


def _outlet(session: Session, name: str) -> Outlet:
    return outlet_of(name, session.campaign, os.environ, Path())


def _opened(session: Session, name: str) -> Iterator[Finding]:
    with _outlet(session, name) as outlet:
        use = "envoyer" if outlet.sends else "déposer des brouillons"
    yield ok(f"{_MAIL} ({name})", f"Le robot entre et peut y {use}. Rien n’est parti.")


def _sent(session: Session, address: str) -> Iterator[Finding]:
    """The finding of a message that was handed over to the server of [smtp]."""
    body = "Ce message d’essai a été demandé par « eig-sheets doctor --mail ». Il n’appelle pas de réponse."
    receipt = delivered(session, "essai", address, "Essai d’eig-sheets", body)
    if receipt.outcome is Outcome.SENT:
        yield ok(_TEST, f"Un message est parti pour {address} : voyez s’il arrive, et où (courriers indésirables ?).")
    else:
        yield error(_TEST, receipt.detail, "Corrigez [smtp] ou l’adresse, puis relancez la commande.")
