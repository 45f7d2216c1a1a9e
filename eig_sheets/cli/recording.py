"""Reads and completes the history of runs: what a run that changed something leaves on this machine."""

from __future__ import annotations

import click

from eig_sheets import __version__
from eig_sheets.cli.session import Session
from eig_sheets.run.history.content import kept_tabs
from eig_sheets.run.history.run_record import History, Previous, RunRecord, journal_digest, keeps_copies
from eig_sheets.run.nightly import Run
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.history_store import HistoryStore, NewRun
from eig_sheets.storage.pseudonym_key import PseudonymKeyFile
from eig_sheets.storage.snapshot_store import SnapshotStore, StoredTab
from eig_sheets.storage.state import StateError


def history_of(session: Session) -> History:
    """The history of the runs that were recorded. Raises LedgerError, StateError."""
    newest = store_of(session).newest()
    key = key_file_of(session).load()
    if newest is None:
        return History(key)
    run, content, journal = newest
    return History(key, Previous(run.run, run.at, content, journal))


def readable_history(session: Session) -> History | None:
    """The same; None when it cannot be read: results are written all the same, and `record_run` says it."""
    try:
        return history_of(session)
    except (LedgerError, StateError):
        return None


def store_of(session: Session) -> HistoryStore:
    """The history of this workbook."""
    return HistoryStore(session.state.folder, session.known.key)


def snapshots_of(session: Session) -> SnapshotStore:
    """The copies of this workbook."""
    return SnapshotStore(session.state.folder, session.known.key)


def key_file_of(session: Session) -> PseudonymKeyFile:
    """The key of the pseudonyms of this workbook."""
    return PseudonymKeyFile(session.state.folder, session.known.key)


def record_run(session: Session, run: Run) -> None:
    """Keep a run that was written, if it changed anything. Raises StateError: the workbook is written all the same.

    One that changes nothing is kept too, when the run before it was stopped between its write and this.
    """
    try:
        _record(session, run)
    except LedgerError as error:
        raise StateError(str(error)) from None


def _record(session: Session, run: Run) -> None:
    if run.last_run is None:
        return
    if run.record is None:
        history_of(session)  # says what kept it from being read
        return
    journal = journal_digest([*run.last_run.outputs.get("journal", ())])
    previous = run.record.history.previous
    if previous is None or run.changes_results:
        _add(session, run, run.record, journal)
    elif previous.journal != journal:
        if previous.content == run.record.content:
            store_of(session).set_journal(previous.run, journal)
        else:
            _add(session, run, run.record, journal)


def _add(session: Session, run: Run, record: RunRecord, journal: str) -> None:
    changes = run.plan.change_count(run.reading.snapshot)
    at = record.now.replace(microsecond=0)
    new = NewRun(at, _command(), __version__, changes, journal, record.content)
    copies = snapshots_of(session)
    key_file_of(session).keep(record.history.key)
    number = store_of(session).add(new, above=max(copies.runs(), default=0))
    if keeps_copies(session.campaign):
        tabs = [StoredTab(*tab) for tab in kept_tabs(run.reading, run.sheets)]
        copies.add(number, at, tabs)


def _command() -> str:
    """The command that runs, as it is typed."""
    context = click.get_current_context(silent=True)
    return " ".join(context.command_path.split()[1:]) if context else "sync"
