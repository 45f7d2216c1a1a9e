"""Whatever officers do in any order, with nights and sends in between, each calendar ends with what stands."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from eig_sheets.emails.catalogue.deliveries import Stage
from eig_sheets.features.advice.rules import labels_of
from tests.effort import examples
from tests.emails.outbox.calendars import Seen, hearing, plain
from tests.features.advice.calendars import CLAUDE, DANY, MARCH, AdviceTeam, slot, webinar

PEOPLE = (CLAUDE, DANY, "claude.roux@exemple.invalid")
APPLICANTS = ("camille@exemple.invalid", "sacha@exemple.invalid", "lou@exemple.invalid")
HOURS, PLACES = st.sampled_from([9, 10, 11, 15]), st.integers(0, 5)
PROJECTS, TITLES = st.sampled_from(["Phare", "Nef", None]), st.sampled_from(["Présentation", "Questions"])
DAYS = st.sampled_from([2, 4, 9, 11])
AUDITIONS = st.sampled_from([None, datetime(2021, 5, 4, 9, 30), datetime(2021, 5, 4, 14), datetime(2021, 5, 5, 9)])


@cache
def invited() -> AdviceTeam:
    """A team whose invitations have left."""
    team = AdviceTeam([slot(9), slot(15)], [hearing()], (), (webinar("Présentation", 2), webinar("Questions", 9)))
    assert team.send_all()
    return team


class AnyOrder(RuleBasedStateMachine):
    """What stands is worked out here from the rows, not by the program."""

    @initialize()
    def open(self) -> None:
        self.team = deepcopy(invited())

    @rule(hour=HOURS, whom=st.sampled_from(PEOPLE), projet=PROJECTS, place=PLACES)
    def book(self, hour, whom, projet, place):
        if len(self.team.slots) < 4:
            self.team.slots.insert(place, slot(hour, whom, projet))

    @rule(place=PLACES, state=st.sampled_from(["Libre", "Annulé", "Réservé", "Tenu"]))
    def state(self, place, state):
        self.change(place, statut=state)

    @rule(place=PLACES)
    def delete(self, place):
        if self.team.slots:
            del self.team.slots[place % len(self.team.slots)]

    @rule(place=PLACES, hour=HOURS)
    def move(self, place, hour):
        self.change(place, debut=MARCH + timedelta(hours=hour))

    @rule(place=PLACES, other=PLACES)
    def exchange(self, place, other):
        if len(self.team.slots) > 1:
            first, two = (self.team.slots[each % len(self.team.slots)] for each in (place, other))
            first["debut"], two["debut"] = two["debut"], first["debut"]

    @rule(place=PLACES, whom=st.sampled_from(PEOPLE))
    def give(self, place, whom):
        self.change(place, email=whom)

    @rule(place=PLACES, projet=PROJECTS)
    def rename(self, place, projet):
        self.change(place, projet=projet)

    @rule(place=PLACES, what=st.sampled_from([{"debut": "lundi ?"}, {"debut": None}, {"email": None}, {"email": "?"}]))
    def spoil(self, place, what):
        self.change(place, **what)

    @rule(audition=AUDITIONS)
    def hear(self, audition):
        self.team.dossiers[0]["audition"] = audition

    @rule(decision=st.sampled_from([None, "Désisté"]))
    def decide(self, decision):
        self.team.dossiers[0]["decision"] = decision

    @rule(questions=st.sampled_from([None, "Qui s’en sert ?"]))
    def ask(self, questions):
        self.team.dossiers[0]["questions"] = questions

    @rule(title=TITLES, day=DAYS, place=PLACES)
    def add_webinar(self, title, day, place):
        if len(self.team.webinars) < 3 and all(webinar.starts.day != day for webinar in self.team.webinars):
            some = [*self.team.webinars]
            some.insert(place, webinar(title, day))
            self.team.webinars = tuple(some)

    @rule(place=PLACES)
    def remove_webinar(self, place):
        some = [*self.team.webinars]
        if some:
            del some[place % len(some)]
            self.team.webinars = tuple(some)

    @rule(place=PLACES, title=st.none() | TITLES, day=st.none() | DAYS)
    def change_webinar(self, place, title, day):
        some = [*self.team.webinars]
        if some and all(webinar.starts.day != day for webinar in some):
            changed = some.pop(place % len(some))
            some.append(webinar(title or changed.title, day or changed.starts.day))
            self.team.webinars = tuple(some)

    @rule()
    def exchange_webinars(self):
        some = self.team.webinars
        days = [webinar.starts.day for webinar in some]
        turned = zip(some, [*days[1:], *days[:1]], strict=True)
        self.team.webinars = tuple(webinar(one.title, day) for one, day in turned)

    @rule(whom=st.sampled_from(PEOPLE), place=PLACES)
    def register(self, whom, place):
        if labels := [*labels_of(self.team.webinars)]:
            self.team.registrations.append({"webinaire": labels[place % len(labels)], "email": whom})

    @rule(place=PLACES)
    def unregister(self, place):
        del self.team.registrations[place : place + 1]

    @rule(lost=st.booleans())
    def night(self, lost):
        self.team.lose_state() if lost else self.team.night()

    @rule(place=PLACES, stage=st.sampled_from([Stage.SENT, Stage.SENT, Stage.DRAFTED, Stage.INTENDED, Stage.DEFERRED]))
    def send(self, place, stage):
        if some := self.team.ready():
            self.deliver(some[place % len(some)], stage)

    @rule()
    def send_all(self):
        for email in self.team.ready():
            self.deliver(email, Stage.SENT)

    def deliver(self, one, stage):
        event = one.email.event
        if event.cancelled:
            seen = event.starts, plain(event.title)
            for address in (*one.email.to, *one.email.cc):
                assert not {seen} & {stood for each in address.split(" ; ") for stood in self.standing(each)}
        self.team.send(one, stage, arrives=stage is not Stage.DEFERRED)

    def change(self, place, **fields):
        if self.team.slots:
            self.team.slots[place % len(self.team.slots)].update(fields)

    def standing(self, address: str) -> list[Seen]:
        """The appointments of a person that stand, and the webinars of everybody."""
        team = self.team
        slots = [
            (slot["debut"], f"Rendez-vous : {slot['projet'] or team.rules.campaign.name}")
            for slot in team.slots
            if slot["email"] == address and slot["statut"] in ("Réservé", "Tenu")
        ]
        [dossier] = team.dossiers
        if address in APPLICANTS and dossier["decision"] is None and dossier["audition"]:
            slots.append((dossier["audition"], f"Audition du projet « {dossier['projet']} »"))
        return slots + [(webinar.starts, f"Webinaire : {webinar.title}") for webinar in team.webinars]

    def teardown(self):
        if not hasattr(self, "team"):
            return
        team = self.team
        for booked in team.slots:
            booked["debut"] = booked["debut"] if isinstance(booked["debut"], datetime) else MARCH + timedelta(hours=17)
            booked["email"] = booked["email"] if "@" in (booked["email"] or "") else DANY
        team.dossiers[0]["questions"] = "Qui s’en sert ?"
        while some := team.ready():
            for email in some:
                self.deliver(email, Stage.SENT)
        for address in (*PEOPLE, *APPLICANTS):
            self.check(address)

    def check(self, address: str) -> None:
        """A calendar holds each appointment that stands once, and nothing else; a webinar, once one was invited."""
        standing, shown = self.standing(address), self.team.calendar(address)
        hours = {starts for starts, _ in standing}
        invited = any(slot["email"] == address and slot["statut"] in ("Réservé", "Tenu") for slot in self.team.slots)
        booked = {slot["debut"] for slot in self.team.slots if slot["email"] == address and slot["statut"] == "Réservé"}
        auditions = {starts for starts, title in standing if title.startswith("Audition")}
        labels = labels_of(self.team.webinars)
        named = {
            registration["webinaire"] for registration in self.team.registrations if registration["email"] == address
        }
        webinars = {webinar.starts for label, webinar in labels.items() if invited or label in named}
        due, seen = booked | auditions | webinars, [starts for starts, _ in shown]
        assert due <= {*seen} <= hours
        assert len(seen) == len({*seen})
        assert {event for event in shown if event[0] in due} <= {*standing}
        titles = {title for _, title in standing}
        assert all(title not in titles for starts, title in {*shown} - {*standing})  # renamed, and due no more


@pytest.mark.slow
@pytest.mark.hypothesis
def test_each_calendar_ends_with_what_stands():
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=examples(4), stateful_step_count=10))
