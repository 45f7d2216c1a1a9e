"""What a run of one workbook knows of the other, and of the records of features besides cells. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.config import Campaign
from eig_sheets.domain.parts import Part
from eig_sheets.emails.catalogue.deliveries import GONE, Delivery
from eig_sheets.emails.catalogue.entries import APPOINTMENTS, Catalogue, catalogue_of
from eig_sheets.emails.outbox.records import Record, records_of
from eig_sheets.storage.last_run import LastRun


@dataclass(frozen=True, slots=True)
class OtherWorkbook:
    """The other workbook, read by itself, and what this machine's ledger says of its e-mails."""

    reading: Reading | None = None
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)


NO_OTHER_WORKBOOK: Final = OtherWorkbook()
"""There is no other workbook."""


def moved_records(reading: Reading) -> dict[str, Record]:
    """The lines of the projects' `Envois` on e-mails to candidates that left, or may have, by id.

    They left from there before candidates had a workbook: they must not leave from it again.
    """
    if reading.campaign.part is not Part.TALENTS or reading.linked is None:
        return {}
    gone = [record for record in records_of(reading.linked).values() if record.state in GONE]
    catalogue = catalogue_of(reading.campaign.features)
    ours = [record for record in gone if _is_about(catalogue, record.template, "talents")]
    uids = {record.fingerprint.booked.uid for record in ours if record.fingerprint and record.fingerprint.booked}
    called_off = [
        record
        for record in gone
        if _is_about(catalogue, record.template, APPOINTMENTS)
        and record.fingerprint
        and record.fingerprint.booked
        and record.fingerprint.booked.uid in uids
    ]
    return {record.id: record for record in (*ours, *called_off)}


def moved_deliveries(linked: OtherWorkbook, campaign: Campaign) -> dict[str, Delivery]:
    """The deliveries of e-mails to candidates that this machine's ledger has under the projects' workbook, by id."""
    if campaign.part is not Part.TALENTS:
        return {}
    return {
        delivery.id: delivery
        for delivery in linked.deliveries.values()
        if _is_about(catalogue_of(campaign.features), delivery.template, "talents")
    }


def _is_about(catalogue: Catalogue, template: str, about: str) -> bool:
    return catalogue.email_of(template).about == about


@dataclass(frozen=True, slots=True, eq=False)
class RestoredRecords:
    """The records of a feature: the reading with those that the last run remembers too."""

    restore: Callable[[Reading, LastRun], Reading]


def with_restored_records(reading: Reading, last_run: LastRun) -> Reading:
    """The reading with every record that is known."""
    for part in reading.campaign.features.parts(RestoredRecords):
        reading = part.restore(reading, last_run)
    return reading
