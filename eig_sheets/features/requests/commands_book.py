"""The requests of the workbook: read, and written back as they are recorded, each in one atomic write."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.pipeline import applied_and_kept, gc_disabled, planned_sync, refuse, write_failure
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.cli.writing import carried_out
from eig_sheets.features.requests.actions import Actions, actions_of
from eig_sheets.features.requests.commands_jobs import new_numbers
from eig_sheets.features.requests.desk import Desk, desk_of
from eig_sheets.features.requests.files_ledger import RequestLedger
from eig_sheets.features.requests.plan import AnswerRun, plan_answers, plan_held_answers, unusable, why_unusable
from eig_sheets.features.requests.rules import Recorded, Stage
from eig_sheets.features.requests.rules_steps import Task
from eig_sheets.features.requests.words import STATES
from eig_sheets.run.home_refresh import HomeUpdate, plan_home
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import typographic
from eig_sheets.workbook import journal

_SAID_TODAY: Final = 20
"""Newest lines of the Journal among which a failure that was said today is not said again."""


def ledger_of(session: Session) -> RequestLedger:
    """The ledger of the requests that were claimed in this workbook."""
    return RequestLedger(session.state.folder, session.known.key)


class OvertakenError(Exception):
    """The row of a request changed, or another machine claimed it, before we could."""


class _UnreadableError(Exception):
    """The workbook has a problem in its tabs or headers."""


class UnreadableBookError(Refusal):
    """The workbook cannot be read as it is, so that nothing asked is done; `reading` has its problems."""

    def __init__(self, refusal: Refusal, reading: Reading) -> None:
        super().__init__(refusal.message)
        self.reading = reading


class RequestBook:
    """`Demandes` and `Réponses` of one workbook."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self) -> Desk:
        """The requests as they are now. Raises Refusal when the workbook has none, or cannot be read."""
        return self._desk(self._read())

    def _read(self) -> Reading:
        with gc_disabled():
            return own_reading_of(self._session)

    def _desk(self, reading: Reading) -> Desk:
        try:
            refuse(reading.problems)
            if reason := " ".join(filter(None, unusable(reading))):
                raise Refusal(typographic(reason))
        except Refusal as refusal:
            raise UnreadableBookError(refusal, reading) from None
        return desk_of(reading, ledger_of(self._session).recorded())

    def say_unreadable(self, reading: Reading) -> None:
        """Say why nothing asked is done where officers look, as far as the workbook can be written.

        In the answer of each request that waits; and in the Journal, of which `Accueil` repeats the newest failure.
        """
        session, readings = self._session, iter([reading])
        what, remedy = why_unusable(reading)
        if not what or reading.unmarked:
            return

        def planned() -> AnswerRun:
            held, kept = next(readings, None) or self._read(), ledger_of(session).recorded()
            return plan_held_answers(held, kept, session.state.load_last_run())

        with suppress(WorkbookError, Refusal), session.locked():
            applied_and_kept(session, planned, lambda run: run.plan, _left_by)
            write_failure(session, what, remedy, among=_SAID_TODAY)

    def write(self, request: Recorded, expected: Task | None = None) -> None:
        """Write this record in the workbook.

        Raises OvertakenError when a step is `expected` of its number, and there is another or none to take by now.
        """

        def looked_at_again() -> AnswerRun:
            desk = self.read()
            if expected is not None and expected not in _same_place(desk, expected):
                raise OvertakenError
            return self.planned(desk.with_recorded(request), _journal_line(request, actions_of(desk.reading.campaign)))

        carried_out(self._session, looked_at_again)

    def is_ticked(self, number: str) -> bool:
        """Whether a row of that number is confirmed now."""
        return any(row.confirmed for row in self.read().rows if row.number == number)

    def finish(self, desk: Desk) -> None:
        """Say what is to be said, and add free rows; nothing is written, nor read again, when all is as it should."""
        readings = iter([desk])
        applied_and_kept(
            self._session,
            lambda: self.planned(next(readings, None) or self.read()),
            lambda run: run.plan,
            _left_by,
        )

    def refresh_home(self) -> None:
        """Bring `Accueil` up to date with what was done; not where a tab or a header has to be mended first."""
        session = self._session

        def planned() -> HomeUpdate:
            run = planned_sync(session)
            if run.results is None:
                raise _UnreadableError
            return plan_home(run, session.state.load_last_run(), session.clock)

        with suppress(_UnreadableError):
            carried_out(session, planned)

    def planned(self, desk: Desk, line: journal.Line | None = None) -> AnswerRun:
        """The plan that brings the workbook up to date: answers, and free rows."""
        return plan_answers(desk, self._session.state.load_last_run(), new_numbers(desk.numbers), line)


def _left_by(run: AnswerRun) -> LastRun | None:
    """What to keep of a run that writes something."""
    return run.last_run if run.plan else None


def _same_place(desk: Desk, task: Task) -> list[Task]:
    """The tasks of that number now, as if its row had not moved."""
    return [
        replace(known, asked=replace(known.asked, row=task.asked.row, name=task.asked.name))
        for known in desk.situation.tasks
        if known.number == task.number
    ]


def _journal_line(request: Recorded, actions: Actions) -> journal.Line | None:
    """What the Journal says of a record, by which other machines see that it was written; of a claim, nothing yet."""
    if request.stage is Stage.RESERVED:
        return None
    what = f"Demande {request.number} ({actions.label(request.action)}) : {STATES[request.stage]}."
    results = {Stage.REFUSED: journal.REFUSED, Stage.INTERRUPTED: journal.FAILED}
    return journal.line(request.moment, results.get(request.stage, journal.DONE), what)
