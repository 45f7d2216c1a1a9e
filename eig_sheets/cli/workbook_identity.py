"""Which workbook a command is about, as the registry of the state folder knows it (guarantee G14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eig_sheets.cli.session import Session
    from eig_sheets.storage.known_workbooks import KnownWorkbook


def located(session: Session, identity: str = "") -> KnownWorkbook:
    """Under which key the state folder knows the workbook, and whether it is a copy.

    `identity`: what it bears; '': what a file says. Raises LedgerError, WorkbookError.
    """
    from eig_sheets.storage import known_workbooks
    from eig_sheets.storage.state import workbook_key
    from eig_sheets.workbook.backends import identity_at, is_at, resolved

    known = known_workbooks.KnownWorkbooks(session.state_path).all()
    place, own = workbook_key(resolved(session.place)), identity or identity_at(session.place)
    return known_workbooks.located(known, place, workbook_key(session.place), own, is_at=is_at)


def identify(session: Session, identity: str = "") -> KnownWorkbook:
    """Keep in the state folder which workbook this is. Raises LedgerError, WorkbookError."""
    from eig_sheets.storage.known_workbooks import KnownWorkbooks

    session.known = located(session, identity)
    KnownWorkbooks(session.state_path).record(session.known)
    return session.known


def original_of(session: Session) -> KnownWorkbook | None:
    """The workbook of which this one is a copy, as far as the state folder knows; None when it is none."""
    from eig_sheets.storage import known_workbooks

    if session.known.goes_on:
        return None
    return known_workbooks.original_of(known_workbooks.KnownWorkbooks(session.state_path).all(), session.known.identity)
