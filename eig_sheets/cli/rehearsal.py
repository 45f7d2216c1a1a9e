"""A rehearsal: every e-mail goes to one address, and nothing is written down."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eig_sheets.cli import interruption
from eig_sheets.cli.dispatch import built
from eig_sheets.cli.outlets import sender_of
from eig_sheets.french import typographic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eig_sheets.cli.session import Session
    from eig_sheets.mail.letters import Letter
    from eig_sheets.mail.outlets.base import Outlet
    from eig_sheets.outbox.standing import Ready

_PREFIX: Final = "[Répétition] "


def rehearse(session: Session, outlet: Outlet, chosen: Sequence[Ready], address: str) -> Counter[str]:
    """How many e-mails came to each outcome, all sent to `address` and to nobody else."""
    round_, sender = secrets.token_hex(4), sender_of(session.campaign)
    outcomes: Counter[str] = Counter()
    with outlet:
        for one in chosen:
            interruption.obey()
            letter = rehearsed(one.letter, address, round_)
            with session.step(f"E-mail {sum(outcomes.values()) + 1} sur {len(chosen)}"):
                receipt = outlet.deliver(letter.id, built(session, letter, sender, outlet), [address])
            outcomes[receipt.outcome] += 1
            if receipt.detail:
                session.say(f"{one.row.id} : {receipt.detail}")
    return outcomes


def rehearsed(letter: Letter, address: str, round_: str) -> Letter:
    """The same e-mail for one address: it says who would get it, and is nobody's appointment but a rehearsal's.

    `round_` keeps mailboxes from taking it for the real one, or for that of another rehearsal.
    """
    people = "; ".join(letter.to) + (f" (copie : {'; '.join(letter.cc)})" if letter.cc else "")
    event = replace(letter.event, uid=f"repetition-{round_}-{letter.event.uid}") if letter.event else None
    return replace(
        letter,
        id=f"{letter.id} {round_}",
        to=(address,),
        cc=(),
        subject=_PREFIX + letter.subject,
        body=typographic(f"> Répétition : ce message irait à {people}.\n\n") + letter.body,
        event=event,
    )
