"""Rows that commands add to `Créneaux` and to `Inscriptions`: generated, or of an export. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.hours import Span
from eig_sheets.domain.working_days import public_holiday
from eig_sheets.features.advice.rules import BOOKED, CANCELLED, FREE, TAKEN, generated, spans
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import REGISTRATIONS, SLOTS
from eig_sheets.features.advice.visitors import Attendee, Booking
from eig_sheets.run.appended_rows import AddedRows, Row, WithAddedRows, added_rows
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, plural


def plan_generated(reading: Reading, first: date, last: date, last_run: LastRun, now: datetime) -> AddedRows:
    """The free slots that the configuration gives from a day to another, and that the tab does not have."""
    campaign = reading.campaign
    slots, rules = reading.valid_rows(SLOTS), campaign.section(SlotSettings)
    existing = [
        (span, state)
        for span, state in zip(spans(slots, rules.minutes), slots["statut"], strict=True)
        if span is not None
    ]
    slots_to_add = generated(rules, first, last, public_holiday, existing)
    rows: list[Row] = [{"debut": slot.start, "duree": rules.minutes, "statut": FREE} for slot in slots_to_add]
    what = f"{plural(len(rows), 'créneau libre ajouté', 'créneaux libres ajoutés')}, du {first:%d/%m} au {last:%d/%m}."
    return added_rows(reading, SLOTS, rows, last_run, now, what)


class Told(NamedTuple):
    """A remark for people on a booking of an export: `what`, and the cell of the slot, if it is here."""

    what: str
    starts: datetime
    email: str
    cell: str | None


ABSENT_ADDED: Final = (
    f"créneau ajouté « {CANCELLED} », personne absente", f"créneaux ajoutés « {CANCELLED} », personnes absentes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookingRun(WithAddedRows):
    """The bookings to add, and what only a person may do.

    `absent`: how many of those to add are of people who did not come, added as called off; `known`: how many are there
    already, told or not; `cancelled`: how many are not, and were called off.
    """

    told: tuple[Told, ...]
    absent: int
    known: int
    cancelled: int


def plan_bookings(
    reading: Reading, bookings: Sequence[Booking], last_run: LastRun, now: datetime, source: str
) -> BookingRun:
    """Append the bookings that the tab lacks: a booking is known by its hour and its address.

    A row that is there is never written: the answer lists those that the export calls off, or that are free here.
    """
    there = _by_identity(reading)
    standing_last = sorted(bookings, key=lambda booking: not booking.cancelled)
    latest = {(booking.starts, booking.email): booking for booking in standing_last}
    new = [booking for key, booking in latest.items() if key not in there and not booking.cancelled]
    told = [*_cancelled_here(reading, there, latest), *_overlapping(reading, new)]
    rows = [_row(booking) for booking in sorted(new, key=lambda booking: (booking.starts, booking.email))]
    absent = sum(booking.absent for booking in new)
    added = [plural(len(new) - absent, "créneau réservé ajouté", "créneaux réservés ajoutés")]
    added += [plural(absent, *ABSENT_ADDED)] if absent else []
    what = f"Import de « {source} » : {listed(added)}."
    known = sum(key in there for key in latest)
    gone = sum(key not in there and booking.cancelled for key, booking in latest.items())
    return BookingRun(added_rows(reading, SLOTS, rows, last_run, now, what), tuple(told), absent, known, gone)


def _row(booking: Booking) -> Row:
    values = {
        "debut": booking.starts,
        "duree": booking.minutes,
        "reserve_par": booking.name,
        "email": booking.email,
        "administration": booking.administration,
        "projet": booking.project,
        "statut": CANCELLED if booking.absent else BOOKED,
    }
    return {field: value for field, value in values.items() if value is not None}


_Identity = tuple[datetime, str]


def _by_identity(reading: Reading) -> Mapping[_Identity, tuple[int, str | None]]:
    """The row and the state of each slot with an address, by hour and address; of several, one not called off."""
    slots = reading.valid_rows(SLOTS).dropna(subset=["debut", "email"])
    by_identity: dict[_Identity, tuple[int, str | None]] = {}
    for start, email, row, state in zip(slots["debut"], slots["email"], slots["row"], slots["statut"], strict=True):
        key = (_minute(start), email)
        if key not in by_identity or by_identity[key][1] == CANCELLED:
            by_identity[key] = (int(row), state)
    return by_identity


def _minute(start: pd.Timestamp) -> datetime:
    # A spreadsheet keeps a moment as a fraction of a day: 14:20 may come back as 14:19:59.999999.
    moment: datetime = (start + pd.Timedelta(seconds=30)).to_pydatetime()
    return moment.replace(second=0, microsecond=0)


def _cancelled_here(
    reading: Reading, there: Mapping[_Identity, tuple[int, str | None]], latest: Mapping[_Identity, Booking]
) -> Iterator[Told]:
    for (start, email), booking in latest.items():
        row, state = there.get((start, email), (0, None))
        cell = reading.layout.tabs[SLOTS].reference("statut", row) if row else None
        is_off = booking.cancelled or booking.absent
        if row and is_off and state != CANCELLED:
            there_it_is = "annulé" if booking.cancelled else "personne absente"
            yield Told(f"{there_it_is} dans l’export, « {state or 'vide'} » ici", start, email, cell)
        elif row and not is_off and state == CANCELLED:
            yield Told(f"réservé dans l’export, « {CANCELLED} » ici", start, email, cell)


def _overlapping(reading: Reading, new: Sequence[Booking]) -> Iterator[Told]:
    """The bookings to add at an hour that somebody else has."""
    slots, minutes = reading.valid_rows(SLOTS), reading.campaign.section(SlotSettings).minutes
    taken = slots[slots["statut"].isin(TAKEN) & slots["debut"].notna()]
    hours = [*zip(spans(taken, minutes), taken["row"].astype(int), strict=True)]
    for booking in new:
        span = Span(booking.starts, booking.starts + timedelta(minutes=booking.minutes or minutes))
        rows = [row for other, row in hours if other.overlaps(span) and not booking.absent]
        if rows:
            cell = reading.layout.tabs[SLOTS].reference("debut", rows[0])
            yield Told("ajouté, à une heure déjà prise ici", booking.starts, booking.email, cell)


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
    rows = [
        _registration_row(webinar, attendee)
        for attendee in sorted((*new, *attended), key=lambda attendee: attendee.row)
    ]
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


def _registration_row(webinar: str, attendee: Attendee) -> Row:
    values = {
        "webinaire": webinar,
        "nom": attendee.name,
        "email": attendee.email,
        "administration": attendee.administration,
        "inscrit_le": attendee.registered,
        "present": None if attendee.present is None else "oui" if attendee.present else "non",
    }
    return {field: value for field, value in values.items() if value is not None}
