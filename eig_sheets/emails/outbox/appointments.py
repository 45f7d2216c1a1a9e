"""Which appointment, among those that people were told of, each e-mail that is due goes on with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain, count
from typing import Final

from eig_sheets.domain.emails.catalogue import APPOINTMENTS, email_of
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.drafting.still_planned import PlannedAppointment
from eig_sheets.emails.mail.outgoing import Event
from eig_sheets.emails.outbox.fingerprints import Booked, booking
from eig_sheets.emails.outbox.last_deliveries import LastDelivery, last_bookings
from eig_sheets.emails.outbox.versions import PreviousState, base

_MOMENT: Final = "%Y-%m-%d-%H%M"
_ENDS_WITH_ONE: Final = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}-\d{4}", re.DOTALL)

_Key = tuple[str, str]
"""A template, and the short name of the person or the dossier: appointments of others never have to do with theirs."""


@dataclass(frozen=True, slots=True)
class PastAppointment:
    """An appointment as people were last told of it, by the e-mail of this fate."""

    last_delivery: LastDelivery
    booked: Booked

    @property
    def key(self) -> _Key:
        """Whose it is."""
        return _key(self.last_delivery.template, self.last_delivery.id)


@dataclass(frozen=True, slots=True)
class Matches:
    """What was told, against what is due.

    `goes_on`: the appointment told that each e-mail goes on with, by the e-mail's id. `off`: those told, still to come,
    that neither an e-mail that is due nor the data uphold.
    """

    goes_on: Mapping[str, PastAppointment]
    off: tuple[PastAppointment, ...]


def matched(
    due: Iterable[Draft],
    last_deliveries: Collection[LastDelivery],
    planned_appointments: Iterable[PlannedAppointment],
    today: date,
) -> Matches:
    """Match each appointment told with what is due: it is what was first sent, and follows it when it moves."""
    told, waiting, status = (
        _by_people(_told(last_deliveries)),
        _due_by_people(due),
        _upheld_by_people(planned_appointments),
    )
    goes_on: dict[str, PastAppointment] = {}
    off: list[PastAppointment] = []
    for key, some in told.items():
        known = [*status.get(key, ()), *status.get((key[0], None), ())]
        theirs = _Theirs(some, waiting.get(key, {}), known, today)
        goes_on |= theirs.goes_on
        off += theirs.off
    return Matches(goes_on, tuple(off))


def identified(due: Iterable[Draft], goes_on: Mapping[str, PastAppointment], known: PreviousState) -> Iterator[Draft]:
    """The drafts, each under the uid of the appointment that it goes on with, else under one that nobody was sent.

    That of an appointment called off is not used again, even for the same hour: RFC 5546 lets a higher SEQUENCE bring
    it back, but some calendars ignore whatever comes under a uid that was cancelled.
    """
    taken, waiting = {*known.booked}, _waiting(known)
    for draft in due:
        if draft.event is None:
            yield draft
            continue
        written = waiting.get((draft.id, booking(draft.event).details), draft.event.uid)
        uid = goes_on[draft.id].booked.uid if draft.id in goes_on else _unused(written, draft.event.uid, taken)
        taken.add(uid)
        yield replace(draft, event=replace(draft.event, uid=uid))


def _waiting(known: PreviousState) -> dict[tuple[str, str], str]:
    """The uid that rows which did not leave were written with, by e-mail and details: they keep it."""
    found = {}
    for record in known.records.values():
        booked = record.fingerprint.booked if record.fingerprint and record.genuine else None
        if booked is not None and not known.is_gone(record.id):
            found[base(record.id), booked.details] = booked.uid
    return found


class _Theirs:
    """The appointments of one person or dossier, told and due."""

    def __init__(
        self,
        told: Sequence[PastAppointment],
        due: Mapping[str, Event],
        planned_appointments: Sequence[PlannedAppointment],
        today: date,
    ) -> None:
        self._told = {past_appointment.booked.uid: past_appointment for past_appointment in told}
        self._due = dict(due)
        self._titles: dict[datetime, set[str]] = {}
        for event in due.values():
            self._titles.setdefault(_minute(event.starts), set()).add(event.title)
        self._upheld, self._today = planned_appointments, today
        self.goes_on: dict[str, PastAppointment] = {}
        self._pair(lambda one, other: _same_hour(one, other) and _same_title(one, other))
        self._leave_alone()
        self._pair(self._moved)
        self._pair(_same_hour)
        self.off = [one for one in self._told.values() if self._to_come(one) and not self._unknown()]

    def _pair(self, fits: Callable[[Event, PastAppointment], bool]) -> None:
        """Match what fits, the nearest in time first."""
        pairs = sorted(
            (abs(one.starts - other.booked.starts), other.booked.starts, one.starts, draft_id, uid)
            for draft_id, one in self._due.items()
            for uid, other in self._told.items()
            if fits(one, other)
        )
        for *_, draft_id, uid in pairs:
            if draft_id in self._due and uid in self._told:
                self.goes_on[draft_id] = self._told.pop(uid)
                del self._due[draft_id]

    def _leave_alone(self) -> None:
        """Set aside what has not moved, though no e-mail is due about it any more."""
        self._told = {uid: one for uid, one in self._told.items() if not self._stands(one)}

    def _stands(self, other: PastAppointment) -> bool:
        """Whether the data uphold something at the very hour that was told, and do not say that it is another thing."""
        hour = other.booked.starts
        planned_appointments = any(one.starts is not None and _minute(one.starts) == hour for one in self._upheld)
        return planned_appointments and other.booked.title in self._titles.get(hour, {other.booked.title})

    def _moved(self, event: Event, other: PastAppointment) -> bool:
        """A dossier and a candidate have one audition, whatever its title. What is over does not move."""
        return self._to_come(other) and (not _is_dated(other.last_delivery.template) or _same_title(event, other))

    def _to_come(self, other: PastAppointment) -> bool:
        return other.booked.starts >= datetime.combine(self._today, time.min)

    def _unknown(self) -> bool:
        return any(one.starts is None for one in self._upheld)


def _told(last_deliveries: Collection[LastDelivery]) -> Iterator[PastAppointment]:
    last = last_bookings(last_deliveries)
    for last_delivery in last_deliveries:
        booked = last_delivery.fingerprint.booked if last_delivery.gone and last_delivery.fingerprint else None
        if booked is not None and last[booked.uid] == booked and not booked.cancelled and _fits(last_delivery, booked):
            yield PastAppointment(last_delivery, booked)


def _fits(last_delivery: LastDelivery, booked: Booked) -> bool:
    """Whether a stamp may be that of its e-mail: people move lines of `Envois` about, too."""
    if _is_dated(last_delivery.template):
        return base(last_delivery.id).endswith(f"-{booked.starts:{_MOMENT}}")
    whom = re.escape(_key(last_delivery.template, last_delivery.id)[1])
    return (
        email_of(last_delivery.template).about != APPOINTMENTS
        and re.search(f"-{whom}(-[0-9]+)?@", booked.uid) is not None
    )


def _by_people(told: Iterable[PastAppointment]) -> dict[_Key, list[PastAppointment]]:
    found: dict[_Key, list[PastAppointment]] = {}
    for past_appointment in told:
        found.setdefault(past_appointment.key, []).append(past_appointment)
    return found


def _due_by_people(due: Iterable[Draft]) -> dict[_Key, dict[str, Event]]:
    found: dict[_Key, dict[str, Event]] = {}
    for draft in due:
        if draft.about:
            found.setdefault(_key(draft.template, draft.id), {})[draft.id] = draft.about
    return found


def _upheld_by_people(
    planned_appointments: Iterable[PlannedAppointment],
) -> dict[tuple[str, str | None], list[PlannedAppointment]]:
    found: dict[tuple[str, str | None], list[PlannedAppointment]] = {}
    for planned_appointment in planned_appointments:
        found.setdefault((planned_appointment.template, planned_appointment.whom), []).append(planned_appointment)
    return found


def _key(template: str, sending_id: str) -> _Key:
    rest = base(sending_id).removeprefix(f"{template}-")
    dated = _ENDS_WITH_ONE.fullmatch(rest) if _is_dated(template) else None
    return template, dated[1] if dated else rest


def _is_dated(template: str) -> bool:
    """Whether people may have several appointments of this kind: the ids of e-mails about them end with the moment."""
    appointment = email_of(template).appointment
    return appointment is not None and appointment.several


def _same_hour(event: Event, other: PastAppointment) -> bool:
    return _minute(event.starts) == other.booked.starts


def _same_title(event: Event, other: PastAppointment) -> bool:
    return event.title == other.booked.title


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _unused(wanted: str, first: str, taken: Collection[str]) -> str:
    name, at, campaign = first.rpartition("@")
    numbered = (f"{name}-{number}{at}{campaign}" for number in count(2))
    return next(one for one in chain((wanted, first), numbered) if one not in taken)
