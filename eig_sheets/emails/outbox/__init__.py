"""The outbox: which e-mails it holds, which are added, which may leave, and the status of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.deliveries import Delivery, DeliveryStatus
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.drafting.appointments import planned_appointments
from eig_sheets.emails.drafting.drafts import drafts
from eig_sheets.emails.mail.addresses import wire
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.mail.templates import Template
from eig_sheets.emails.outbox.appointments import identified, matched
from eig_sheets.emails.outbox.archive import ArchivedDraft
from eig_sheets.emails.outbox.cancellations import cancellations
from eig_sheets.emails.outbox.held import Held
from eig_sheets.emails.outbox.records import Record, last_bookings, last_deliveries_of
from eig_sheets.emails.outbox.rows import Row, by_id
from eig_sheets.emails.outbox.send_checks import Permissions, SendChecks
from eig_sheets.emails.outbox.status import OutboxStatus, StatusBuilder, text_of
from eig_sheets.emails.outbox.text_diff import Text
from eig_sheets.emails.outbox.versions import PreviousState, versions
from eig_sheets.text.confusables import lookalike_reason, visible

__all__ = ["OutboxStatus", "outbox_status", "previous_state_of"]


def previous_state_of(
    rows: Sequence[Row],
    records: Mapping[str, Record],
    deliveries: Mapping[str, Delivery],
    archived: Mapping[str, ArchivedDraft] = MappingProxyType({}),
) -> PreviousState:
    """The state before this run: the outbox, `Envois`, the deliveries and the archive.

    What `Envois` calls archived is, even if the archive itself was deleted.
    """
    last_deliveries, present = last_deliveries_of(records, deliveries), by_id(rows)
    noted = {
        record.id: ArchivedDraft(record.id, record.template, record.numero, record.recipients, record.subject)
        for record in records.values()
        if record.state == DeliveryStatus.ARCHIVED and record.id not in present
    }
    bookings = last_bookings(last_deliveries.values())
    return PreviousState(present, records, last_deliveries, bookings, {**noted, **archived})


def outbox_status(
    reading: Reading,
    results: Results,
    texts: Mapping[str, Template],
    today: date,
    previous: PreviousState,
    written: Mapping[str, Text],
    allowed: Sequence[str] = (),
) -> OutboxStatus:
    """The status of every e-mail on `today`. Pure.

    `written`: the robot's own text of rows that were there before; `allowed`: addresses that may be written to besides
    those of the configuration.
    """
    campaign = reading.campaign
    due = drafts(reading, results, texts, today, previous.received)
    catalogue = catalogue_of(campaign.features)
    matches = matched(due, previous.last_deliveries.values(), planned_appointments(reading, today), today, catalogue)
    due = [*identified(due, matches.continued, previous, catalogue)]
    due += cancellations(matches.cancelled, campaign, texts, previous, due)
    versioned = versions(due, previous)
    own = ((draft.id, text_of(draft.outcome)) for draft in due if isinstance(draft.outcome, Message))
    checks = SendChecks(reading, [*written.items(), *own], _permissions(campaign, allowed))
    return StatusBuilder(previous, due, versioned, checks, written, Held(reading)).status()


def _permissions(campaign: Campaign, allowed: Sequence[str]) -> Permissions:
    sender = campaign.sender
    own = [campaign.emails.contact, *([sender.address, sender.reply_to] if sender else [])]
    # Who allows an address that looks like another says so by writing it as it travels.
    allowed_addresses = (
        *campaign.emails.allowed,
        *(address for address in map(visible, allowed) if address.isascii() or not lookalike_reason(address)),
        *own,
    )
    never = campaign.emails.never
    return Permissions(frozenset(map(wire, filter(None, allowed_addresses))), frozenset(map(wire, never)))
