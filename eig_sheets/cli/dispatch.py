"""Hands e-mails over to an outlet: the intent is written down before each one, its outcome after (guarantee G6).

A send first takes its e-mails, in the ledger then in `Envois`, in one write: another machine sees it. Whatever is
stopped afterwards, an e-mail that was taken and not begun can be sent again, and one that was begun is « Incertain ».
"""

from __future__ import annotations

import secrets
from collections import Counter
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from eig_sheets.cli import interruption
from eig_sheets.cli.flow import applied, planned_sync, refuse
from eig_sheets.cli.outlets import sender_of
from eig_sheets.cli.session import Refusal, Session
from eig_sheets.deliveries import Stage
from eig_sheets.french import plural, typographic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from email.message import EmailMessage

    from eig_sheets.deliveries import Delivery
    from eig_sheets.mail.letters import Letter
    from eig_sheets.mail.outlets.base import Outlet, Receipt
    from eig_sheets.outbox.standing import Ready
    from eig_sheets.sending import Update
    from eig_sheets.sync import Run
    from eig_sheets.workbook.plan import Plan


def planned(session: Session, allowed: Sequence[str] = ()) -> Run:
    """What is due and approved now. Refusal when the workbook cannot be read, or knows of sends that we do not."""
    from eig_sheets.sending import missing_from_ledger

    run = planned_sync(session, allowed=allowed)
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


def written(session: Session, update: Callable[[Run], Update], plan: Callable[[], Run]) -> Run:
    """What the workbook says once an update of its e-mails is written, and remembered."""
    updates: list[Update] = []

    def plan_of(run: Run) -> Plan:
        updates.append(update(run))
        return updates[-1].plan

    run = applied(session, plan, plan_of)
    if updates[-1].memory is not None:
        session.state.remember(updates[-1].memory)
    return run


class Dispatch:
    """One send of chosen e-mails through an outlet."""

    def __init__(self, session: Session, outlet: Outlet, allowed: Sequence[str] = ()) -> None:
        """`allowed`: addresses that may be written to, besides those of the configuration."""
        self._session, self._outlet, self._allowed = session, outlet, allowed
        self._sender = sender_of(session.campaign)
        self._claim = secrets.token_hex(6)
        self._begun: list[str] = []

    def run(self, chosen: Sequence[Ready]) -> Counter[str]:
        """Hand them over, under the workbook's lock: how many ended in each state of `Envois`.

        Those whose row or data changed since they were chosen stay where they are, and are not counted.
        """
        from eig_sheets.sending import AT_ONCE

        with self._session.state.alone(), self._outlet, ExitStack() as at_last:
            at_last.callback(self._tell)
            for start in range(0, len(chosen), AT_ONCE):
                for one in self._take(chosen[start : start + AT_ONCE]):
                    interruption.obey()
                    self._begun.append(one.row.id)
                    with self._session.step(f"E-mail {len(self._begun)} sur {len(chosen)}"):
                        self._hand_over(one)
        return self._outcomes()

    def _planned(self) -> Run:
        return planned(self._session, self._allowed)

    def _take(self, some: Sequence[Ready]) -> list[Ready]:
        from eig_sheets.sending import delivery, standing_of, still, take

        session = self._session
        taken: list[Ready] = []

        def update(run: Run) -> Update:
            taken[:] = still(standing_of(run).ready, some)
            now = session.clock.now
            session.ledger.claim([delivery(one, self._outlet.name, Stage.CLAIMED, now, self._claim) for one in taken])
            return take(run, session.campaign, session.state.recall(), taken, self._claim, now)

        written(session, update, self._planned)
        return taken

    def _hand_over(self, one: Ready) -> None:
        from eig_sheets.mail.addresses import AddressError
        from eig_sheets.mail.outlets.wire import mailboxes

        try:
            message = built(self._session, one.letter, self._outlet)
        except AddressError as error:
            self._settle(one, Stage.REFUSED, str(error))
            return
        self._session.ledger.intend(self._delivery(one, Stage.INTENDED))
        receipt = self._outlet.deliver(one.row.id, message, mailboxes(message, "To", "Cc"))
        self._settle(one, _stage(receipt), receipt.detail)

    def _settle(self, one: Ready, stage: Stage, detail: str) -> None:
        self._session.ledger.settle(self._delivery(one, stage, detail))

    def _delivery(self, one: Ready, stage: Stage, detail: str = "") -> Delivery:
        from eig_sheets.sending import delivery

        return delivery(one, self._outlet.name, stage, self._session.clock.now, self._claim, detail)

    def _outcomes(self) -> Counter[str]:
        from eig_sheets.outbox.fates import state_of

        known = self._session.ledger.deliveries()
        begun = (known[one] for one in self._begun if one in known)  # who deletes the state folder deletes these too
        return Counter(state for one in begun if (state := state_of(one)))

    def _tell(self) -> None:
        """Write in the workbook what became of them, whatever stopped the send."""
        from eig_sheets.sending import journal_line, tell

        session = self._session
        line = journal_line(self._outcomes(), self._outlet.name, session.clock.now) if self._begun else None
        written(session, lambda run: tell(run, session.campaign, session.state.recall(), line), self._planned)


def _stage(receipt: Receipt) -> Stage:
    """What the ledger keeps of an outcome. Uncertain: the intent stays, which says so."""
    from eig_sheets.mail.outlets.base import Outcome

    stages = {
        Outcome.SENT: Stage.SENT,
        Outcome.DRAFTED: Stage.DRAFTED,
        Outcome.REFUSED: Stage.REFUSED,
        Outcome.DEFERRED: Stage.DEFERRED,
        Outcome.UNCERTAIN: Stage.INTENDED,
    }
    return stages[receipt.outcome]


def built(session: Session, letter: Letter, outlet: Outlet) -> EmailMessage:
    """The e-mail of a letter, dated now. Raises AddressError."""
    from eig_sheets.mail.building import message

    zone = session.campaign.zone
    return message(letter, sender_of(session.campaign), zone, datetime.now(zone), accents=outlet.accents)
