"""The last delivery of each e-mail, from the ledger of this machine and `Envois` together (guarantee G6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.domain.emails.deliveries import GONE, UNSENT_STAGES, Delivery, DeliveryStatus, Stage
from eig_sheets.emails.outbox.fingerprints import Booked, Fingerprint, as_text, from_text
from eig_sheets.emails.outbox.records import Record

_INTERRUPTED: Final = (
    "L’envoi a été interrompu au moment où il partait : il est peut-être parti. Vérifiez dans la boîte d’envoi ou "
    "auprès du destinataire, puis dites-le avec « eig-sheets emails settle »."
)
_TAKEN_ELSEWHERE: Final = (
    "Un envoi l’avait pris, sur une autre machine ou avant la perte du dossier d’état : il est peut-être parti. "
    "Vérifiez, puis dites-le avec « eig-sheets emails settle »."
)


@dataclass(frozen=True, slots=True)
class LastDelivery:
    """The last delivery of an e-mail: its status (Échec or one of GONE), and the fingerprint that it was tried with.

    `retry`: it may be tried again without anyone deciding so.
    """

    id: str
    template: str
    numero: str | None
    state: DeliveryStatus
    detail: str
    moment: datetime | None
    fingerprint: Fingerprint | None
    recipients: str | None = None
    retry: bool = False

    @property
    def gone(self) -> bool:
        """Whether it left, or may have."""
        return self.state in GONE


def last_deliveries_of(records: Mapping[str, Record], deliveries: Mapping[str, Delivery]) -> dict[str, LastDelivery]:
    """The last delivery of each e-mail that has one, by id. An e-mail left if either of the two says so."""
    last = {
        record.id: _of_record(record) for record in records.values() if record.state in {*GONE, DeliveryStatus.FAILED}
    }
    for delivery in deliveries.values():
        record = records.get(delivery.id)
        if record is not None and _record_prevails(record, delivery):
            continue
        if (status := delivery.stage.status) is not None:
            last[delivery.id] = _of_delivery(delivery, status, record)
        else:  # taken by a send of ours that never came to it, or given back by a person
            last.pop(delivery.id, None)
    return last


def _record_prevails(record: Record, delivery: Delivery) -> bool:
    """Whether the workbook is more recent than the ledger: another machine sent it since, or is about to."""
    if record.state == DeliveryStatus.UNCERTAIN:
        taken = record.fingerprint.batch_id if record.fingerprint else ""
        ours = taken in delivery.batch_id.split() if taken else delivery.stage is Stage.SETTLED
        return delivery.stage in UNSENT_STAGES and not ours
    doubtful = delivery.stage in {*UNSENT_STAGES, Stage.INTENDED}
    # A person only gives back what is uncertain or a draft: what is « Envoyé » was sent since.
    if record.state == DeliveryStatus.SENT:
        return doubtful
    return record.state == DeliveryStatus.DRAFTED and doubtful and delivery.stage is not Stage.SETTLED


def _of_record(record: Record) -> LastDelivery:
    taken = record.state == DeliveryStatus.UNCERTAIN and record.fingerprint is not None and record.fingerprint.batch_id
    detail = _TAKEN_ELSEWHERE if taken else record.detail
    return LastDelivery(
        record.id,
        record.template,
        record.numero,
        DeliveryStatus(record.state),
        detail,
        record.moment,
        record.fingerprint,
        record.recipients,
    )


def _of_delivery(delivery: Delivery, status: DeliveryStatus, record: Record | None) -> LastDelivery:
    fingerprint = from_text(delivery.fingerprint) or (record.fingerprint if record else None)
    detail = _INTERRUPTED if delivery.stage is Stage.INTENDED and not delivery.detail else delivery.detail
    recipients = record.recipients if record else None
    retry = delivery.stage is Stage.DEFERRED
    moment = delivery.moment.replace(second=0, microsecond=0)  # a cell does not give back a finer one as it was written
    return LastDelivery(
        delivery.id, delivery.template, delivery.numero, status, detail, moment, fingerprint, recipients, retry
    )


def unknown_here(records: Mapping[str, Record], deliveries: Mapping[str, Delivery]) -> list[LastDelivery]:
    """The e-mails that `Envois` says left, or may have, and that this machine's ledger does not know of."""
    gone = (record for record in records.values() if record.state in GONE)
    return [
        _of_record(record)
        for record in gone
        if record.id not in deliveries or _record_prevails(record, deliveries[record.id])
    ]


def adopted(last_deliveries: Iterable[LastDelivery], now: datetime) -> list[Delivery]:
    """The records to add to the ledger, of deliveries that only the workbook knows of."""
    stages = {stage.status: stage for stage in Stage}
    return [
        Delivery(
            last_delivery.id,
            last_delivery.template,
            last_delivery.numero,
            "",
            stages[last_delivery.state],
            last_delivery.detail,
            last_delivery.moment or now,
            as_text(last_delivery.fingerprint) if last_delivery.fingerprint else "",
            last_delivery.fingerprint.batch_id if last_delivery.fingerprint else "",
        )
        for last_delivery in last_deliveries
    ]


def last_bookings(last_deliveries: Iterable[LastDelivery]) -> dict[str, Booked]:
    """The last booking that people were sent of each appointment, by its uid."""
    bookings: dict[str, Booked] = {}
    for last_delivery in last_deliveries:
        booked = last_delivery.fingerprint.booked if last_delivery.gone and last_delivery.fingerprint else None
        if booked and (booked.uid not in bookings or booked.sequence > bookings[booked.uid].sequence):
            bookings[booked.uid] = booked
    return bookings
