"""Sends a batch of e-mails through an outlet: each intent is recorded before, each outcome after (guarantee G6).

A send first reserves its e-mails, in the ledger then in `Envois`, in one write: another machine sees it. Each leaves
only if the workbook, read again, allows it. Wherever it is stopped afterwards, an e-mail that was reserved and not
begun can be sent again, and one that was begun is « Incertain ».
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from email.message import EmailMessage

from eig_sheets.cli import interruption
from eig_sheets.cli.emails.outlets import sender_of
from eig_sheets.cli.emails.recheck import AttachmentError, Recheck, content_of, row_words
from eig_sheets.cli.pipeline import applied_and_kept, planned_sync, refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import known_deliveries, refuse_altered, refuse_copy
from eig_sheets.emails.catalogue.deliveries import Delivery, DeliveryStatus, Stage
from eig_sheets.emails.mail.addresses import AddressError
from eig_sheets.emails.mail.messages import OutgoingEmail, Sender
from eig_sheets.emails.mail.mime import message
from eig_sheets.emails.outbox.status import ReadyEmail
from eig_sheets.emails.outlets.base import DeliveryOutcome, Outlet, Receipt, mailboxes
from eig_sheets.run.nightly import Run
from eig_sheets.run.sending import (
    BATCH_SIZE,
    Update,
    delivery,
    journal_line,
    missing_from_ledger,
    outbox_status_of,
    report_outcomes,
    reserve,
    unchanged_in_batch,
    unchanged_since_chosen,
)
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import counted, plural, typographic


def planned(session: Session, allowed: Sequence[str] = (), snapshot: Snapshot | None = None) -> Run:
    """The sync planned on the workbook as it is now, or on `snapshot` if it was just read.

    Raises Refusal when the workbook cannot be read, was altered, or lists sends that are not in our ledger.
    """
    run = planned_sync(session, allowed=allowed, snapshot=snapshot)
    refuse(run.problems)
    refuse_copy(session, run.reading.snapshot.identity)
    refuse_altered(run.reading)
    missing = [
        last for last in missing_from_ledger(run, known_deliveries(session)) if not session.ledger.is_reduced(last.id)
    ]
    if missing:
        emails = plural(len(missing), "e-mail que", "e-mails que")
        raise Refusal(
            typographic(
                f"Rien n’est envoyé : « Envois » connaît {emails} le registre de cette machine ignore (par exemple "
                f"{missing[0].id}). Une autre machine s’en est chargée, ou le dossier d’état a été perdu. Vérifiez "
                "qu’aucune autre n’envoie d’e-mails de ce classeur, puis lancez « eig-sheets state adopt »."
            )
        )
    return run


def refuse_if_shared(session: Session) -> None:
    """Raise Refusal when the workbook lies where another machine might send the same e-mails unseen."""
    with session.locked():
        warning = session.workbook.sharing_warning(os.environ)
    if warning:
        raise Refusal(warning)


def write_update(session: Session, update: Callable[[Run], Update], plan: Callable[[], Run]) -> Run:
    """The run whose update of the e-mails was written in the workbook, and saved in the state folder."""

    def planned() -> tuple[Run, Update]:
        run = plan()
        return run, update(run)

    run, _ = applied_and_kept(session, planned, lambda both: both[1].plan, lambda both: both[1].last_run)
    return run


class BatchSender:
    """Sends one batch of chosen e-mails through an outlet."""

    def __init__(self, session: Session, outlet: Outlet, allowed: Sequence[str] = ()) -> None:
        """`allowed`: addresses that may be written to, besides those of the configuration."""
        self._session, self._outlet, self._allowed = session, outlet, allowed
        self._sender = sender_of(session.campaign)
        self._batch_id = secrets.token_hex(6)
        self._begun: list[str] = []
        self._recheck = Recheck(session, self._unchanged)

    def run(self, chosen: Sequence[ReadyEmail]) -> Counter[str]:
        """Send them under the workbook's lock; returns how many ended in each state of `Envois`.

        Those whose row or data changed since they were chosen stay where they are, and are not counted.
        """
        with self._session.locked(), ExitStack() as cleanup:
            if self._outlet.sends:
                refuse_if_shared(self._session)
            cleanup.enter_context(self._outlet)
            cleanup.push(lambda kind, *_: self._print_count(len(chosen)) if kind else None)
            cleanup.callback(self._write_outcomes)
            for start in range(0, len(chosen), BATCH_SIZE):
                self._hand_over_all(self._reserve(chosen[start : start + BATCH_SIZE]), len(chosen))
        return self._outcomes()

    def left_behind(self, chosen: Sequence[ReadyEmail]) -> list[str]:
        """A French sentence on each of those that did not leave, after a send."""
        deliveries, sentences = self._session.ledger.deliveries(), []
        for email in chosen:
            sending_id, where = email.row.id, row_words(self._session, email)
            delivery = deliveries.get(sending_id)
            if sending_id not in self._begun:
                sentences.append(f"Modifié entre-temps, n’est pas parti : {sending_id}.{where}")
            elif delivery and (state := delivery.stage.status) in (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN):
                sentences.append(f"{state} : {sending_id}. {delivery.detail}{where}")
        return [*map(typographic, sentences)]

    def _planned(self, snapshot: Snapshot | None = None) -> Run:
        return planned(self._session, self._allowed, snapshot)

    def _unchanged(self, snapshot: Snapshot, reserved: Sequence[ReadyEmail]) -> Sequence[ReadyEmail]:
        return unchanged_in_batch(self._planned(snapshot), reserved, self._batch_id)

    def _hand_over_all(self, reserved: Sequence[ReadyEmail], asked: int) -> None:
        """Deliver each of them, unless people withdraw or change it first."""
        while reserved and (reserved := self._recheck.unchanged_since_chosen(reserved)):
            interruption.raise_if_interrupted()
            email, reserved = reserved[0], reserved[1:]
            self._begun.append(email.row.id)
            with self._session.step(f"E-mail {len(self._begun)} sur {asked}"):
                self._hand_over(email)

    def _reserve(self, chosen: Sequence[ReadyEmail]) -> list[ReadyEmail]:
        session = self._session
        reserved: list[ReadyEmail] = []

        def update(run: Run) -> Update:
            reserved[:] = unchanged_since_chosen(outbox_status_of(run).ready, chosen)
            now = session.clock.now
            session.ledger.record_intents(
                [delivery(email, self._outlet.name, Stage.RESERVED, now, self._batch_id) for email in reserved]
            )
            return reserve(run, session.state.load_last_run(), reserved, self._batch_id, now)

        write_update(session, update, self._planned)
        self._recheck.invalidate_last_reading()
        return reserved

    def _hand_over(self, email: ReadyEmail) -> None:
        try:
            message = mime_message(self._session, email.email, self._sender, self._outlet)
        except AddressError as error:
            self._record_outcome(email, Stage.REFUSED, str(error))
            return
        except AttachmentError as error:
            self._record_outcome(email, Stage.DEFERRED, str(error))
            return
        self._session.ledger.record_intent(self._delivery(email, Stage.INTENDED))
        receipt = self._outlet.deliver(email.row.id, message, mailboxes(message, "To", "Cc"))
        self._record_outcome(email, _stage(receipt), receipt.detail)

    def _record_outcome(self, email: ReadyEmail, stage: Stage, detail: str) -> None:
        self._session.ledger.record_outcomes(self._delivery(email, stage, detail))

    def _delivery(self, email: ReadyEmail, stage: Stage, detail: str = "") -> Delivery:
        return delivery(email, self._outlet.name, stage, self._session.clock.now, self._batch_id, detail)

    def _outcomes(self) -> Counter[str]:
        deliveries = self._session.ledger.deliveries()
        begun = (deliveries[id_] for id_ in self._begun if id_ in deliveries)  # a deleted state folder has none
        return Counter(status for delivery in begun if (status := delivery.stage.status))

    def _print_count(self, asked: int) -> None:
        """Print how many left: the error that stops a send, or its report in the workbook, does not tell."""
        if self._begun:
            self._session.say(count_sentence(self._outcomes(), asked))

    def _write_outcomes(self) -> None:
        """Write the outcomes in the workbook, whatever stopped the send."""
        session = self._session
        line = journal_line(self._outcomes(), self._outlet.name, session.clock.now) if self._begun else None
        write_update(
            session, lambda run: report_outcomes(run, session.state.load_last_run(), session.clock, line), self._planned
        )


def count_sentence(outcomes: Mapping[str, int], asked: int) -> str:
    """The sentence on how many of the `asked` e-mails were sent, or made drafts, by `outcomes` of `BatchSender.run`."""
    drafted = outcomes.get(DeliveryStatus.DRAFTED, 0)
    word, many = ("brouillon créé", "brouillons créés") if drafted else ("e-mail envoyé", "e-mails envoyés")
    return f"{counted(outcomes.get(DeliveryStatus.SENT, 0) + drafted, word, many)} sur {asked}.".capitalize()


def _stage(receipt: Receipt) -> Stage:
    """The ledger's stage for an outcome. Uncertain: the intent stays, which means it."""
    stages = {
        DeliveryOutcome.SENT: Stage.SENT,
        DeliveryOutcome.DRAFTED: Stage.DRAFTED,
        DeliveryOutcome.REFUSED: Stage.REFUSED,
        DeliveryOutcome.DEFERRED: Stage.DEFERRED,
        DeliveryOutcome.UNCERTAIN: Stage.INTENDED,
    }
    return stages[receipt.outcome]


def mime_message(session: Session, email: OutgoingEmail, sender: Sender, outlet: Outlet) -> EmailMessage:
    """The MIME message of an e-mail, dated now, with its file. Raises AddressError, AttachmentError."""
    zone, content = session.campaign.zone, content_of(session, email.file) if email.file else b""
    return message(email, sender, zone, datetime.now(zone), content, accents=outlet.accents)
