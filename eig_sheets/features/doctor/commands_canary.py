"""The check of `doctor --canary`: a row is written in a tab of its own, read again, taken back."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from typing import Final

from eig_sheets.cli import interruption
from eig_sheets.cli.session import Session
from eig_sheets.features.doctor import write_trial
from eig_sheets.features.doctor.tab import WriteTrial
from eig_sheets.features.doctor.write_trial import TrialPlan, plan_trial
from eig_sheets.spreadsheet.model.base import BusyError, MovedError, RefusedError, Workbook
from eig_sheets.spreadsheet.model.diagnosis import Finding
from eig_sheets.storage.state import BusyStateError

_ATTEMPTS: Final = 3
"""Times that a write is made, for a workbook that people change meanwhile."""


def trial_findings(session: Session) -> Iterator[Finding]:
    """The finding of the write trial. Holds the locks of a run meanwhile. Raises StateError, WorkbookError."""
    book = session.opened(session.state.with_versions_in(write_trial.VERSIONS_FOLDER))
    try:
        with session.state.locked(), book.locked() as warnings:
            for warning in warnings:
                session.say(warning)
            finding = _tried(session, book)
    except RefusedError:
        raise
    except (BusyStateError, BusyError, MovedError) as failure:
        yield write_trial.of_busy(failure)
    else:
        if not finding.remedy:
            session.state.discard_versions_in(write_trial.VERSIONS_FOLDER)
        yield finding


def _tried(session: Session, book: Workbook) -> Finding:
    """Write, read again, take back, read again; each write is made anew when people changed the workbook meanwhile."""

    def planned(trial: WriteTrial | None) -> TrialPlan:
        return plan_trial(book.read(), session.campaign, trial)

    trial = WriteTrial(secrets.token_hex(6), session.clock.now.replace(microsecond=0))
    first, written = _written(book, lambda: planned(trial))
    if problem := _problem(written, taken_back=False):
        return write_trial.of_another() if _is_of_another_machine(written, first.token, trial.token) else problem
    before, taken_back = _written(book, lambda: planned(None))
    if taken_back.plan and _is_of_another_machine(taken_back, before.token, trial.token):
        return write_trial.of_another()
    return _problem(taken_back, taken_back=True) or write_trial.of_success(first.tab, had_left_over=first.is_left_over)


def _is_of_another_machine(trial: TrialPlan, *known: str) -> bool:
    """Whether the row in the tab is that of another machine, which tries at this moment.

    A token of another shape is one of ours, which the workbook did not keep as it was written.
    """
    return re.fullmatch(r"[0-9a-f]{12}", trial.token) is not None and trial.token not in known


def _problem(trial: TrialPlan, *, taken_back: bool) -> Finding | None:
    """The finding on a tab that is not as it was written; None when it is."""
    if trial.name_taken:
        return write_trial.of_taken_name(trial.tab)
    if trial.refused:
        return write_trial.of_refusal(trial.tab, trial.refused)
    if trial.plan:
        cells = [change.cell for change in trial.differences]
        return write_trial.of_difference(trial.tab, cells or ["A1"], taken_back=taken_back)  # A1: its mark, its look
    return None


def _written(book: Workbook, planned: Callable[[], TrialPlan]) -> tuple[TrialPlan, TrialPlan]:
    """The plan that was written, and the one made after it: empty when the tab reads as it was written."""
    first = latest = planned()
    for attempt in range(1, _ATTEMPTS + 1):
        if not latest.plan:
            break
        interruption.raise_if_interrupted()
        try:
            book.apply(latest.plan)
        except MovedError:
            if attempt == _ATTEMPTS:
                raise
        latest = planned()
    return first, latest
