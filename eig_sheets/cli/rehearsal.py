"""A rehearsal: every e-mail goes to one address, and nothing is written down."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eig_sheets.cli import interruption
from eig_sheets.cli.outlets import sender_of
from eig_sheets.cli.sender import built
from eig_sheets.text.french import typographic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eig_sheets.cli.session import Session
    from eig_sheets.emails.mail.outgoing import OutgoingEmail
    from eig_sheets.emails.outbox.status import ReadyEmail
    from eig_sheets.emails.outlets.base import Outlet

_PREFIX: Final = "[Répétition] "


def rehearse(session: Session, outlet: Outlet, chosen: Sequence[ReadyEmail], address: str) -> Counter[str]:
    """How many e-mails came to each outcome, all sent to `address` and to nobody else."""
    round_, sender = secrets.token_hex(4), sender_of(session.campaign)
    outcomes: Counter[str] = Counter()
    with outlet:
        for one in chosen:
            interruption.obey()
            email = rehearsed(one.email, address, round_)
            with session.step(f"E-mail {sum(outcomes.values()) + 1} sur {len(chosen)}"):
                receipt = outlet.deliver(email.id, built(session, email, sender, outlet), [address])
            outcomes[receipt.outcome] += 1
            if receipt.detail:
                session.say(f"{one.row.id} : {receipt.detail}")
    return outcomes


def rehearsed(email: OutgoingEmail, address: str, round_: str) -> OutgoingEmail:
    """The same e-mail for one address: it says who would get it, and is nobody's appointment but a rehearsal's.

    `round_` keeps mailboxes from taking it for the real one, or for that of another rehearsal.
    """
    people = "; ".join(email.to) + (f" (copie : {'; '.join(email.cc)})" if email.cc else "")
    event = replace(email.event, uid=f"repetition-{round_}-{email.event.uid}") if email.event else None
    return replace(
        email,
        id=f"{email.id} {round_}",
        to=(address,),
        cc=(),
        subject=_PREFIX + email.subject,
        body=typographic(f"> Répétition : ce message irait à {people}.\n\n") + email.body,
        event=event,
    )
