"""Whatever becomes of a timetable, a calendar that keeps to RFC 5546 shows what its person is registered for: no more.

A walk of the matching alone, without a workbook: hundreds in a second. Those of `test_calendars_in_any_order`, a few,
go through one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from eig_sheets.emails.catalogue.appointments import HEARING, TypedRow
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.catalogue.due import ONCE, message_id, moment_name, short_name
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.drafting.appointments import PlannedAppointment, appointment_uid
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.addresses import addresses
from eig_sheets.emails.mail.invitations import invitation
from eig_sheets.emails.mail.messages import Event, Message
from eig_sheets.emails.outbox.appointments import identified, matched
from eig_sheets.emails.outbox.cancellations import cancellations
from eig_sheets.emails.outbox.fingerprints import fingerprint_of
from eig_sheets.emails.outbox.records import LastDelivery, last_bookings
from eig_sheets.emails.outbox.versions import PreviousState, versions
from eig_sheets.features.advice.emails import SLOT, WEBINAR
from eig_sheets.features.advice.rules import labels_of
from tests.effort import examples
from tests.emails.drafting.support import TEXTS
from tests.emails.mail.calendar_model import CalendarModel
from tests.emails.outbox.calendars import NOW, SENDER, TODAY
from tests.features.advice.calendars import CLAUDE, DANY, MARCH, webinar, with_webinars

PEOPLE, DOSSIERS = (CLAUDE, DANY), ("90001", "90002")
HOUR, WHOM, PLACE = st.integers(9, 13), st.sampled_from(PEOPLE), st.integers(0, 3)
PROJECT, STATE = st.sampled_from(["Phare", "Nef"]), st.sampled_from(["Réservé", "Tenu", "Libre"])
TITLE, DAY = st.sampled_from(["Présentation", "Questions", "Suites"]), st.integers(2, 5)


def mailbox(whom: str) -> str:
    """A person's address; that of a dossier's porteur."""
    return whom if "@" in whom else f"{whom}@exemple.invalid"


@dataclass
class Slot:
    hour: int
    whom: str
    projet: str
    statut: str = "Réservé"

    @property
    def row(self) -> TypedRow:
        """As the workbook is read."""
        values = {"debut": self.starts, "email": self.whom, "statut": self.statut, "projet": self.projet}
        return TypedRow(values, frozenset(), counts=True)

    @property
    def starts(self) -> datetime:
        return MARCH + timedelta(hours=self.hour)

    @property
    def seen(self) -> tuple[datetime, str]:
        return self.starts, f"Rendez-vous : {self.projet}"


@dataclass
class Agenda:
    """A timetable, who is registered for what in it, and what people were sent. `heard`: the hour of each dossier."""

    slots: list[Slot] = field(default_factory=list)
    webinars: tuple = ()
    registered: list[tuple[str, str]] = field(default_factory=list)
    sent: dict[str, LastDelivery] = field(default_factory=dict)
    calendars: dict[str, CalendarModel] = field(default_factory=lambda: defaultdict(CalendarModel))
    heard: dict[str, int] = field(default_factory=dict)

    @property
    def rules(self):
        return with_webinars(self.webinars)

    def webinars_of(self, whom):
        """Those of which a person must know: registered for, or all of them for who has a slot."""
        labels = labels_of(self.webinars)
        invited = any(slot.whom == whom and slot.statut in ("Réservé", "Tenu") for slot in self.slots)
        named = [labels[label] for person, label in self.registered if person == whom and label in labels]
        return [*self.webinars] if invited else named

    def due(self):
        """The drafts that are due, each as if nothing had been sent before."""
        for whom in PEOPLE:
            for slot in self.slots:
                if (slot.whom, slot.statut) == (whom, "Réservé"):
                    yield self.draft("confirmation_creneau", SLOT, whom, *slot.seen)
            for session in {session.starts: session for session in self.webinars_of(whom)}.values():
                yield self.draft(
                    "confirmation_inscription", WEBINAR, whom, session.starts, f"Webinaire : {session.title}"
                )

        for numero in self.heard:
            yield self.draft("convocation_jury", HEARING, numero, *self.hearing(numero))

    def hearing(self, numero):
        return MARCH + timedelta(hours=self.heard[numero]), f"Audition du projet « {numero} »"

    def draft(self, template, appointment, whom, starts, title):
        sending_id = message_id(template, whom, moment_name(starts) if appointment.several else ONCE)
        about = sending_id.removeprefix(f"{template}-")
        event = Event(
            appointment_uid(self.rules, appointment.family, about), starts, starts + timedelta(minutes=30), title
        )
        return Draft(sending_id, template, None, Message((mailbox(whom),), (), title, title), whom, event, about=event)

    def planned(self):
        for starts, title in WEBINAR.configured(self.rules.messages):
            yield PlannedAppointment(WEBINAR.family, None, starts, title)
        for slot in self.slots:
            if (scheduled := SLOT.in_rows.scheduled(slot.row, TODAY)) is not None:
                title = SLOT.in_rows.title(slot.row, "EIG")
                yield PlannedAppointment(SLOT.family, short_name(scheduled[0]), scheduled[1], title)
        for numero in self.heard:
            yield PlannedAppointment(HEARING.family, short_name(numero), self.hearing(numero)[0])

    def to_send(self) -> list[Draft]:
        last = self.sent
        previous = PreviousState({}, {}, last, last_bookings(last.values()))
        due, catalogue = [*self.due()], catalogue_of(self.rules.features)
        matches = matched(due, last.values(), self.planned(), TODAY, catalogue)
        due = [*identified(due, matches.continued, previous, catalogue)]
        due += cancellations(matches.cancelled, self.rules, TEXTS, previous, due)
        return versions(due, previous).new

    def send(self, draft: Draft) -> None:
        fingerprint, [whom] = fingerprint_of(draft, draft.outcome), draft.outcome.to
        sent = LastDelivery(draft.id, draft.template, None, DeliveryStatus.SENT, "", None, fingerprint, whom)
        self.sent[draft.id] = sent
        moment = NOW.astimezone(UTC) + timedelta(minutes=len(self.sent))
        ics = invitation(draft.event, SENDER, addresses(whom), self.rules.zone, moment)
        self.calendars[whom].receive(ics)

    def send_all(self) -> None:
        for _ in range(9):
            if not (some := self.to_send()):
                return
            for draft in some:
                self.send(draft)
        raise AssertionError("there is always something left to send")

    def shown(self, whom):
        events, zone = self.calendars[mailbox(whom)].appointments.values(), self.rules.zone
        return sorted(
            (event["dtstart"].dt.astimezone(zone).replace(tzinfo=None), str(event["summary"]).replace("\u202f", " "))
            for event in events
        )

    def check_hearing(self, numero) -> None:
        """The audition of a dossier, where it has one, and no other."""
        assert self.shown(numero) == ([self.hearing(numero)] if numero in self.heard else [])

    def check(self, whom) -> None:
        """What must be there is, once, under its own title; the rest stands, or was only renamed since."""
        webinars = {(webinar.starts, f"Webinaire : {webinar.title}") for webinar in self.webinars}
        slots = {slot.seen for slot in self.slots if slot.whom == whom and slot.statut in ("Réservé", "Tenu")}
        must = {slot.seen for slot in self.slots if (slot.whom, slot.statut) == (whom, "Réservé")}
        must |= {(webinar.starts, f"Webinaire : {webinar.title}") for webinar in self.webinars_of(whom)}
        shown, standing = self.shown(whom), webinars | slots
        assert must <= {*shown}
        assert len({starts for starts, _ in shown}) == len(shown)
        titles = {title for _, title in standing}
        renamed = [event for event in shown if event not in standing]
        assert all(starts in {at for at, _ in standing} and title not in titles for starts, title in renamed)


class AnyAgenda(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.agenda = Agenda([Slot(9, CLAUDE, "Phare")], (webinar("Présentation", 2), webinar("Questions", 3)))
        self.agenda.registered = [(DANY, "Présentation")]
        self.agenda.send_all()

    @rule(hour=HOUR, whom=WHOM, projet=PROJECT)
    def book(self, hour, whom, projet):
        if all((slot.hour, slot.whom) != (hour, whom) for slot in self.agenda.slots):
            self.agenda.slots.append(Slot(hour, whom, projet))

    @rule(place=PLACE, state=STATE)
    def state(self, place, state):
        self.change(place, statut=state)

    @rule(place=PLACE, hour=HOUR)
    def move(self, place, hour):
        self.change(place, hour=hour)

    @rule(place=PLACE, projet=PROJECT)
    def rename(self, place, projet):
        self.change(place, projet=projet)

    @rule(place=PLACE, whom=WHOM)
    def give(self, place, whom):
        self.change(place, whom=whom)

    @rule(place=PLACE)
    def delete(self, place):
        del self.agenda.slots[place : place + 1]

    @rule()
    def exchange_slots(self):
        hours = [slot.hour for slot in self.agenda.slots]
        turned = [
            replace(slot, hour=hour) for slot, hour in zip(self.agenda.slots, [*hours[1:], *hours[:1]], strict=True)
        ]
        if len({(slot.hour, slot.whom) for slot in turned}) == len(turned):
            self.agenda.slots = turned

    def change(self, place, **fields):
        if place < len(self.agenda.slots):
            slots = [*self.agenda.slots]
            slots[place] = replace(slots[place], **fields)
            if len({(slot.hour, slot.whom) for slot in slots}) == len(slots):
                self.agenda.slots = slots

    @rule(numero=st.sampled_from(DOSSIERS), hour=st.none() | HOUR)
    def hear(self, numero, hour):
        self.agenda.heard.pop(numero, None)
        if hour is not None:
            self.agenda.heard[numero] = hour

    @rule(title=TITLE, day=DAY)
    def announce(self, title, day):
        self.plan([*((webinar.title, webinar.starts.day) for webinar in self.agenda.webinars), (title, day)])

    @rule(place=PLACE)
    def withdraw(self, place):
        self.agenda.webinars = tuple(webinar for at, webinar in enumerate(self.agenda.webinars) if at != place)

    @rule(place=PLACE, title=st.none() | TITLE, day=st.none() | DAY)
    def change_webinar(self, place, title, day):
        some = [(webinar.title, webinar.starts.day) for webinar in self.agenda.webinars]
        if place < len(some):
            some[place] = title or some[place][0], day or some[place][1]
            self.plan(some)

    @rule()
    def exchange_webinars(self):
        some = [(webinar.title, webinar.starts.day) for webinar in self.agenda.webinars]
        days = [day for _, day in some]
        self.plan([(title, day) for (title, _), day in zip(some, [*days[1:], *days[:1]], strict=True)])

    def plan(self, some):
        if len({day for _, day in some}) == len(some):
            self.agenda.webinars = tuple(webinar(title, day) for title, day in some)

    @rule(whom=WHOM, place=PLACE)
    def register(self, whom, place):
        labels = [*labels_of(self.agenda.webinars)]
        if place < len(labels):
            self.agenda.registered.append((whom, labels[place]))

    @rule(place=PLACE)
    def unregister(self, place):
        del self.agenda.registered[place : place + 1]

    @rule(place=PLACE)
    def send_one(self, place):
        if some := self.agenda.to_send():
            self.agenda.send(some[place % len(some)])

    @rule()
    def send_all(self):
        self.agenda.send_all()
        for whom in PEOPLE:
            self.agenda.check(whom)
        for numero in DOSSIERS:
            self.agenda.check_hearing(numero)

    def teardown(self):
        self.send_all()


@pytest.mark.slow
@pytest.mark.hypothesis
def test_a_calendar_shows_what_its_person_is_registered_for():
    run_state_machine_as_test(AnyAgenda, settings=settings(max_examples=examples(40), stateful_step_count=12))


def test_two_webinars_exchange_their_hours():
    agenda = Agenda(webinars=(webinar("Présentation", 2), webinar("Questions", 3)))
    agenda.registered = [(CLAUDE, "Présentation"), (DANY, "Présentation"), (DANY, "Questions")]
    agenda.send_all()
    uids = {whom: {*agenda.calendars[whom].appointments} for whom in PEOPLE}
    agenda.webinars = (webinar("Questions", 2), webinar("Présentation", 3))
    agenda.send_all()
    first, second = (webinar.starts for webinar in agenda.webinars)
    assert agenda.shown(CLAUDE) == [(second, "Webinaire : Présentation")]
    assert agenda.shown(DANY) == [(first, "Webinaire : Questions"), (second, "Webinaire : Présentation")]
    assert {whom: {*agenda.calendars[whom].appointments} for whom in PEOPLE} == uids
