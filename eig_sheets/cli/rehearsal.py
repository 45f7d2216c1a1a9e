"""A rehearsal: sends every e-mail to one address, and records nothing."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from eig_sheets.cli import interruption
from eig_sheets.cli.attached_files import AttachmentError
from eig_sheets.cli.outlets import sender_of
from eig_sheets.cli.sender import mime_message
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.outgoing import OutgoingEmail, Sender
from eig_sheets.emails.outbox.status import ReadyEmail
from eig_sheets.emails.outlets.base import DeliveryOutcome, Outlet, Receipt
from eig_sheets.text.french import typographic

_PREFIX: Final = "[Répétition] "


def rehearse(session: Session, outlet: Outlet, chosen: Sequence[ReadyEmail], address: str) -> Counter[str]:
    """Send the chosen e-mails to `address` and to nobody else; returns how many had each outcome."""
    rehearsal_id, sender = secrets.token_hex(4), sender_of(session.campaign)
    outcomes: Counter[str] = Counter()
    with outlet:
        for ready in chosen:
            interruption.raise_if_interrupted()
            email = rehearsed(ready.email, address, rehearsal_id)
            with session.step(f"E-mail {sum(outcomes.values()) + 1} sur {len(chosen)}"):
                receipt = _delivered(session, outlet, email, sender, address)
            outcomes[receipt.outcome] += 1
            if receipt.detail:
                session.say(f"{ready.row.id} : {receipt.detail}")
    return outcomes


def _delivered(session: Session, outlet: Outlet, email: OutgoingEmail, sender: Sender, address: str) -> Receipt:
    try:
        message = mime_message(session, email, sender, outlet)
    except AttachmentError as error:
        return Receipt(DeliveryOutcome.REFUSED, str(error))
    return outlet.deliver(email.id, message, [address])


def rehearsed(email: OutgoingEmail, address: str, rehearsal_id: str) -> OutgoingEmail:
    """A copy of an e-mail for one address: it names the real recipients; its appointment has an id of its own.

    `rehearsal_id` keeps mailboxes from merging it with the real e-mail, or with that of another rehearsal.
    """
    people = "; ".join(email.to) + (f" (copie : {'; '.join(email.cc)})" if email.cc else "")
    event = replace(email.event, uid=f"repetition-{rehearsal_id}-{email.event.uid}") if email.event else None
    return replace(
        email,
        id=f"{email.id} {rehearsal_id}",
        to=(address,),
        cc=(),
        subject=_PREFIX + email.subject,
        body=typographic(f"> Répétition : ce message irait à {people}.\n\n") + email.body,
        event=event,
    )
