"""Conditions: when each e-mail to who asks for advice or comes to a webinar is due, as in `call_conditions`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pandas as pd

from eig_sheets.emails.catalogue.due import Due, Situation, message_id, moment_name, moment_named, one_each
from eig_sheets.features.advice.prospects import SUBMISSIONS
from eig_sheets.features.advice.rules import (
    BOOKED,
    HELD,
    REQUESTED,
    came_to_a_slot,
    came_to_a_webinar,
    registered,
    without_dossier,
)
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import REGISTRATIONS, SLOTS

CONFIRMATION, INVITATION, REGISTRATION = "confirmation_creneau", "invitation_webinaire", "confirmation_inscription"
"""The ids of the e-mails that announce an appointment: a reminder follows one of them."""
AFTER_A_SLOT, AFTER_A_WEBINAR = "relance_depot", "relance_depot_webinaire"


def settings_of(now: Situation) -> SlotSettings:
    """`[slots]`."""
    return now.settings.section(SlotSettings)


# ---- Slots


def requested_slot(template: str, now: Situation) -> Iterator[Due]:
    """Each person who asked for a slot, once."""
    slots = now.tables.of(SLOTS)
    if slots is None:
        return
    asked = slots[slots["statut"].isin([REQUESTED])]
    # Without an address, the message is told all the same, so that a person fills it in.
    whose = asked[["email", "reserve_par", "projet", "administration"]].bfill(axis=1)["email"].fillna("?")
    yield from one_each(template, asked.assign(email=whose).drop_duplicates("email"), "email")


def booked_slot(template: str, now: Situation) -> Iterator[Due]:
    """The person of each booked slot that is still to come."""
    slots = now.tables.of(SLOTS)
    if slots is None:
        return
    booked = slots[slots["statut"].isin([BOOKED]) & (slots["debut"] >= pd.Timestamp(now.today))]
    # A slot without an address is told, so that a person fills it: until then, something else names it.
    whose = booked[["email", "reserve_par", "projet", "administration"]].bfill(axis=1)["email"].fillna("?")
    for moment, row, whom in sorted(zip(booked["debut"], booked["row"].astype(int), whose, strict=True)):
        number = moment_name(moment)
        yield Due(message_id(template, whom, number), template, None, whom, number, row)


def slot_reminder(template: str, now: Situation) -> Iterator[Due]:
    """The person of each booked slot that is near, once it was confirmed to them."""
    for due in booked_slot(CONFIRMATION, now):
        whom = str(due.person)
        if _is_near(moment_named(due.round), now) and _was_told(whom, due.round, now, by=CONFIRMATION):
            yield due._replace(id=message_id(template, whom, due.round), template=template)


# ---- Webinars


def webinar_invitation(template: str, now: Situation) -> Iterator[Due]:
    """Each person who booked a slot, once for each webinar, from the configured day until the webinar's.

    Another message tells those who registered.
    """
    slots = now.tables.of(SLOTS)
    if slots is None:
        return
    known = slots[slots["email"].notna() & slots["statut"].isin([BOOKED, HELD])]
    people = known.sort_values("row").drop_duplicates("email")
    attendees = registered(now.tables.of(REGISTRATIONS), settings_of(now))
    for webinar in settings_of(now).webinars:
        if now.reached(webinar.invited) and now.still_open(webinar.starts):
            number = moment_name(webinar.starts)
            there = attendees[number]["email"] if number in attendees else ()
            yield from one_each(template, people[~people["email"].isin(there)], "email", number)


def registration(template: str, now: Situation) -> Iterator[Due]:
    """Each person who registered to a webinar, until its day."""
    yield from _each_registered(template, now, now.still_open)


def webinar_reminder(template: str, now: Situation) -> Iterator[Due]:
    """Each person who registered to a webinar that is near, once they were told that they are."""
    for due in _each_registered(template, now, lambda starts: _is_near(starts, now)):
        if _was_told(str(due.person), due.round, now, by=REGISTRATION, or_by=INVITATION):
            yield due


def recording(template: str, now: Situation) -> Iterator[Due]:
    """Each person who registered to a webinar that was recorded, from its day until the closing."""
    recorded = {webinar.starts for webinar in settings_of(now).webinars if webinar.recording}
    if _is_open(now):
        yield from _each_registered(template, now, lambda starts: starts in recorded and now.reached(starts.date()))


def _each_registered(template: str, now: Situation, concerned: Callable[[datetime], bool]) -> Iterator[Due]:
    people = registered(now.tables.of(REGISTRATIONS), settings_of(now))
    for webinar in settings_of(now).webinars:
        number = moment_name(webinar.starts)
        if number in people and concerned(webinar.starts):
            yield from one_each(template, people[number], "email", number)


# ---- Whoever came and has no dossier


def reminder_after_a_slot(template: str, now: Situation) -> Iterator[Due]:
    """Each person who came to a slot and has no dossier, at each reminder before the closing."""
    yield from _reminders(template, AFTER_A_WEBINAR, came_to_a_slot(now.tables.of(SLOTS)), now)


def reminder_after_a_webinar(template: str, now: Situation) -> Iterator[Due]:
    """Each person who came to a webinar, but to no slot, and has no dossier, at each reminder before the closing."""
    people, advised = came_to_a_webinar(now.tables.of(REGISTRATIONS)), came_to_a_slot(now.tables.of(SLOTS))
    if people is not None and advised is not None:
        people = people[~people["email"].isin(advised["email"])]
    yield from _reminders(template, AFTER_A_SLOT, people, now)


def _reminders(template: str, other: str, people: pd.DataFrame | None, now: Situation) -> Iterator[Due]:
    """The last reminder that is reached; nobody gets the same one under both names."""
    submissions = now.tables.fact(SUBMISSIONS)
    if people is None or submissions is None or not _is_open(now):
        return
    reached = [
        days for days in settings_of(now).submission_reminders if now.reached(submissions.closes - timedelta(days))
    ]
    if reached:
        number = f"j{min(reached)}"
        known = without_dossier(people, submissions)
        told = known["email"].map(lambda email: message_id(other, email, number) in now.received).astype(bool)
        yield from one_each(template, known[~told], "email", number)


# ---- Days


def _is_near(starts: datetime, now: Situation) -> bool:
    """Whether an appointment is so near that it is recalled, and its day not past."""
    return now.still_open(starts) and now.reached(starts.date() - timedelta(settings_of(now).reminder_days))


def _is_open(now: Situation) -> bool:
    """Whether the last day of the call is not past."""
    submissions = now.tables.fact(SUBMISSIONS)
    return submissions is not None and now.still_open(submissions.closes)


def _was_told(person: str, number: str, now: Situation, *, by: str, or_by: str | None = None) -> bool:
    """Whether the e-mail that announces an appointment was received; switched off, something else announces it."""
    announcers = [announcer for announcer in (by, or_by) if announcer is not None]
    return by in now.rules.disabled or any(
        message_id(announcer, person, number) in now.received for announcer in announcers
    )
