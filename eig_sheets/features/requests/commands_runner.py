"""Does what officers asked for: each request is claimed in the workbook, in one atomic write, before it is done.

Wherever a run is stopped, the next one knows what was claimed and what surely was not begun: by `Réponses`, and by the
ledger of this machine. What may have been begun is done again where that is harmless, never where it is not.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import click

from eig_sheets.cli import interruption
from eig_sheets.cli.command import french_errors
from eig_sheets.cli.doubts import doubts_line
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.actions import actions_of, permissions_of
from eig_sheets.features.requests.commands_book import OvertakenError, RequestBook, UnreadableBookError, ledger_of
from eig_sheets.features.requests.commands_jobs import LONGEST, NO_LONGER_DONE, Job, Listing
from eig_sheets.features.requests.desk import Desk
from eig_sheets.features.requests.rules import Asked, Recorded, Stage
from eig_sheets.features.requests.rules_steps import MOST_ATTEMPTS, Step, Task, Waiting, without_others_at_work
from eig_sheets.features.requests.words import list_to_confirm, waiting_answer
from eig_sheets.spreadsheet.model.base import BusyError, MovedError
from eig_sheets.storage.state import BusyStateError
from eig_sheets.text.french import number, plain, typographic
from eig_sheets.workbook.quoting import quoted

_STOPPED: Final = (
    "Le robot a été arrêté en route : vérifiez dans « Envois » ce qui est parti, puis prenez une ligne libre. Rien "
    "n’est refait de soi-même."
)
_STOPPED_OFTEN: Final = (
    "Le robot a été arrêté en route {times} fois : prévenez la personne qui l’exploite, puis prenez une ligne libre."
)
_CHANGED: Final = "La configuration a changé depuis. "
_LIST_TOO_LONG: Final = (
    "La liste compte {count} caractères, plus qu’une cellule n’en garde : demandez moins à la fois, ou demandez à la "
    "personne qui exploite le robot de le faire par la commande."
)
_DEFECT: Final = "Erreur inattendue ({kind}) : prévenez la personne qui exploite le robot."


class RequestRunner:
    """Does the requests of one workbook, under its lock."""

    def __init__(self, session: Session, jobs: Mapping[str, Job]) -> None:
        self._session, self._jobs, self._book = session, jobs, RequestBook(session)
        self._ledger = ledger_of(session)

    def run(self) -> list[Recorded]:
        """Do all there is to do, in the order of the rows; returns what became of each number.

        Nothing to do is one reading. Raises what commands raise, when the workbook cannot be read or written.
        """
        tried: set[str] = set()
        done: list[Recorded] = []
        try:
            is_idle = self._is_idle(self._book.read())
        except UnreadableBookError as error:
            self._book.say_unreadable(error.reading)
            raise
        if is_idle:
            return done  # without the lock, which a nightly job may ask for at that very moment
        with self._session.locked():
            desk = self._book.read()
            while task := next((task for task in self._tasks(desk) if task.number not in tried), None):
                interruption.raise_if_interrupted()
                tried.add(task.number)
                with suppress(OvertakenError):
                    done.append(self._do(task))
                desk = self._book.read()
            self._book.finish(desk)
            if done:
                self._book.refresh_home()
        return done

    def _is_idle(self, desk: Desk) -> bool:
        return not self._tasks(desk) and not self._book.planned(desk).plan

    def _tasks(self, desk: Desk) -> list[Task]:
        own = {request.token for request in self._ledger.recorded()}
        exclusive = not self._session.workbook.capabilities.concurrent_editors
        return without_others_at_work(desk.situation.tasks, own, self._now, exclusive=exclusive)

    @property
    def _now(self) -> datetime:
        return self._session.clock.now.replace(microsecond=0)

    def _job(self, claim: Recorded) -> Job:
        return self._jobs.get(claim.action, NO_LONGER_DONE)

    def _do(self, task: Task) -> Recorded:
        match task.step:
            case Step.CLAIM:
                return self._begin(task, _claim_of(task.asked, self._now))
            case Step.ARM:
                return self._arm(task)
            case Step.CONFIRM:
                return self._confirm(task)
            case Step.RESUME:
                return self._resume(task)

    def _begin(self, task: Task, claim: Recorded) -> Recorded:
        """Claim what was asked, and do it; what is to be confirmed is only shown."""
        job = self._job(claim)
        if job.listing is None:
            return self._claim_and_act(task, claim, None)
        listing = self._listing(job, claim)
        if isinstance(listing, Recorded):
            return self._end(listing)
        return self._show(task, claim, listing, armed=not task.asked.confirmed)

    def _listing(self, job: Job, claim: Recorded) -> Listing | Recorded:
        """The list to confirm; or what was claimed as ended, when there is nothing to do or it is refused."""
        if why := self._no_more_allowed(claim):
            return self._ended(claim, Stage.REFUSED, _CHANGED + why)
        try:
            with _raising_later():
                listing = job.listing(self._session, claim) if job.listing else Listing("")
                listing = replace(listing, text=_lines(_unused_detail(job, claim), listing.text))
        except _LaterError as later:
            raise later.__cause__ or later from None
        except (Refusal, click.UsageError) as refusal:
            return self._ended(claim, Stage.REFUSED, self._why_not(job, refusal))
        if len(listing.text) > LONGEST:
            return self._ended(claim, Stage.REFUSED, _LIST_TOO_LONG.format(count=number(len(listing.text))))
        return listing if listing.digest else self._ended(claim, Stage.DONE, listing.text)

    def _no_more_allowed(self, claim: Recorded) -> str:
        """Why the configuration does not let the request go on, in French; '' when it does."""
        campaign = self._session.campaign
        asked = Asked(0, claim.number, claim.action, claim.action, claim.detail, claim.by)
        reason = permissions_of(campaign).refusal(asked, plain(claim.by))
        return waiting_answer(Waiting(claim.number, reason, (asked,)), actions_of(campaign), "") if reason else ""

    def _show(
        self, task: Task | None, claim: Recorded, listing: Listing, *, armed: bool, again: bool = False
    ) -> Recorded:
        """Show the list to confirm; unless it is `armed`, the tick has to be taken off first."""
        words = list_to_confirm(listing.text, armed=armed, again=again)
        shown = replace(claim, stage=Stage.TO_CONFIRM, shown=listing.digest, armed=armed, words=words)
        self._book.write(shown, task)
        self._ledger.record(shown)
        if armed and self._book.is_ticked(shown.number):  # meanwhile, before anybody could read the list
            return self._show(None, claim, listing, armed=False)
        return shown

    def _arm(self, task: Task) -> Recorded:
        """The tick was taken off: the list as it is now is the one that the next tick confirms."""
        recorded = _known(task)
        listing = self._listing(self._job(recorded), recorded)
        if isinstance(listing, Recorded):
            return self._end(listing)
        return self._show(task, replace(recorded, moment=self._now), listing, armed=True)

    def _confirm(self, task: Task) -> Recorded:
        """Do what was shown and ticked; show it again when it is not that any more."""
        recorded = _known(task)
        claim = replace(recorded, token=_token(), moment=self._now)
        listing = self._listing(self._job(recorded), claim)
        if isinstance(listing, Recorded):
            return self._end(listing)
        if listing.digest != recorded.shown:
            return self._show(task, claim, listing, armed=False, again=True)
        return self._claim_and_act(task, claim, listing.chosen)

    def _resume(self, task: Task) -> Recorded:
        """End what a run that was stopped had claimed."""
        recorded = _known(task)
        job = self._job(recorded)
        begun = recorded.stage is Stage.CLAIMED
        if begun and not job.repeatable:
            return self._end(replace(recorded, stage=Stage.INTERRUPTED, words=typographic(_STOPPED)))
        if recorded.attempts >= MOST_ATTEMPTS:
            words = typographic(_STOPPED_OFTEN.format(times=recorded.attempts))
            return self._end(replace(recorded, stage=Stage.INTERRUPTED, words=words))
        if job.listing is None:
            return self._act(recorded, job, None)
        listing = self._listing(job, recorded)
        if isinstance(listing, Recorded):
            return self._end(listing)
        if listing.digest != recorded.shown:
            return self._show(None, replace(recorded, token=_token()), listing, armed=False, again=True)
        return self._act(recorded, job, listing.chosen)

    def _claim_and_act(self, task: Task, claim: Recorded, chosen: Any) -> Recorded:
        """Write the claim, then do it. Raises OvertakenError when the row changed or another machine was quicker."""
        reserved = replace(claim, stage=Stage.RESERVED, words="", attempts=0)
        self._ledger.record(reserved)
        self._book.write(reserved, task)
        return self._act(reserved, self._job(claim), chosen)

    def _act(self, claim: Recorded, job: Job, chosen: Any) -> Recorded:
        begun = replace(claim, stage=Stage.CLAIMED, attempts=claim.attempts + 1)
        self._ledger.record(begun)
        return self._end(self._acted(begun, job, chosen))

    def _acted(self, begun: Recorded, job: Job, chosen: Any) -> Recorded:
        """Do it; returns the claim with how it ended. A workbook that is open or held raises: it is done later."""
        try:
            with _raising_later():
                words = job.act(self._session, begun, chosen)
                words = _lines(words, _unused_detail(job, begun), doubts_line(self._session, job.acts))
        except _LaterError as later:
            self._ledger.record(replace(begun, attempts=begun.attempts - 1))
            raise later.__cause__ or later from None
        except (Refusal, click.UsageError) as refusal:
            return self._ended(begun, Stage.REFUSED, self._why_not(job, refusal))
        except Exception as defect:
            failed = self._ended(begun, Stage.REFUSED, _DEFECT.format(kind=type(defect).__name__))
            self._ledger.record(failed)  # else it would fail again every five minutes
            raise
        return self._ended(begun, Stage.DONE, words)

    def _why_not(self, job: Job, refusal: click.ClickException) -> str:
        """The refusal in words, and the cells in doubt that may be why, as commands print them (guarantee G13)."""
        by_data = isinstance(refusal, Refusal) and refusal.by_data
        return _lines(refusal.format_message(), doubts_line(self._session, job.acts) if by_data else "")

    def _ended(self, begun: Recorded, stage: Stage, words: str) -> Recorded:
        return replace(begun, stage=stage, words=typographic(_cut(words)), moment=self._now)

    def _end(self, ended: Recorded) -> Recorded:
        """Keep how it ended, and say it in the workbook whatever became of its row."""
        self._ledger.record(ended)
        self._book.write(ended)
        return ended


class _LaterError(Exception):
    """What is asked for cannot be done now: somebody has the workbook."""


@contextmanager
def _raising_later() -> Iterator[None]:
    """Turn every expected error into a Refusal, but for those that pass by themselves: _LaterError."""
    with french_errors():
        try:
            yield
        except (BusyError, BusyStateError, MovedError) as passing:
            raise _LaterError from passing


def claims_of(desk: Desk, now: datetime) -> list[Recorded]:
    """The claims that a run would make of requests that nobody claimed yet."""
    return [_claim_of(task.asked, now) for task in desk.situation.tasks if task.step is Step.CLAIM]


def _claim_of(asked: Asked, now: datetime) -> Recorded:
    action = asked.action
    if action is None:
        raise ValueError("a row without an action is not claimed")
    moment = now.replace(microsecond=0)
    return Recorded(asked.number, action, asked.detail, asked.by, Stage.RESERVED, moment, token=_token())


def _unused_detail(job: Job, asked: Recorded) -> str:
    """The sentence that an action does not use what was typed in `Détail`; '' when it does, or nothing was."""
    if job.takes_detail or not asked.detail:
        return ""
    return f"« Détail » (« {quoted(asked.detail)} ») n’est pas utilisé : cette action n’en prend pas."


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _cut(words: str) -> str:
    """An answer that a cell can hold."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _token() -> str:
    return secrets.token_hex(8)


def _known(task: Task) -> Recorded:
    if task.recorded is None:
        raise ValueError("only what was claimed goes on")
    return task.recorded
