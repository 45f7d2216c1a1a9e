"""Advice slots that commands add to `Créneaux`: those generated, and those of an export of bookings. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.audition_rules import Span
from eig_sheets.domain.decisions import BOOKED, CANCELLED, FREE
from eig_sheets.domain.slots import TAKEN, generated, spans
from eig_sheets.domain.working_days import public_holiday
from eig_sheets.importing.visitors import Booking
from eig_sheets.storage.last_run import LastRun
from eig_sheets.sync.added_rows import AddedRows, Row, WithAddedRows, added_rows
from eig_sheets.text.french import listed, plural

TAB: Final = "creneaux"


def plan_generated(reading: Reading, first: date, last: date, last_run: LastRun, now: datetime) -> AddedRows:
    """The free slots that the configuration gives from a day to another, and that the tab does not have."""
    campaign = reading.campaign
    slots, minutes = reading.valid_rows(TAB), campaign.emails.advice_minutes
    existing = [
        (span, state) for span, state in zip(spans(slots, minutes), slots["statut"], strict=True) if span is not None
    ]
    found = generated(campaign.slots, minutes, first, last, public_holiday, existing)
    rows: list[Row] = [{"debut": slot.start, "duree": minutes, "statut": FREE} for slot in found]
    what = f"{plural(len(rows), 'créneau libre ajouté', 'créneaux libres ajoutés')}, du {first:%d/%m} au {last:%d/%m}."
    return added_rows(reading, TAB, rows, last_run, now, what)


class Told(NamedTuple):
    """Something that an export says and that only a person may do: `what`, of the slot of this row, or None."""

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

    A row that is there is never written: one that the export calls off, or that is still free here, is told.
    """
    there = _by_identity(reading)
    latest = {(one.starts, one.email): one for one in _stands_last(bookings)}
    new = [one for key, one in latest.items() if key not in there and not one.cancelled]
    told = [
        *_cancelled_here(reading, there, latest),
        *_overlapping(reading, new),
    ]
    rows = [_row(one) for one in sorted(new, key=lambda one: (one.starts, one.email))]
    absent = sum(one.absent for one in new)
    added = [plural(len(new) - absent, "créneau réservé ajouté", "créneaux réservés ajoutés")]
    added += [plural(absent, *ABSENT_ADDED)] if absent else []
    what = f"Import de « {source} » : {listed(added)}."
    known = sum(key in there for key in latest)
    gone = sum(key not in there and one.cancelled for key, one in latest.items())
    return BookingRun(added_rows(reading, TAB, rows, last_run, now, what), tuple(told), absent, known, gone)


def _stands_last(bookings: Sequence[Booking]) -> list[Booking]:
    """The bookings, those that stand last: of the same hour and address, the last counts."""
    return sorted(bookings, key=lambda one: not one.cancelled)


def _row(one: Booking) -> Row:
    values = {
        "debut": one.starts,
        "duree": one.minutes,
        "reserve_par": one.name,
        "email": one.email,
        "administration": one.administration,
        "projet": one.project,
        "statut": CANCELLED if one.absent else BOOKED,
    }
    return {field: value for field, value in values.items() if value is not None}


_Identity = tuple[datetime, str]


def _by_identity(reading: Reading) -> Mapping[_Identity, tuple[int, str | None]]:
    """The row and the state of each slot of somebody, by its hour and address; of several, of one that is not off."""
    slots = reading.valid_rows(TAB).dropna(subset=["debut", "email"])
    found: dict[_Identity, tuple[int, str | None]] = {}
    for start, email, row, state in zip(slots["debut"], slots["email"], slots["row"], slots["statut"], strict=True):
        key = (_minute(start), email)
        if key not in found or found[key][1] == CANCELLED:
            found[key] = (int(row), state)
    return found


def _minute(start: pd.Timestamp) -> datetime:
    # A spreadsheet keeps a moment as a fraction of a day: 14:20 may come back as 14:19:59.999999.
    moment: datetime = (start + pd.Timedelta(seconds=30)).to_pydatetime()
    return moment.replace(second=0, microsecond=0)


def _cancelled_here(
    reading: Reading, there: Mapping[_Identity, tuple[int, str | None]], latest: Mapping[_Identity, Booking]
) -> Iterator[Told]:
    for (start, email), one in latest.items():
        row, state = there.get((start, email), (0, None))
        cell = reading.layout.tabs[TAB].reference("statut", row) if row else None
        is_off = one.cancelled or one.absent
        if row and is_off and state != CANCELLED:
            there_it_is = "annulé" if one.cancelled else "personne absente"
            yield Told(f"{there_it_is} dans l’export, « {state or 'vide'} » ici", start, email, cell)
        elif row and not is_off and state == CANCELLED:
            yield Told(f"réservé dans l’export, « {CANCELLED} » ici", start, email, cell)


def _overlapping(reading: Reading, new: Sequence[Booking]) -> Iterator[Told]:
    """The bookings to add at an hour that somebody else has."""
    slots, minutes = reading.valid_rows(TAB), reading.campaign.emails.advice_minutes
    taken = slots[slots["statut"].isin(TAKEN) & slots["debut"].notna()]
    hours = [*zip(spans(taken, minutes), taken["row"].astype(int), strict=True)]
    for one in new:
        span = Span(one.starts, one.starts + timedelta(minutes=one.minutes or minutes))
        rows = [row for other, row in hours if other.overlaps(span) and not one.absent]
        if rows:
            cell = reading.layout.tabs[TAB].reference("debut", rows[0])
            yield Told("ajouté, à une heure déjà prise ici", one.starts, one.email, cell)
