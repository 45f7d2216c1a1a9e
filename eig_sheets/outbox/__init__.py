"""The outbox: which e-mails it holds, which are added, which may leave, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eig_sheets.config import Campaign
from eig_sheets.deliveries import Delivery
from eig_sheets.drafting.upheld import upheld
from eig_sheets.drafts import drafts
from eig_sheets.lookalikes import told
from eig_sheets.mail.messages import Message
from eig_sheets.mail.templates import Template
from eig_sheets.outbox.appointments import identified, matched
from eig_sheets.outbox.cancelling import cancellations
from eig_sheets.outbox.edits import Text
from eig_sheets.outbox.fates import fates_of, last_bookings
from eig_sheets.outbox.guards import Guards, Permissions, wire
from eig_sheets.outbox.records import Record
from eig_sheets.outbox.rows import Row, by_id
from eig_sheets.outbox.standing import Desk, Standing, text_of
from eig_sheets.outbox.versions import Known, base, versions
from eig_sheets.reading import Reading
from eig_sheets.results import Results

__all__ = ["Standing", "known_of", "stand"]


def known_of(rows: Sequence[Row], records: Mapping[str, Record], deliveries: Mapping[str, Delivery]) -> Known:
    """What was there before this run."""
    fates = fates_of(records, deliveries)
    return Known(by_id(rows), records, fates, last_bookings(fates.values()))


def stand(
    reading: Reading,
    results: Results,
    texts: Mapping[str, Template],
    today: date,
    known: Known,
    written: Mapping[str, Text],
    allowed: Sequence[str] = (),
) -> Standing:
    """Where every e-mail stands on `today`. Pure.

    `written`: the robot's own text of rows that were there before; `allowed`: addresses that may be written to besides
    those of the configuration.
    """
    campaign = reading.campaign
    received = {base(one.id) for one in known.fates.values() if one.gone}
    due = drafts(reading, results, texts, today, received)
    matches = matched(due, known.fates.values(), upheld(reading, today), today)
    due = [*identified(due, matches.goes_on, known)]
    due += cancellations(matches.off, campaign, texts, known, due)
    made = versions(due, known)
    own = ((one.id, text_of(one.outcome)) for one in due if isinstance(one.outcome, Message))
    guards = Guards(reading, [*written.items(), *own], _permissions(campaign, allowed))
    return Desk(known, due, made, guards, written).standing()


def _permissions(campaign: Campaign, allowed: Sequence[str]) -> Permissions:
    sender = campaign.sender
    own = [campaign.emails.contact, *([sender.address, sender.reply_to] if sender else [])]
    # Who allows an address that looks like another says so by writing it as it travels.
    some = (*campaign.emails.allowed, *(one for one in allowed if one.isascii() or not told(one)), *own)
    never = campaign.emails.never
    return Permissions(frozenset(map(wire, filter(None, some))), frozenset(map(wire, never)))
