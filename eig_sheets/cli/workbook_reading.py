"""Reads the workbook of a command, with the other one when candidates have their own: rules need rows of both."""

from __future__ import annotations

from time import monotonic
from typing import Final

import click

from eig_sheets.campaign.checks import anomalies_of
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.cli.session import Session
from eig_sheets.domain.emails.deliveries import Delivery
from eig_sheets.sync.nightly import problems_of
from eig_sheets.sync.other_workbook import NO_OTHER_WORKBOOK, OtherWorkbook, moved_deliveries
from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.base import LinkedError, WorkbookError
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.parts import WORKBOOKS

_FRESH: Final = 10.0
"""Seconds for which a reading of the other workbook serves a send, on a server that answers so many reads a minute."""


def other_workbook_of(session: Session, *, force: bool = False) -> OtherWorkbook:
    """What this command knows of the other workbook. Raises LinkedError when that one cannot be read.

    Nothing is guessed without it: a team that is not seen would change amounts, a laureate that is not seen messages.
    `force` accepts that a people's tab of it lost many rows.
    """
    other = session.other
    if other is None:
        return NO_OTHER_WORKBOOK
    try:
        reading = _fresh(other) or cached_reading(other)
    except WorkbookError as error:
        raise LinkedError(typographic(unreadable(other, str(error)))) from None
    if problems := problems_of(reading, other.state.load_last_run(), force=force):
        said = " ".join(f"{problem.message} {problem.remedy}" for problem in problems)
        raise LinkedError(typographic(unreadable(other, said)))
    return with_deliveries(other, reading)


def with_deliveries(other: Session, reading: Reading) -> OtherWorkbook:
    """What is known of the other workbook, once it was read: with the e-mails that left from it."""
    return OtherWorkbook(reading, other.ledger.deliveries())


def refuse_without_projects(session: Session, command: str) -> None:
    """Raise UsageError when the workbook is that of candidates alone, and the command is about dossiers."""
    if not session.campaign.part.has_projects:
        raise click.UsageError(f"« {command} » porte sur les dossiers, qui ont leur classeur : retirez --talents.")


def known_deliveries(session: Session) -> dict[str, Delivery]:
    """The e-mails that left from this workbook by this machine's ledger, or to its people before it was there."""
    other = session.other
    linked = NO_OTHER_WORKBOOK if other is None else OtherWorkbook(deliveries=other.ledger.deliveries())
    return {**moved_deliveries(linked, session.campaign), **session.ledger.deliveries()}


def unreadable(other: Session, why: str) -> str:
    """The sentence that the other workbook cannot be read, why, and what follows."""
    part = other.campaign.part
    dependent = WORKBOOKS[part.other or part]
    return f"Le {WORKBOOKS[part]} ne peut pas être lu, et le {dependent} en dépend : rien n’y est changé. {why}"


def cached_reading(session: Session, snapshot: Snapshot | None = None) -> Reading:
    """A workbook read by itself: `snapshot`, else as it is now. Raises WorkbookError.

    A send reads it again before each e-mail: what did not change is not gone through again.
    """
    if snapshot is None:
        with session.step("Lecture de l’autre classeur"):
            snapshot = session.workbook.read()
    known = session.last_reading
    if known is None or not snapshot.version or known.snapshot.version != snapshot.version:
        known = session.last_reading = read(snapshot, session.campaign, known=session.state.load_last_run().known)
    session.last_read_at = monotonic()
    return known


def _fresh(session: Session) -> Reading | None:
    """The last reading of a remote workbook, if it was made a moment ago."""
    is_fresh = session.workbook.capabilities.remote and monotonic() - session.last_read_at < _FRESH
    return session.last_reading if is_fresh else None


def reading_of(session: Session, snapshot: Snapshot | None = None) -> Reading:
    """The workbook of a command, with the other one. Raises WorkbookError."""
    reading = own_reading_of(session, snapshot).with_linked(other_workbook_of(session).reading)
    session.listed = reading, anomalies_of(reading)
    return reading


def own_reading_of(session: Session, snapshot: Snapshot | None = None) -> Reading:
    """The workbook of a command by itself, whatever becomes of the other one. Raises WorkbookError."""
    if snapshot is None:
        with session.step("Lecture du classeur"):
            snapshot = session.workbook.read()
    reading = read(snapshot, session.campaign, known=session.state.load_last_run().known)
    session.listed = reading, anomalies_of(reading)
    return reading
