"""Versions of e-mails: which rows of the outbox are up to date, which drafts are new or replace a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.outbox.archive import ArchivedDraft
from eig_sheets.emails.outbox.fingerprints import Booked, booking, fingerprint_of
from eig_sheets.emails.outbox.records import LastDelivery, Record
from eig_sheets.emails.outbox.rows import Row

_VERSION: Final = re.compile(r"(.+)\.v([1-9][0-9]{0,99})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PreviousState:
    """The state before this run: rows by id, lines of `Envois`, last deliveries, last bookings by uid.

    `archived`: obsolete drafts of which only the copy is left, by id.
    """

    rows: Mapping[str, Sequence[Row]]
    records: Mapping[str, Record]
    last_deliveries: Mapping[str, LastDelivery]
    booked: Mapping[str, Booked]
    archived: Mapping[str, ArchivedDraft] = field(default_factory=dict)

    def is_gone(self, sending_id: str) -> bool:
        """Whether an e-mail left, or may have."""
        return sending_id in self.last_deliveries and self.last_deliveries[sending_id].gone

    @property
    def received(self) -> dict[str, date | None]:
        """The e-mails that left, or may have, by the id of their first version; the day, for those that were sent."""
        gone = [one for one in self.last_deliveries.values() if one.gone]
        sent = [(one.moment.date(), base(one.id)) for one in gone if one.moment and one.state == DeliveryStatus.SENT]
        return {base(one.id): None for one in gone} | {sending_id: day for day, sending_id in sorted(sent)}


@dataclass
class Versions:
    """The versions of the drafts: rows that are up to date, and drafts to append.

    `replaced`: id of a row that is out of date → id of the version that replaces it. `grouped`: drafts whose
    message the same people get from another one, with its id.
    """

    current: dict[str, Draft] = field(default_factory=dict)
    new: list[Draft] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    grouped: list[tuple[Draft, str]] = field(default_factory=list)


def base(sending_id: str) -> str:
    """The id of the first version of an e-mail."""
    match = _VERSION.fullmatch(sending_id)
    return match[1] if match else sending_id


def numbered(sending_id: str, number: int) -> str:
    """The id of one version."""
    return sending_id if number == 1 else f"{sending_id}.v{number}"


def versions(drafts: Iterable[Draft], previous: PreviousState) -> Versions:
    """The versions of the drafts that are due, whatever was drafted before."""
    last, left = (
        last_numbers(trusted(previous)),
        {
            base(last_delivery.id): last_delivery
            for last_delivery in previous.last_deliveries.values()
            if last_delivery.gone
        },
    )
    result = Versions()
    for draft in drafts:
        _place(_with_sequence(draft, previous.booked), last.get(draft.id, 0), left.get(draft.id), previous, result)
    _group(result, previous)
    return result


def trusted(previous: PreviousState) -> set[str]:
    """The ids of versions that were in the outbox.

    The id of a row only counts when `Envois` knows of no version of its e-mail: people type ids, too.
    """
    there = {record.id for record in previous.records.values() if record.was_in_the_outbox}
    there |= {last_delivery for last_delivery in previous.last_deliveries if previous.is_gone(last_delivery)}
    there |= {*previous.archived}
    firsts = set(map(base, there))
    return there | {row for row in previous.rows if base(row) not in firsts}


def last_numbers(ids: Iterable[str]) -> dict[str, int]:
    """The last version of each e-mail, by the id of the first."""
    numbers: dict[str, int] = {}
    for sending_id in ids:
        version = _VERSION.fullmatch(sending_id)
        first, number = (version[1], int(version[2])) if version else (sending_id, 1)
        numbers[first] = max(numbers.get(first, 0), number)
    return numbers


def _with_sequence(draft: Draft, booked: Mapping[str, Booked]) -> Draft:
    """The draft whose appointment, if it has changed since people were sent it, has a higher SEQUENCE (RFC 5546)."""
    last = booked.get(draft.event.uid) if draft.event else None
    if draft.event is None or last is None:
        return draft
    now = booking(draft.event)
    same = (now.details, now.cancelled) == (last.details, last.cancelled)
    return replace(draft, event=replace(draft.event, sequence=last.sequence + (not same)))


def _place(draft: Draft, last: int, left: LastDelivery | None, previous: PreviousState, result: Versions) -> None:
    """Place one draft. `left`: the last delivery of a version of it that left, or may have."""
    if _is_already_known(draft, left, previous.booked):
        return
    current, following = numbered(draft.id, last), _next(draft.id, last, previous)
    if last == 0 or previous.is_gone(current) or current in previous.archived:
        result.new.append(replace(draft, id=following))
    elif rows := previous.rows.get(current):
        if draft.held or _is_up_to_date(rows[0], draft, previous.records.get(current)):
            result.current[current] = replace(draft, id=current)
        elif not any(row.set_aside for row in rows):
            result.replaced[current] = following
            result.new.append(replace(draft, id=following))


def _next(sending_id: str, last: int, previous: PreviousState) -> str:
    """The id of the next version, which no row has, whoever typed it."""
    number = last + 1
    while numbered(sending_id, number) in previous.rows:
        number += 1
    return numbered(sending_id, number)


def _is_already_known(draft: Draft, left: LastDelivery | None, booked: Mapping[str, Booked]) -> bool:
    """Whether people already know the content: it left or, for an appointment, they have it as it is.

    An e-mail that recalls an appointment leaves all the same, once. What an e-mail that left said of its appointment
    may be unknown: then a person resolves it first.
    """
    if left and not (draft.event and left.fingerprint and left.fingerprint.booked):
        return True
    if draft.recalls:
        return left is not None
    last = booked.get(draft.event.uid) if draft.event else None
    return draft.event is not None and last is not None and draft.event.sequence == last.sequence


def _is_up_to_date(row: Row, draft: Draft, record: Record | None) -> bool:
    """Whether a row was made from the present data; without a fingerprint, whether it reads the same."""
    if not isinstance(draft.outcome, Message):
        return False
    now = fingerprint_of(draft, draft.outcome)
    fingerprint = record.fingerprint if record and record.genuine else None
    return fingerprint.whole == now.whole if fingerprint else row.fingerprint == now.text


def _group(result: Versions, previous: PreviousState) -> None:
    """Leave out the drafts whose message the same people get from another one, or got since they were left out."""
    leaders = {key: draft.id for draft in result.current.values() if (key := _grouping_key(draft))}
    left = {
        (last_delivery.template, last_delivery.fingerprint.text): last_delivery.id
        for last_delivery in previous.last_deliveries.values()
        if last_delivery.gone and last_delivery.fingerprint
    }
    ungrouped = []
    for draft in result.new:
        key = _grouping_key(draft)
        leader = (_sent_leader(draft, left, previous) or leaders.setdefault(key, draft.id)) if key else draft.id
        if leader == draft.id:
            ungrouped.append(draft)
        else:
            result.grouped.append((draft, leader))
    result.new = ungrouped


def _sent_leader(draft: Draft, left: Mapping[tuple[str, str], str], previous: PreviousState) -> str | None:
    """The e-mail that left for the same people with the same words, if this one was grouped with it."""
    record = previous.records.get(draft.id)
    if record is None or record.state != DeliveryStatus.GROUPED or not isinstance(draft.outcome, Message):
        return None
    return left.get((draft.template, fingerprint_of(draft, draft.outcome).text))


def _grouping_key(draft: Draft) -> tuple[object, ...] | None:
    """The key by which messages are grouped: recipients and text; None when blocked, with an appointment or a file."""
    if draft.event or draft.file or not isinstance(draft.outcome, Message):
        return None
    return draft.template, draft.outcome
