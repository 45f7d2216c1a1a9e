"""Matches the appointments that people were sent with those that are due: which continues, which is cancelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain, count
from typing import Final

from eig_sheets.emails.catalogue.appointments import Appointment
from eig_sheets.emails.catalogue.entries import APPOINTMENTS, Catalogue, Email
from eig_sheets.emails.drafting.appointments import PlannedAppointment
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Event
from eig_sheets.emails.outbox.fingerprints import Booked, booking
from eig_sheets.emails.outbox.records import LastDelivery, last_bookings
from eig_sheets.emails.outbox.versions import PreviousState, base

_MOMENT: Final = "%Y-%m-%d-%H%M"
_ENDS_WITH_ONE: Final = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}-\d{4}", re.DOTALL)

_Key = tuple[str, str]
"""The family of an appointment, and the short name of the person or the dossier: those of different keys never match.

The e-mails that announce an appointment and those that recall it are of one family: it is one event in a calendar.
"""


@dataclass(frozen=True, slots=True)
class PastAppointment:
    """An appointment as people were last sent it, by the e-mail of this delivery; `key`: its family, whose it is."""

    last_delivery: LastDelivery
    booked: Booked
    appointment: Appointment | None
    key: _Key


@dataclass(frozen=True, slots=True)
class Matches:
    """The appointments that were sent, matched with those that are due.

    `continued`: the past appointment that each e-mail continues, by the e-mail's id. `cancelled`: past appointments,
    not over yet, that neither an e-mail that is due nor the data has any more.
    """

    continued: Mapping[str, PastAppointment]
    cancelled: tuple[PastAppointment, ...]


def matched(
    due: Iterable[Draft],
    last_deliveries: Collection[LastDelivery],
    planned_appointments: Iterable[PlannedAppointment],
    today: date,
    catalogue: Catalogue,
) -> Matches:
    """Match each appointment that was sent with what is due: it keeps its identity when it moves.

    What was sent by a feature that is off or no more there is left alone: that nothing plans it calls nothing off.
    """
    events, planned = _events_by_key(due, catalogue), _planned_by_key(planned_appointments)
    continued: dict[str, PastAppointment] = {}
    cancelled: list[PastAppointment] = []
    for key, past in _by_key(_past_appointments(last_deliveries, catalogue)).items():
        of_key = [*planned.get(key, ()), *planned.get((key[0], None), ())]
        matcher = _Matcher(past, events.get(key, {}), of_key, today)
        continued |= matcher.continued
        cancelled += matcher.cancelled
    return Matches(continued, tuple(cancelled))


def identified(
    due: Iterable[Draft], continued: Mapping[str, PastAppointment], previous: PreviousState, catalogue: Catalogue
) -> Iterator[Draft]:
    """The drafts, each with the uid of the appointment that it continues, else with a new one.

    That of a cancelled appointment is not used again, even for the same hour: RFC 5546 lets a higher SEQUENCE bring
    it back, but some calendars ignore whatever comes under a uid that was cancelled.
    """
    taken, waiting = {*previous.booked}, _waiting_uids(previous)
    given: dict[_Appointment, str] = {}
    for draft in due:
        if draft.event is None:
            yield draft
            continue
        appointment = _appointment(draft, draft.event, catalogue)
        if appointment not in given:
            written = waiting.get((draft.id, booking(draft.event).details), draft.event.uid)
            past = continued.get(draft.id)
            given[appointment] = past.booked.uid if past else unused_uid(written, draft.event.uid, taken)
        taken.add(given[appointment])
        yield replace(draft, event=replace(draft.event, uid=given[appointment]))


_Appointment = tuple[_Key, datetime, str]
"""An appointment that is due: its key, hour and title. Two e-mails may be about it."""


def _appointment(draft: Draft, event: Event, catalogue: Catalogue) -> _Appointment:
    return _key(catalogue.email_of(draft.template), draft.id), event.starts, event.title


def _waiting_uids(previous: PreviousState) -> dict[tuple[str, str], str]:
    """The uids of rows that did not leave, which keep them, by e-mail and details."""
    uids = {}
    for record in previous.records.values():
        booked = record.fingerprint.booked if record.fingerprint and record.genuine else None
        if booked is not None and not previous.is_gone(record.id):
            uids[base(record.id), booked.details] = booked.uid
    return uids


class _Matcher:
    """Matches the past appointments of one person or dossier with those that are due."""

    def __init__(
        self,
        past: Sequence[PastAppointment],
        due: Mapping[str, Event],
        planned_appointments: Sequence[PlannedAppointment],
        today: date,
    ) -> None:
        self._past = {past_appointment.booked.uid: past_appointment for past_appointment in past}
        self._due = dict(due)
        self._titles: dict[datetime, set[str]] = {}
        for event in due.values():
            self._titles.setdefault(_minute(event.starts), set()).add(event.title)
        self._planned, self._today = planned_appointments, today
        # What people are registered for may have gone to another hour: one of theirs that is due, or a webinar.
        self._elsewhere = {event.title for event in due.values()}
        self._elsewhere |= {planned.title for planned in planned_appointments if planned.whom is None and planned.title}
        self.continued: dict[str, PastAppointment] = {}
        self._pair(lambda event, other: _same_hour(event, other) and _same_title(event, other))
        self._remove_unchanged()
        self._pair(self._has_moved)
        self._pair(_same_hour)
        self.cancelled = [
            left for left in self._past.values() if self._is_upcoming(left) and not self._may_be_planned()
        ]

    def _pair(self, fits: Callable[[Event, PastAppointment], bool]) -> None:
        """Match what fits, the nearest in time first."""
        pairs = sorted(
            (abs(event.starts - other.booked.starts), other.booked.starts, event.starts, draft_id, uid)
            for draft_id, event in self._due.items()
            for uid, other in self._past.items()
            if fits(event, other)
        )
        for *_, draft_id, uid in pairs:
            if draft_id in self._due and uid in self._past:
                self.continued[draft_id] = self._past.pop(uid)
                del self._due[draft_id]

    def _remove_unchanged(self) -> None:
        """Drop the appointments that have not moved, though no e-mail is due about them any more."""
        self._past = {uid: other for uid, other in self._past.items() if not self._is_planned(other)}

    def _is_planned(self, other: PastAppointment) -> bool:
        """Whether the data plan what was sent at its hour: not another appointment, while its own is at another hour.

        Under another title, with its own nowhere, it is the same, renamed.
        """
        hour, title = other.booked.starts, other.booked.title
        here = {planned.title for planned in self._planned if planned.starts and _minute(planned.starts) == hour}
        if not here or title not in self._titles.get(hour, {title}):
            return False
        return not here.isdisjoint({None, title}) or title not in self._elsewhere

    def _has_moved(self, event: Event, other: PastAppointment) -> bool:
        """A dossier and a candidate have one audition, whatever its title. What is over does not move."""
        return self._is_upcoming(other) and (not _is_dated(other.appointment) or _same_title(event, other))

    def _is_upcoming(self, other: PastAppointment) -> bool:
        return other.booked.starts >= datetime.combine(self._today, time.min)

    def _may_be_planned(self) -> bool:
        return any(planned.starts is None for planned in self._planned)


def _past_appointments(last_deliveries: Collection[LastDelivery], catalogue: Catalogue) -> Iterator[PastAppointment]:
    last = last_bookings(last_deliveries)
    known = [delivery for delivery in last_deliveries if delivery.template in catalogue.emails]
    for last_delivery in sorted(known, key=lambda delivery: catalogue.email_of(delivery.template).recalls):
        booked = last_delivery.fingerprint.booked if last_delivery.gone and last_delivery.fingerprint else None
        if booked is None or booked.cancelled or last[booked.uid] != booked:
            continue
        email = catalogue.email_of(last_delivery.template)
        if _is_of_delivery(email, last_delivery, booked):
            yield PastAppointment(last_delivery, booked, email.appointment, _key(email, last_delivery.id))


def _is_of_delivery(email: Email, last_delivery: LastDelivery, booked: Booked) -> bool:
    """Whether a booking belongs to the e-mail of a delivery: people may move lines of `Envois`."""
    if _is_dated(email.appointment):
        return base(last_delivery.id).endswith(f"-{booked.starts:{_MOMENT}}")
    whom = re.escape(_key(email, last_delivery.id)[1])
    return email.about != APPOINTMENTS and re.search(f"-{whom}(-[0-9]+)?@", booked.uid) is not None


def _by_key(past: Iterable[PastAppointment]) -> dict[_Key, list[PastAppointment]]:
    """The past appointments of each key, each once: as announced, even if a reminder was sent since."""
    by_key: dict[_Key, dict[str, PastAppointment]] = {}
    for past_appointment in past:
        by_key.setdefault(past_appointment.key, {}).setdefault(past_appointment.booked.uid, past_appointment)
    return {key: [*of_key.values()] for key, of_key in by_key.items()}


def _events_by_key(due: Iterable[Draft], catalogue: Catalogue) -> dict[_Key, dict[str, Event]]:
    """The events that are due of each key, by e-mail; one that two e-mails are about, by the first of them."""
    by_key: dict[_Key, dict[str, Event]] = {}
    seen: set[_Appointment] = set()
    for draft in due:
        if draft.about and (appointment := _appointment(draft, draft.about, catalogue)) not in seen:
            seen.add(appointment)
            by_key.setdefault(appointment[0], {})[draft.id] = draft.about
    return by_key


def _planned_by_key(
    planned_appointments: Iterable[PlannedAppointment],
) -> dict[tuple[str, str | None], list[PlannedAppointment]]:
    by_key: dict[tuple[str, str | None], list[PlannedAppointment]] = {}
    for planned_appointment in planned_appointments:
        by_key.setdefault((planned_appointment.family, planned_appointment.whom), []).append(planned_appointment)
    return by_key


def _key(email: Email, sending_id: str) -> _Key:
    rest = base(sending_id).removeprefix(f"{email.id}-")
    dated = _ENDS_WITH_ONE.fullmatch(rest) if _is_dated(email.appointment) else None
    return email.appointment.family if email.appointment else email.id, dated[1] if dated else rest


def _is_dated(appointment: Appointment | None) -> bool:
    """Whether people may have several appointments of this kind: the ids of e-mails about them end with the moment."""
    return appointment is not None and appointment.several


def _same_hour(event: Event, other: PastAppointment) -> bool:
    return _minute(event.starts) == other.booked.starts


def _same_title(event: Event, other: PastAppointment) -> bool:
    return event.title == other.booked.title


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def unused_uid(preferred: str, first: str, taken: Collection[str]) -> str:
    """The preferred uid, else the first, else the first with a number, that nobody was sent."""
    name, at, campaign = first.rpartition("@")
    numbered = (f"{name}-{number}{at}{campaign}" for number in count(2))
    return next(uid for uid in chain((preferred, first), numbered) if uid not in taken)
