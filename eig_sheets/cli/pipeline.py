"""The steps that commands share: read, plan, then print or write."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.campaign.results import Results
from eig_sheets.cli import interruption
from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.output import show_changes
from eig_sheets.cli.recording import readable_history, record_run
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import ADOPT, copy_warning, other_workbook_of, reading_of
from eig_sheets.emails.mail.templates import TemplateError
from eig_sheets.run.failures import plan_failure
from eig_sheets.run.known import Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.run.other_workbook import OtherWorkbook
from eig_sheets.spreadsheet.model.base import LinkedError, MovedError, RefusedError, WorkbookError
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.storage.state import StateError
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Anomaly

T = TypeVar("T")


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Disable the cyclic garbage collector: on the millions of cells of a large workbook, it takes half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def results_of(session: Session) -> tuple[Reading, Results]:
    """The workbook read, and its results; raises Refusal with the problems that prevent reading it."""
    with gc_disabled():
        snapshot = session.read()
    return results_in(session, snapshot)


@gc_disabled()
def results_in(session: Session, snapshot: Snapshot) -> tuple[Reading, Results]:
    """The reading of a snapshot, and its results; raises Refusal with the problems that prevent reading it."""
    reading = reading_of(session, snapshot)
    refuse(reading.problems)
    results = compute(reading, scored=session.state.load_last_run().scored)
    session.listed = reading, (*results.anomalies, *results.listed_elsewhere)
    return reading, results


def refuse(problems: Sequence[Anomaly]) -> None:
    """Raise Refusal with every problem that prevents reading the workbook, and its remedy, if there is any."""
    if problems:
        lines = [f"• {anomaly.message} {anomaly.remedy}" for anomaly in problems]
        raise Refusal(typographic("Le classeur ne peut pas être lu tel quel :\n" + "\n".join(lines)))


@gc_disabled()
def planned_sync(
    session: Session,
    *,
    force: bool = False,
    despite_losses: bool = False,
    allowed: Sequence[str] = (),
    snapshot: Snapshot | None = None,
    linked: OtherWorkbook | None = None,
) -> Run:
    """The plan of a sync now, on `snapshot` if it was just read; `linked`: the other workbook, if it was, too.

    `despite_losses`: of a command that writes nothing of people's, whose answer lost rows do not forbid. E-mails may go
    to `allowed` addresses, besides those of the configuration. Raises WorkbookError.
    """
    last_run, deliveries = session.state.load_last_run(), session.ledger.deliveries()
    if snapshot is None:
        snapshot = session.read()
    other = other_workbook_of(session, force=force or despite_losses) if linked is None else linked
    with session.step("Calcul des résultats et des e-mails"):
        known = Known(
            last_run=last_run,
            texts=session.templates,
            deliveries=deliveries,
            allowed=allowed,
            pages=session.page_store.kept(),
            remembered=_remembered(session),
            linked=other,
            history=readable_history(session),
        )
        reading = None if force else _known_reading(session, snapshot, last_run)
        reading = reading or reading_for(snapshot, session.campaign, last_run, force=force)
        run = plan_sync(reading, known, session.clock, force=force, despite_losses=despite_losses)
    elsewhere = run.results.listed_elsewhere if run.results else ()
    session.listed = run.reading, (*run.anomalies, *elsewhere)
    return run


def _remembered(session: Session) -> dict[Remembered[Any], Any]:
    """What this machine remembers for features. Raises LedgerError."""
    folder, key = session.state.folder, session.known.key
    return {part: found_at(part.place)(folder, key) for part in session.campaign.features.parts(Remembered)}


def _known_reading(session: Session, snapshot: Snapshot, last_run: LastRun) -> Reading | None:
    """The reading of that very snapshot, where the other workbook asked for it already."""
    last = session.last_reading
    return last if last is not None and last.snapshot is snapshot and last.known == last_run.known else None


@contextmanager
def failures_in_journal(session: Session) -> Iterator[None]:
    """Report an error that stops a run in the Journal, as long as the workbook can be written (guarantee G2)."""
    try:
        yield
    except LinkedError as error:
        write_failure(session, str(error), "Rétablissez l’autre classeur, puis relancez « eig-sheets sync ».")
        raise
    except (
        Refusal,
        WorkbookError,
        StateError,
    ):  # it was said, or the workbook cannot be written, or the last run not trusted
        raise
    except TemplateError as error:
        write_failure(session, str(error), "Corrigez le modèle d’e-mail, puis relancez « eig-sheets sync ».")
        raise
    except Exception as error:
        write_failure(
            session, f"Erreur inattendue ({type(error).__name__}).", "Prévenez la personne qui exploite le robot."
        )
        raise


def write_failure(session: Session, cause: str, remedy: str, among: int = 1) -> None:
    """Say in the Journal that something failed, unless one of its newest lines, as many as `among`, says so today."""
    last_run = session.state.load_last_run()

    def planned() -> Plan:
        snapshot = session.workbook.read()
        return plan_failure(snapshot, session.campaign, last_run, session.clock.now, cause, remedy, among=among)

    applied(session, planned, lambda plan: plan)


_ATTEMPTS = 3
"""Times that a plan is made for a workbook that people change meanwhile."""


@gc_disabled()
def applied(session: Session, planned: Callable[[], T], plan_of: Callable[[T], Plan]) -> T:
    """Write the plan of what `planned` computes, and return that; computed again when people changed the workbook.

    It is also computed again without what the workbook lets nobody add (`Snapshot.refused`).
    """
    versions: set[str] = set()
    while True:
        computed = planned()
        interruption.raise_if_interrupted()
        plan = plan_of(computed)
        try:
            with session.step("Écriture du classeur"):
                warnings = session.workbook.apply(plan)
        except RefusedError:
            continue  # at most twice a tab
        except MovedError:
            if plan.version in versions or len(versions) + 1 == _ATTEMPTS:
                raise
            versions.add(plan.version)
        else:
            for sentence in warnings:
                session.say(sentence)
            return computed


def applied_and_kept(
    session: Session, planned: Callable[[], T], plan_of: Callable[[T], Plan], left_by: Callable[[T], LastRun | None]
) -> T:
    """What `applied` gives, once the run that it leaves (`left_by`) is stored."""
    computed = applied(session, planned, intending(session, plan_of, left_by))
    if (after := left_by(computed)) is not None:
        session.state.save_last_run(after)
    return computed


def intending(
    session: Session, plan_of: Callable[[T], Plan], left_by: Callable[[T], LastRun | None]
) -> Callable[[T], Plan]:
    """`plan_of`, which first stores what the plan is about to leave: nobody typed it, if the write is killed."""

    def stored(computed: T) -> Plan:
        plan, after = plan_of(computed), left_by(computed)
        if plan and after is not None:
            session.state.save_intended(after)
        return plan

    return stored


def written(session: Session, planned: Callable[[], Run]) -> Run:
    """The run of a sync whose plan was written; what the next one needs was saved, and the run joined the history."""
    run = applied(session, planned, intending(session, lambda run: run.plan, lambda run: run.last_run))
    if run.last_run is not None:
        session.identify(run.reading.snapshot.identity)
        session.state.save_last_run(run.last_run)
        session.page_store.save_records(run.collected, run.collected_candidates)
        record_run(session, run)
    return run


def synchronise(session: Session, *, force: bool = False, dry_run: bool = False, form: str = "table") -> Run:
    """One whole sync under the lock; a dry run prints the difference instead of writing it."""
    if dry_run:
        run = planned_sync(session, force=force)
        show_changes(run.plan.changes(run.reading.snapshot), form)
    else:
        with session.locked(), failures_in_journal(session):
            run = written(session, lambda: planned_sync(session, force=force))
        if warning := copy_warning(session):
            session.say(f"{warning} {ADOPT}")
    refuse(run.problems)
    return run
