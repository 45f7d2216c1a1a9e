"""`sync` of a call whose candidates have a workbook of their own: both are read, then each is written in one go.

Nothing is written of either unless both could be read and are sound: a laureate, a team or a candidate that is not
seen would change amounts and messages. What one says of the other depends on what people typed alone, so that a run
that is stopped between both writes is ended by the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from operator import itemgetter
from typing import Final

from eig_sheets.call.jury.collecting import collection_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.output import CHANGES, NO_CHANGE, displayed_changes, show
from eig_sheets.cli.pipeline import failures_in_journal, gc_disabled, planned_sync, refuse, write_failure, written
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session, all_locked
from eig_sheets.cli.workbook_reading import cached_reading, unreadable, with_deliveries
from eig_sheets.run.nightly import Run, problems_of
from eig_sheets.run.other_workbook import NO_OTHER_WORKBOOK
from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError
from eig_sheets.spreadsheet.model.plan import Change
from eig_sheets.storage.state import StateError
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.table import Col, Table

_CHANGES: Final = Table[tuple[str, Change]](Col("workbook", "Classeur", itemgetter(0)), *CHANGES.over(itemgetter(1)))
_REMEDY: Final = "Rétablissez l’autre classeur : les deux seront mis à jour à la synchronisation suivante."


def planned_both(sessions: Sequence[Session], *, force: bool = False, dry_run: bool = False) -> list[Run]:
    """The run of each workbook, planned on one reading of both. Raises WorkbookError, Refusal.

    What keeps one from being read is said in the Journal of the other, but in a dry run.
    """
    readings = [_read(session, sessions, dry_run=dry_run) for session in sessions]
    problems = [
        problems_of(reading, session.state.load_last_run(), force=force)
        for session, reading in zip(sessions, readings, strict=True)
    ]
    if any(problems):
        if not dry_run:
            _say_problems(sessions, readings, problems, force=force)
        refuse([problem for of_workbook in problems for problem in of_workbook])
    told = [_as_collected(*each) for each in zip(sessions, readings, reversed(readings), strict=True)]
    return [
        planned_sync(session, force=force, snapshot=own.snapshot, linked=with_deliveries(other, theirs))
        for (session, own), (other, theirs) in permutations(zip(sessions, told, strict=True))
    ]


@gc_disabled()
def _as_collected(session: Session, reading: Reading, other: Reading) -> Reading:
    """The reading with what this run is about to write of jurors' pages: the other workbook's results rest on it."""
    return collection_of(reading.with_linked(other), session.page_store.kept()).reading.with_linked(None)


@gc_disabled()
def _read(session: Session, sessions: Sequence[Session], *, dry_run: bool) -> Reading:
    try:
        return cached_reading(session)
    except WorkbookError as error:
        for other in sessions:
            if other is not session and not dry_run:
                _tell(other, session, str(error))
        raise


def _say_problems(
    sessions: Sequence[Session],
    readings: Sequence[Reading],
    problems_of_each: Sequence[Sequence[Anomaly]],
    *,
    force: bool,
) -> None:
    """Say in both Journals what is wrong, each in its own words."""
    for session, reading, problems in zip(sessions, readings, problems_of_each, strict=True):
        if problems:  # planned on what was read: once people repaired it, the next night sees both
            planned = partial(planned_sync, session, force=force, snapshot=reading.snapshot, linked=NO_OTHER_WORKBOOK)
            with suppress(MovedError):
                written(session, planned)
        for other in sessions:
            if problems and other is not session and not problems_of_each[sessions.index(other)]:
                _tell(other, session, " ".join(problem.message for problem in problems))


def _tell(session: Session, other: Session, why: str) -> None:
    with suppress(WorkbookError, StateError, Refusal):  # the first error is the one to show
        write_failure(session, unreadable(other, why), _REMEDY)


@dataclass(frozen=True, slots=True)
class Night:
    """What became of a workbook: the run that was written, or why it could not be."""

    session: Session
    run: Run | None
    error: WorkbookError | None = None


def synchronise_both(sessions: Sequence[Session], *, force: bool = False) -> list[Night]:
    """One whole sync of both workbooks, under their locks. Raises WorkbookError, Refusal: then neither is written.

    One that cannot be written, once both were read, does not keep the other from it: somebody has it open.
    """
    with all_locked(sessions), ExitStack() as journals:
        for session in sessions:
            journals.enter_context(failures_in_journal(session))
        runs = planned_both(sessions, force=force)
        return [_night(session, run, force=force) for session, run in zip(sessions, runs, strict=True)]


def _night(session: Session, planned: Run, *, force: bool) -> Night:
    """Write the run that was planned, or another when people changed the workbook meanwhile."""
    first: list[Run] = [planned]
    try:
        run = written(session, lambda: first.pop() if first else planned_sync(session, force=force))
    except WorkbookError as error:
        return Night(session, None, error)
    refuse(run.problems)
    return Night(session, run)


def show_both(sessions: Sequence[Session], form: str, *, force: bool = False) -> None:
    """Print each cell that would change, and in which workbook."""
    runs = planned_both(sessions, force=force, dry_run=True)
    changes = [
        (session.campaign.part.value, change)
        for session, run in zip(sessions, runs, strict=True)
        for change in displayed_changes(run.plan.changes(run.reading.snapshot), form)
    ]
    show(_CHANGES, changes, form, NO_CHANGE)
