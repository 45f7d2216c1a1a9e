"""The request that sends: it shows the approved e-mails, and sends exactly those once they are confirmed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from eig_sheets.campaign.dependencies import Act
from eig_sheets.cli.doubts import doubts_line
from eig_sheets.cli.emails.confirmation import refuse_another_day
from eig_sheets.cli.emails.outlets import sending_outlet
from eig_sheets.cli.emails.recheck import with_their_files
from eig_sheets.cli.emails.sender import BatchSender, count_sentence, planned, refuse_if_shared
from eig_sheets.cli.emails.sending import edited_words, report, write_outcomes
from eig_sheets.cli.emails.settling import settled, unsettled
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.outbox.fingerprints import as_text
from eig_sheets.emails.outbox.status import ReadyEmail
from eig_sheets.emails.outbox.staying import first_named, staying
from eig_sheets.features.requests.commands_jobs import LONGEST, Listing
from eig_sheets.features.requests.rules import Recorded
from eig_sheets.run.sending import approved, outbox_status_of
from eig_sheets.text.french import listed_first, plain, plural, typographic

MOST: Final = 100
"""E-mails of one request: a person has to read their list."""
_ROOM: Final = 1_000
"""Characters of what is said before and after the list."""
_SETTLED: Final = {"parti": True, "non parti": False}
_HOW_TO_SETTLE: Final = (
    "Écrivez dans Détail l’« Id » de l’e-mail, tel que le donne Envois, puis « parti » ou « non parti »."
)
_NONE: Final = "Aucun e-mail validé à envoyer : cochez « Valider » dans « E-mails à envoyer »."


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is sent once confirmed, and the lines on the ticked rows that stay."""

    emails: Sequence[ReadyEmail]
    staying: tuple[str, ...]


def listing(session: Session, _: Recorded) -> Listing:
    """The approved e-mails that may leave now, each with those to whom it goes; and the ticked rows that stay."""
    refuse_another_day(session, "un envoi", "une autre demande")
    run = planned(session)
    everything, held = with_their_files(session, approved(outbox_status_of(run).ready))
    said = _that_a_cell_holds([*staying(run.reading, outbox_status_of(run)), *held])
    if said:
        write_outcomes(session)  # `Envois` says so too: what people answer by their tick counts from then on
    doubts = doubts_line(session, [Act.MESSAGES])
    chosen = _that_fit(everything, LONGEST - _ROOM - sum(len(line) + 1 for line in (*said, doubts)))
    if not chosen:
        none = "Aucun e-mail ne peut partir." if said else _NONE
        raise Refusal("\n".join(filter(None, (none, *said, doubts))))
    refuse_if_shared(session)
    sending_outlet(session.campaign, os.environ)  # without a server, nobody reads a list for nothing
    rest = everything[len(chosen) :]
    lines = [f"{plural(len(chosen), 'e-mail')} :", *map(_line, chosen)]
    if rest:
        count = plural(len(rest), "e-mail validé", "e-mails validés")
        lines.append(
            f"Restent {count}, pour une autre demande : {first_named(run.reading, [email.row for email in rest])}."
        )
    lines += [*said, *([doubts] if doubts else [])]
    return Listing("\n".join(lines), _digest(chosen), _Chosen(chosen, said))


def send(session: Session, _: Recorded, chosen: _Chosen) -> str:
    """Send these, each only if its row and its data are still as they were when the list was confirmed."""
    sender, asked = BatchSender(session, sending_outlet(session.campaign, os.environ)), len(chosen.emails)
    outcomes = sender.run(chosen.emails)
    left_behind = sender.left_behind(chosen.emails)
    said = count_sentence(outcomes, asked)
    edited = [email.row.id for email in chosen.emails if email.text_diff]
    corrected = [f"Corrigé par l’équipe : {listed_first(edited)}."] if edited else []
    stays = "".join(f"\n{line}" for line in (*corrected, *_that_a_cell_holds([*left_behind, *chosen.staying])))
    try:
        report(session, outcomes, asked, left_behind)
    except Refusal as problem:
        said = f"{said} {problem.message}"
        if not outcomes.get(DeliveryStatus.SENT):
            raise Refusal(said + stays) from None
    return said + stays


def settling(session: Session, request: Recorded) -> Listing:
    """What is known of the e-mail that the detail names, and what would be recorded of it. Raises Refusal."""
    named, _, said = request.detail.strip().partition(" ")
    sent = _SETTLED.get(plain(said))
    if sent is None:
        raise Refusal(typographic(_HOW_TO_SETTLE))
    [delivery] = unsettled(session, [named])
    moment = f", {delivery.moment:%d/%m/%Y %H:%M}" if delivery.moment else ""
    known = f"• {delivery.id} ({delivery.recipients or 'destinataire inconnu'}{moment}) : « {delivery.state} »."
    meant = "sera noté parti, et ne repartira jamais" if sent else "sera noté non parti, et pourra repartir"
    text = typographic(
        f"{known}\nVérifiez dans la boîte d’envoi, ou auprès du destinataire. Une fois confirmé, il {meant}."
    )
    return Listing(text, hashlib.sha256(text.encode()).hexdigest()[:16], (named, sent))


def settle(session: Session, _: Recorded, chosen: tuple[str, bool]) -> str:
    """Record it."""
    named, sent = chosen
    return settled(session, [named], sent=sent)


def _that_a_cell_holds(sentences: Sequence[str]) -> tuple[str, ...]:
    """Lines on the ticked rows that stay, as many as leave room for those that go, and how many others there are."""
    lines = [f"• {sentence}" for sentence in sentences]
    lengths = accumulate(len(line) + 1 for line in lines)
    shown = sum(length <= LONGEST // 2 for length in lengths)
    rest = len(lines) - shown
    others = f"Et {plural(rest, 'autre coche')} dont rien ne part : voir « Envois », colonne Précision."
    return (*lines[:shown], *([others] if rest else []))


def _that_fit(ready: Sequence[ReadyEmail], room: int) -> Sequence[ReadyEmail]:
    """The first ones, as many as can be shown whole; at least one."""
    lengths = accumulate(len(_line(email)) + 1 for email in ready[:MOST])
    return ready[: max(1, sum(length <= room for length in lengths))]


def _line(email: ReadyEmail) -> str:
    copies = f" (copie : {email.row.cc})" if email.row.cc else ""
    edited = f", {edited_words(email)}" if email.text_diff else ""
    return f"• {email.row.to}{copies} : {email.row.subject} [{email.row.id}]{edited}"


def _digest(chosen: Sequence[ReadyEmail]) -> str:
    """A digest of who is written to, what, and of which data."""
    parts = sorted(f"{email.row.id}\0{as_text(email.fingerprint)}\0{email.row.to}\0{email.row.cc}" for email in chosen)
    return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()[:16]
