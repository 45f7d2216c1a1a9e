"""The lines of `Envois`, and the last delivery of each e-mail by these and the ledger (guarantee G6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.since_last_run import moment_of
from eig_sheets.emails.catalogue.deliveries import BY_A_PERSON, GONE, UNSENT_STAGES, Delivery, DeliveryStatus, Stage
from eig_sheets.emails.outbox.fingerprints import (
    Booked,
    Fingerprint,
    as_text,
    from_text,
    with_checksum,
    without_checksum,
)
from eig_sheets.emails.outbox.rows import Row
from eig_sheets.spreadsheet.model.snapshot import SentMark
from eig_sheets.workbook.diff import keys
from eig_sheets.workbook.envois import TABLE, Sending

LINE_MODIFIED: Final = (
    "La ligne de cet e-mail dans « Envois » a été modifiée : il est peut-être parti. Vérifiez, puis dites-le avec "
    "« eig-sheets emails settle »."
)
_OUTBOX_STATES: Final = frozenset(
    {
        DeliveryStatus.TO_APPROVE,
        DeliveryStatus.APPROVED,
        DeliveryStatus.OBSOLETE,
        DeliveryStatus.ARCHIVED,
        DeliveryStatus.SET_ASIDE,
        DeliveryStatus.REMOVED,
    }
)
"""States that only an e-mail which has been in the outbox can have."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line of `Envois`. `genuine`: it is as the robot wrote it, as far as its checksum shows."""

    id: str
    template: str
    numero: str | None
    recipients: str | None
    subject: str | None
    state: str
    detail: str
    moment: datetime | None
    fingerprint: Fingerprint | None
    genuine: bool

    @property
    def was_in_the_outbox(self) -> bool:
        """Whether the e-mail once had a row there."""
        return self.fingerprint is not None or self.state in _OUTBOX_STATES


def records_of(reading: Reading, last_known: Sequence[Sequence[Any]] = ()) -> dict[str, Record]:
    """The records of all e-mails, by id.

    `last_known`: headers then rows of `Envois` as the last run left it, when no other machine wrote since; it goes
    before what people may have made of the tab, but for one thing: what the tab says that left may have left; and what
    the workbook keeps as gone apart from it did.
    """
    records = {record.id: record for record in _read(TABLE.read_stored(last_known))}
    for record in (*shown_records(reading), *_beside_the_rows(reading)):
        records[record.id] = _merged(records.get(record.id), record)
    for mark in reading.snapshot.sent:
        records[mark.id] = _with_mark(records.get(mark.id), mark)
    return records


def _with_mark(known: Record | None, mark: SentMark) -> Record:
    """The record of an e-mail that the workbook keeps as gone apart from `Envois`, whatever people made of that tab."""
    if known is not None and known.genuine and known.state in GONE:
        return known
    state = DeliveryStatus(mark.state) if mark.state in GONE else DeliveryStatus.UNCERTAIN
    detail = LINE_MODIFIED if state == DeliveryStatus.UNCERTAIN else ""
    if known is None:
        return Record(mark.id, "", None, None, None, state, detail, None, None, genuine=False)
    return replace(known, state=state, detail=detail, genuine=False)


def shown_records(reading: Reading) -> Iterator[Record]:
    """The records that `Envois` itself shows."""
    name = reading.layout.robot_tabs.get("envois")
    return _read(TABLE.read(reading.snapshot.tab(name) if name else None))


def _beside_the_rows(reading: Reading) -> Iterator[Record]:
    """Records of e-mails that left, read from the outbox in case `Envois` was deleted."""
    emails = reading.layout.tabs.get("emails")
    column = emails.robot_columns.get("etat") if emails else None
    if emails is not None and column is not None:
        for row, sending_id in keys(emails):
            if sending_id and emails.tab.value(row, column) in GONE:
                yield Record(
                    sending_id, "", None, None, None, DeliveryStatus.UNCERTAIN, LINE_MODIFIED, None, None, genuine=False
                )


def _read(lines: Iterator[Mapping[str, Any]]) -> Iterator[Record]:
    for line in lines:
        sending_id = _text(line["id"])
        if sending_id is not None:
            yield _record(sending_id, line)


def _record(sending_id: str, line: Mapping[str, Any]) -> Record:
    template, numero, state = _text(line["template"]) or "", _text(line["numero"]), _text(line["state"]) or ""
    stored = _text(line["fingerprint"])
    fingerprint, genuine = (
        without_checksum(stored, sending_id, template, numero, state) if stored else (None, state not in GONE)
    )
    recipients, subject, detail = (_text(line[key]) for key in ("recipients", "subject", "detail"))
    moment = moment_of(line["moment"])
    return Record(sending_id, template, numero, recipients, subject, state, detail or "", moment, fingerprint, genuine)


def _merged(last_known: Record | None, shown: Record) -> Record:
    """The record of an e-mail, from the last run and from the tab."""
    if last_known is None:
        return shown if shown.genuine else replace(shown, state=DeliveryStatus.UNCERTAIN, detail=LINE_MODIFIED)
    if shown.state in GONE and last_known.state not in GONE:
        # Its checksum holds: a run of ours wrote it, and was stopped before it could save that; or another machine's.
        return shown if shown.genuine else replace(last_known, state=DeliveryStatus.UNCERTAIN, detail=LINE_MODIFIED)
    return last_known


def line(sending: Sending, fingerprint: Fingerprint | None) -> Sending:
    """The line of an e-mail with its checksum: what has no fingerprint and did not leave needs none."""
    text = (
        with_checksum(fingerprint, sending.id, sending.template, sending.numero, sending.state)
        if fingerprint or sending.state in GONE
        else ""
    )
    return replace(sending, fingerprint=text)


def _text(value: Any) -> str | None:
    return None if value is None else str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def as_read(row: Row, record: Record | None) -> Fingerprint | None:
    """The fingerprint of the last run, when it read the row as it is."""
    read = record.fingerprint if record and record.genuine else None
    return read if read and read.row == row.fingerprint else None


def approved_text(row: Row, record: Record | None) -> str | None:
    """The fingerprint of the text that was approved, when the row is still ticked and says something else since."""
    if record is None or record.fingerprint is None or not (record.genuine and row.approved):
        return None
    return (
        record.fingerprint.row
        if record.state == DeliveryStatus.APPROVED and record.fingerprint.row != row.fingerprint
        else None
    )


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
            known = _of_delivery(delivery, status, record)
            last[delivery.id] = _of_record(record) if record and _came_back(record, known) else known
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
    # A person only gives back what is uncertain, returned or a draft: what is « Envoyé » was sent since.
    if record.state == DeliveryStatus.RETURNED:
        given_back = delivery.stage is Stage.SETTLED and _minute(delivery.moment) == record.moment
        return doubtful and not given_back
    if record.state == DeliveryStatus.SENT:
        return doubtful
    return record.state == DeliveryStatus.DRAFTED and doubtful and delivery.stage is not Stage.SETTLED


def _came_back(record: Record, delivery: LastDelivery) -> bool:
    """Whether the workbook says that this very delivery was returned: another machine, or an earlier night, read it."""
    is_this_one = delivery.gone and delivery.moment == record.moment
    return record.state == DeliveryStatus.RETURNED and is_this_one and delivery.detail != BY_A_PERSON


def _of_record(record: Record) -> LastDelivery:
    taken = record.state == DeliveryStatus.UNCERTAIN and record.fingerprint is not None and record.fingerprint.batch_id
    detail = _TAKEN_ELSEWHERE if taken else record.detail
    about = (record.id, record.template, record.numero)
    status, made_of = DeliveryStatus(record.state), record.fingerprint
    return LastDelivery(*about, status, detail, record.moment, made_of, record.recipients)


def _of_delivery(delivery: Delivery, status: DeliveryStatus, record: Record | None) -> LastDelivery:
    fingerprint = from_text(delivery.fingerprint) or (record.fingerprint if record else None)
    detail = _INTERRUPTED if delivery.stage is Stage.INTENDED and not delivery.detail else delivery.detail
    recipients = record.recipients if record else None
    retry = delivery.stage is Stage.DEFERRED
    about = (delivery.id, delivery.template, delivery.numero)
    return LastDelivery(*about, status, detail, _minute(delivery.moment), fingerprint, recipients, retry)


def _minute(moment: datetime) -> datetime:
    """A moment as a cell has it, which does not give back a finer one as it was written."""
    return moment.replace(second=0, microsecond=0)


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
    stages = {**{stage.status: stage for stage in Stage}, DeliveryStatus.RETURNED: Stage.SENT}
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
