"""A workbook and its copy have one identity: only one of them sends e-mails, and a person says which."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_identity import original_of
from eig_sheets.storage.known_workbooks import KnownWorkbooks
from eig_sheets.text.french import typographic

ADOPT: Final = "Si c’est le premier qui continue, lancez-y « eig-sheets state adopt » : l’autre n’enverra plus rien."


def refuse_copy(session: Session, identity: str) -> None:
    """Raise Refusal when another workbook goes on with the identity of this one. Raises LedgerError."""
    known = session.identify(identity)
    if not known.goes_on:
        raise Refusal(typographic(f"Rien n’est envoyé. {copy_warning(session)} {ADOPT}"))


def copy_warning(session: Session) -> str:
    """The warning that the workbook is the copy of another; '' when it is not. Raises LedgerError, WorkbookError."""
    original = original_of(session.state_path, session.known)
    if original is None:
        return ""
    where = original.place or original.key  # where it was met, when another one was found there since
    return f"{session.place} et {where} sont un classeur et sa copie : un seul des deux envoie des e-mails, le second."


def taken_over(session: Session) -> Session:
    """The same command once its workbook goes on, with the state of the one of which it is a copy.

    Raises LedgerError, WorkbookError.
    """
    known = session.identify(session.workbook.read().identity)
    if known.goes_on:
        return session
    KnownWorkbooks(session.state_path).choose(known)
    return replace(session)
