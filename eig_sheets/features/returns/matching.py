"""Which e-mail that left each received mail is about; it is believed of one that went to the address it names. Pure.

A Message-ID is not a secret: it proves that a mail is about an e-mail of ours, and no more. So a mail is believed of an
address that this e-mail went to, after it left, and says no more than « returned » or an answer: an officer decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from eig_sheets.emails.mail.addresses import AddressError, addresses, wire
from eig_sheets.emails.mail.mime import identity_of
from eig_sheets.emails.outbox.fingerprints import Booked
from eig_sheets.emails.outbox.records import LastDelivery
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.features.returns.rules_mail import ANSWERS, ReceivedMail, ReturnKind, Unread

_CLOCKS: Final = timedelta(minutes=10)
"""How much the clocks of two servers may differ."""


@dataclass(frozen=True, slots=True)
class Return:
    """What a mail says of one e-mail that left, and of one of its recipients; `booked`: the appointment, of an answer.

    `why`: why it cannot be told; then it may be about no e-mail, nor address.
    """

    mail: ReceivedMail
    delivery: LastDelivery | None = None
    address: str = ""
    booked: Booked | None = None
    why: Unread | None = None

    @property
    def kind(self) -> ReturnKind:
        """What it says, as far as it is believed."""
        return ReturnKind.UNREAD if self.why else self.mail.kind


def returns_of(
    mails: Iterable[ReceivedMail], previous: PreviousState, elsewhere: Iterable[str] = ()
) -> tuple[Return, ...]:
    """What came back of the e-mails of a workbook, the last word of each recipient, then what cannot be told.

    `elsewhere`: ids of the e-mails of the other workbook, which tells what came back of those.
    """
    matcher = _Matcher(previous, elsewhere)
    last: dict[tuple[str, str, bool], Return] = {}
    unread = []
    for mail in sorted(mails, key=lambda mail: mail.origin.moment):
        for found in matcher.returns(mail):
            if found.why or found.delivery is None:
                unread.append(found)
            else:
                last[found.delivery.id, found.address, found.booked is None] = found
    return (*last.values(), *unread)


class _Matcher:
    def __init__(self, previous: PreviousState, elsewhere: Iterable[str]) -> None:
        self._previous = previous
        gone = [delivery for delivery in previous.last_deliveries.values() if delivery.gone]
        self._by_key = {identity_of(delivery.id): delivery for delivery in gone}
        self._others = {identity_of(one) for one in (*elsewhere, *previous.records, *previous.rows)} - {*self._by_key}
        self._by_uid: dict[str, list[LastDelivery]] = {}
        for delivery in gone:
            if booked := _booked(delivery):
                self._by_uid.setdefault(booked.uid, []).append(delivery)
        self._domains = {uid.rpartition("@")[2] for uid in self._by_uid}

    def returns(self, mail: ReceivedMail) -> Iterator[Return]:
        """What it is believed of; nothing for a mail about an earlier sending, or that is not for this workbook."""
        if mail.uid or mail.kind in ANSWERS:
            yield from self._of_answer(mail)
        else:
            yield from self._of_report(mail)

    def _of_report(self, mail: ReceivedMail) -> Iterator[Return]:
        known = [self._by_key[key] for key in mail.keys if key in self._by_key]
        if not known:
            if self._others.isdisjoint(mail.keys):
                yield Return(mail, why=mail.why or Unread.NOT_OURS)
            return
        since = [delivery for delivery in known if _is_since(mail, delivery)]
        if not since:
            return
        pairs = [(delivery, address) for delivery in since for address in self._named(mail, delivery)]
        if len(pairs) == 1 and mail.why is None:
            yield Return(mail, *pairs[0])
            return
        nobody = Unread.NOT_A_RECIPIENT if mail.addresses else Unread.NO_ADDRESS
        why = mail.why or (Unread.SEVERAL if pairs else nobody)
        yield Return(mail, since[0] if len(since) == 1 else None, why=why)

    def _of_answer(self, mail: ReceivedMail) -> Iterator[Return]:
        known = self._by_uid.get(mail.uid, [])
        if not known:
            return  # of another workbook, or an appointment that somebody made otherwise
        booked = max(filter(None, map(_booked, known)), key=lambda one: one.sequence)
        if mail.sequence < booked.sequence or booked.cancelled:
            return  # of an hour that is no more
        to = [delivery for delivery in known if self._named(mail, delivery)]
        latest = max(to or known, key=lambda one: (_sequence(one), one.moment is not None, one.moment))
        if mail.why or not to:
            yield Return(mail, latest, booked=booked, why=mail.why or Unread.NOT_A_RECIPIENT)
        else:
            yield Return(mail, latest, self._named(mail, latest)[0], booked)

    def _named(self, mail: ReceivedMail, delivery: LastDelivery) -> list[str]:
        """The recipients of an e-mail of whom a mail may speak."""
        spoken_of = {*map(wire, mail.addresses)}
        return [address for key, address in self._recipients(delivery).items() if key in spoken_of]

    def _recipients(self, delivery: LastDelivery) -> Mapping[str, str]:
        """Whom an e-mail went to, by their address as it compares: as `Envois` says, and those in copy."""
        record = self._previous.records.get(delivery.id)
        rows = self._previous.rows.get(delivery.id, ())
        texts = (delivery.recipients or (record.recipients if record else None), *(row.cc for row in rows))
        people: dict[str, str] = {}
        for text in filter(None, texts):
            try:
                people |= {wire(person.wire): person.address for person in addresses(text, accents=True)}
            except AddressError:
                continue  # a copy that somebody edited since
        return people


def _booked(delivery: LastDelivery) -> Booked | None:
    return delivery.fingerprint.booked if delivery.fingerprint else None


def _sequence(delivery: LastDelivery) -> int:
    booked = _booked(delivery)
    return booked.sequence if booked else -1


def _is_since(mail: ReceivedMail, delivery: LastDelivery) -> bool:
    return delivery.moment is None or mail.origin.moment >= delivery.moment - _CLOCKS
