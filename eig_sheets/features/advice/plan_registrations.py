"""Registrations to a webinar that an export adds to `Inscriptions`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eig_sheets.campaign.reading import Reading
from eig_sheets.features.advice.tabs import REGISTRATIONS
from eig_sheets.features.advice.visitors import Attendee
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.added_rows import Row, WithAddedRows, added_rows
from eig_sheets.text.french import plural


@dataclass(frozen=True, slots=True)
class RegistrationRun(WithAddedRows):
    """The rows to add: `new` people, and `attendances` of people who are there already; `known`: nothing to add."""

    new: int
    attendances: int
    known: int


def plan_registrations(
    reading: Reading, webinar: str, attendees: Sequence[Attendee], last_run: LastRun, now: datetime, source: str
) -> RegistrationRun:
    """Append who is not there yet, known by the webinar and the address.

    A row that is there is never written: what an export learns of attendance comes as one more row of the same person.
    """
    there = _by_address(reading, webinar)
    latest = _once_each(attendees)
    new = [attendee for attendee in latest.values() if attendee.email not in there]
    attended = [
        attendee for attendee in latest.values() if attendee.present and True not in there.get(attendee.email, {True})
    ]
    rows = [_row(webinar, attendee) for attendee in sorted((*new, *attended), key=lambda attendee: attendee.row)]
    what = f"Import de « {source} » : {plural(len(rows), 'ligne ajoutée', 'lignes ajoutées')} à Inscriptions."
    known = len(latest) - len(new) - len(attended)
    return RegistrationRun(
        added_rows(reading, REGISTRATIONS, rows, last_run, now, what), len(new), len(attended), known
    )


def _by_address(reading: Reading, webinar: str) -> Mapping[str, set[bool]]:
    """What the rows of each person say: whether they attended; a blank is no."""
    rows = reading.valid_rows(REGISTRATIONS)
    rows = rows[rows["webinaire"].isin([webinar]) & rows["email"].notna()]
    attended: dict[str, set[bool]] = {}
    for email, present in zip(rows["email"], rows["present"].isin([True]), strict=True):
        attended.setdefault(email, set()).add(bool(present))
    return attended


def _once_each(attendees: Sequence[Attendee]) -> dict[str, Attendee]:
    """Each person once: who attended a session of several did attend."""
    latest: dict[str, Attendee] = {}
    for attendee in attendees:
        before = latest.get(attendee.email)
        if before is None or (attendee.present and not before.present):
            latest[attendee.email] = attendee
    return latest


def _row(webinar: str, attendee: Attendee) -> Row:
    values = {
        "webinaire": webinar,
        "nom": attendee.name,
        "email": attendee.email,
        "administration": attendee.administration,
        "inscrit_le": attendee.registered,
        "present": None if attendee.present is None else "oui" if attendee.present else "non",
    }
    return {field: value for field, value in values.items() if value is not None}
