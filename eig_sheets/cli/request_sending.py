"""The request that sends: it shows the approved e-mails, and sends exactly those once they are confirmed."""

from __future__ import annotations

import hashlib
import os
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.request_jobs import LONGEST, Listing
from eig_sheets.cli.session import Session
from eig_sheets.text.french import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eig_sheets.domain.requests import Recorded
    from eig_sheets.emails.outbox.status import ReadyEmail

MOST: Final = 100
"""E-mails of one request: a person has to read their list."""
_ROOM: Final = 200
"""Characters of what is said before and after the list."""


def listing(session: Session, _: Recorded) -> Listing:
    """The approved e-mails that may leave now, each with those to whom it goes."""
    from eig_sheets.cli.attached_files import with_their_files
    from eig_sheets.cli.confirmation import refuse_another_day
    from eig_sheets.cli.sender import planned, refuse_if_shared
    from eig_sheets.sync.sending import approved, outbox_status_of

    refuse_another_day(session, "un envoi", "une autre demande")
    everything, held = with_their_files(session, approved(outbox_status_of(planned(session)).ready))
    said = _held_text(held)
    chosen = _that_fit(everything, LONGEST - _ROOM - len(said))
    if not chosen:
        raise Refusal(said or "Aucun e-mail validé à envoyer : cochez « Valider » dans « E-mails à envoyer ».")
    refuse_if_shared(session)
    rest = len(everything) - len(chosen)
    lines = [f"{plural(len(chosen), 'e-mail')} :", *map(_line, chosen)]
    lines += [f"Restent {plural(rest, 'e-mail validé', 'e-mails validés')}, pour une autre demande."] if rest else []
    lines += [said] if said else []
    return Listing("\n".join(lines), _digest(chosen), chosen)


def send(session: Session, _: Recorded, chosen: Sequence[ReadyEmail]) -> str:
    """Send these, each only if its row and its data are still as they were when the list was confirmed."""
    from eig_sheets.cli.outlets import outlet_of
    from eig_sheets.cli.sender import BatchSender, count_sentence
    from eig_sheets.cli.sending import report
    from eig_sheets.domain.emails.deliveries import DeliveryStatus

    outlet = outlet_of("smtp", session.campaign, os.environ, Path())
    outcomes = BatchSender(session, outlet).run(chosen)
    said = count_sentence(outcomes, len(chosen))
    try:
        report(session, outcomes, len(chosen))
    except Refusal as problem:
        said = f"{said} {problem.message}"
        if not outcomes.get(DeliveryStatus.SENT):
            raise Refusal(said) from None
    return said


def _held_text(held: Sequence[str]) -> str:
    """The sentence of the first one that lacks its file, and how many others do."""
    rest = f" De même {plural(len(held) - 1, 'autre')}." if len(held) > 1 else ""
    return f"{held[0]}{rest}" if held else ""


def _that_fit(ready: Sequence[ReadyEmail], room: int) -> Sequence[ReadyEmail]:
    """The first ones, as many as can be shown whole; at least one."""
    lengths = accumulate(len(_line(one)) + 1 for one in ready[:MOST])
    return ready[: max(1, sum(length <= room for length in lengths))]


def _line(email: ReadyEmail) -> str:
    copies = f" (copie : {email.row.cc})" if email.row.cc else ""
    return f"• {email.row.to}{copies} : {email.row.subject} [{email.row.id}]"


def _digest(chosen: Sequence[ReadyEmail]) -> str:
    """A digest of who is written to, what, and of which data."""
    from eig_sheets.emails.outbox.fingerprints import as_text

    parts = sorted(f"{one.row.id}\0{as_text(one.fingerprint)}\0{one.row.to}\0{one.row.cc}" for one in chosen)
    return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()[:16]
