"""Hands e-mails over to an outlet: the intent is written down before each one, its outcome after (guarantee G6).

A send first takes its e-mails, in the ledger then in `Envois`, in one write: another machine sees it. They leave as
long as the workbook, read again, says so. Whatever is stopped afterwards, an e-mail that was taken and not begun can be
sent again, and one that was begun is « Incertain ».
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from eig_sheets.cli import interruption
from eig_sheets.cli.outlets import sender_of
from eig_sheets.cli.pipeline import applied, planned_sync, refuse
from eig_sheets.cli.recheck import Recheck
from eig_sheets.cli.session import Refusal, Session
from eig_sheets.domain.emails.deliveries import Stage
from eig_sheets.text.french import plural, typographic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from email.message import EmailMessage

    from eig_sheets.domain.emails.deliveries import Delivery
    from eig_sheets.emails.mail.outgoing import OutgoingEmail, Sender
    from eig_sheets.emails.outbox.status import ReadyEmail
    from eig_sheets.emails.outlets.base import Outlet, Receipt
    from eig_sheets.sync.nightly import Run
    from eig_sheets.sync.sending import Update
    from eig_sheets.workbook.model.plan import Plan
    from eig_sheets.workbook.model.snapshot import Snapshot


def planned(session: Session, allowed: Sequence[str] = (), snapshot: Snapshot | None = None) -> Run:
    """What is due and approved now, or in what was just read.

    Refusal when the workbook cannot be read, or knows of sends that we do not.
    """
    from eig_sheets.sync.sending import missing_from_ledger

    run = planned_sync(session, allowed=allowed, snapshot=snapshot)
    refuse(run.problems)
    missing = missing_from_ledger(run, session.ledger.deliveries())
    if missing:
        known = plural(len(missing), "e-mail que", "e-mails que")
        raise Refusal(
            typographic(
                f"Rien n’est envoyé : « Envois » connaît {known} le registre de cette machine ignore (par exemple "
                f"{missing[0].id}). Une autre machine s’en est chargée, ou le dossier d’état a été perdu. Vérifiez "
                "qu’aucune autre n’envoie d’e-mails de ce classeur, puis lancez « eig-sheets state adopt »."
            )
        )
    return run


def refuse_doubtful(session: Session) -> None:
    """Raise Refusal where the workbook is, when another machine might be sending the same e-mails unseen."""
    with session.alone():
        doubt = session.workbook.doubt(os.environ)
    if doubt:
        raise Refusal(doubt)


def written(session: Session, update: Callable[[Run], Update], plan: Callable[[], Run]) -> Run:
    """What the workbook says once an update of its e-mails is written, and remembered."""
    updates: list[Update] = []

    def plan_of(run: Run) -> Plan:
        updates.append(update(run))
        return updates[-1].plan

    run = applied(session, plan, plan_of)
    if updates[-1].last_run is not None:
        session.state.save_last_run(updates[-1].last_run)
    return run


class BatchSender:
    """One send of chosen e-mails through an outlet."""

    def __init__(self, session: Session, outlet: Outlet, allowed: Sequence[str] = ()) -> None:
        """`allowed`: addresses that may be written to, besides those of the configuration."""
        self._session, self._outlet, self._allowed = session, outlet, allowed
        self._sender = sender_of(session.campaign)
        self._batch_id = secrets.token_hex(6)
        self._begun: list[str] = []
        self._recheck = Recheck(session, self._planned, self._batch_id)

    def run(self, chosen: Sequence[ReadyEmail]) -> Counter[str]:
        """Hand them over, under the workbook's lock: how many ended in each state of `Envois`.

        Those whose row or data changed since they were chosen stay where they are, and are not counted.
        """
        from eig_sheets.sync.sending import AT_ONCE

        with self._session.alone(), ExitStack() as at_last:
            if self._outlet.sends:
                refuse_doubtful(self._session)
            at_last.enter_context(self._outlet)
            at_last.push(lambda kind, *_: self._say_how_many(len(chosen)) if kind else None)
            at_last.callback(self._tell)
            for start in range(0, len(chosen), AT_ONCE):
                self._hand_over_all(self._reserve(chosen[start : start + AT_ONCE]), len(chosen))
        return self._outcomes()

    def _planned(self, snapshot: Snapshot | None = None) -> Run:
        return planned(self._session, self._allowed, snapshot)

    def _hand_over_all(self, reserved: Sequence[ReadyEmail], asked: int) -> None:
        """Each of them, unless people take it back or change it first."""
        while reserved and (reserved := self._recheck.unchanged_since_chosen(reserved)):
            interruption.obey()
            one, reserved = reserved[0], reserved[1:]
            self._begun.append(one.row.id)
            with self._session.step(f"E-mail {len(self._begun)} sur {asked}"):
                self._hand_over(one)

    def _reserve(self, some: Sequence[ReadyEmail]) -> list[ReadyEmail]:
        from eig_sheets.sync.sending import delivery, outbox_status_of, reserve, unchanged_since_chosen

        session = self._session
        reserved: list[ReadyEmail] = []

        def update(run: Run) -> Update:
            reserved[:] = unchanged_since_chosen(outbox_status_of(run).ready, some)
            now = session.clock.now
            session.ledger.record_intents(
                [delivery(email, self._outlet.name, Stage.CLAIMED, now, self._batch_id) for email in reserved]
            )
            return reserve(run, session.state.load_last_run(), reserved, self._batch_id, now)

        written(session, update, self._planned)
        self._recheck.forget_last_look()
        return reserved

    def _hand_over(self, email: ReadyEmail) -> None:
        from eig_sheets.emails.mail.addresses import AddressError
        from eig_sheets.emails.outlets.base import mailboxes

        try:
            message = built(self._session, email.email, self._sender, self._outlet)
        except AddressError as error:
            self._settle(email, Stage.REFUSED, str(error))
            return
        self._session.ledger.record_intent(self._delivery(email, Stage.INTENDED))
        receipt = self._outlet.deliver(email.row.id, message, mailboxes(message, "To", "Cc"))
        self._settle(email, _stage(receipt), receipt.detail)

    def _settle(self, email: ReadyEmail, stage: Stage, detail: str) -> None:
        self._session.ledger.record_outcomes(self._delivery(email, stage, detail))

    def _delivery(self, email: ReadyEmail, stage: Stage, detail: str = "") -> Delivery:
        from eig_sheets.sync.sending import delivery

        return delivery(email, self._outlet.name, stage, self._session.clock.now, self._batch_id, detail)

    def _outcomes(self) -> Counter[str]:
        known = self._session.ledger.deliveries()
        begun = (known[one] for one in self._begun if one in known)  # who deletes the state folder deletes these too
        return Counter(status for one in begun if (status := one.stage.status))

    def _say_how_many(self, asked: int) -> None:
        """What stops a send, or keeps it from telling the workbook, does not say it."""
        if self._begun:
            self._session.say(counted(self._outcomes(), asked))

    def _tell(self) -> None:
        """Write in the workbook what became of them, whatever stopped the send."""
        from eig_sheets.sync.sending import journal_line, report_outcomes

        session = self._session
        line = journal_line(self._outcomes(), self._outlet.name, session.clock.now) if self._begun else None
        written(session, lambda run: report_outcomes(run, session.state.load_last_run(), line), self._planned)


def counted(outcomes: Mapping[str, int], asked: int) -> str:
    """How many e-mails left, or are among drafts, of those that were to; `outcomes` as `BatchSender.run` gives them."""
    from eig_sheets.domain.emails.status import DeliveryStatus

    drafted = outcomes.get(DeliveryStatus.DRAFTED, 0)
    word, many = ("brouillon créé", "brouillons créés") if drafted else ("e-mail envoyé", "e-mails envoyés")
    return f"{plural(outcomes.get(DeliveryStatus.SENT, 0) + drafted, word, many)} sur {asked}."


def _stage(receipt: Receipt) -> Stage:
    """What the ledger keeps of an outcome. Uncertain: the intent stays, which says so."""
    from eig_sheets.emails.outlets.base import Outcome

    stages = {
        Outcome.SENT: Stage.SENT,
        Outcome.DRAFTED: Stage.DRAFTED,
        Outcome.REFUSED: Stage.REFUSED,
        Outcome.DEFERRED: Stage.DEFERRED,
        Outcome.UNCERTAIN: Stage.INTENDED,
    }
    return stages[receipt.outcome]


def built(session: Session, email: OutgoingEmail, sender: Sender, outlet: Outlet) -> EmailMessage:
    """The e-mail of a letter, dated now. Raises AddressError."""
    from eig_sheets.emails.mail.mime import message

    zone = session.campaign.zone
    return message(email, sender, zone, datetime.now(zone), accents=outlet.accents)
