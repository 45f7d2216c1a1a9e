"""Reads the workbook of a command and the other one; refuses to send from a copy, or from one that was altered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import Final

import click

from eig_sheets.campaign.checks import anomalies_of
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_identity import original_of
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.run.nightly import problems_of
from eig_sheets.run.other_workbook import NO_OTHER_WORKBOOK, OtherWorkbook, moved_deliveries
from eig_sheets.spreadsheet.model.base import LinkedError, WorkbookError
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.known_workbooks import KnownWorkbooks
from eig_sheets.text.french import typographic
from eig_sheets.workbook.alterations import alteration_anomalies, stops_sending
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.schema import WORKBOOKS

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
        snapshot = session.read("Lecture de l’autre classeur")
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
        snapshot = session.read()
    reading = read(snapshot, session.campaign, known=session.state.load_last_run().known)
    session.listed = reading, anomalies_of(reading)
    return reading


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


def refuse_altered(reading: Reading) -> None:
    """Raise Refusal while this workbook, or the other one, has an alteration that stops all sending."""
    anomalies = [*stopping(reading), *(stopping(reading.linked) if reading.linked else ())]
    if anomalies:
        raise Refusal(typographic("\n".join(["Rien n’est envoyé :", *sentences(anomalies)])))


def stopping(reading: Reading) -> list[Anomaly]:
    """The alterations of a workbook that stop all sending."""
    return [*alteration_anomalies(stops_sending(reading.alterations), reading.layout)]


def sentences(anomalies: Iterable[Anomaly]) -> list[str]:
    """A French sentence on each: what, where, who mends it, and how."""
    return [f"• {anomaly.message} {anomaly.remedy}" for anomaly in anomalies]
