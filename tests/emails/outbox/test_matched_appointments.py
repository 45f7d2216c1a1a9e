"""Appointments that were sent, matched with those that are due: which continue, and which are called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from eig_sheets.emails.catalogue.appointments import Appointment, Details
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.catalogue.due import message_id, moment_name, short_name
from eig_sheets.emails.catalogue.entries import ANY, Catalogue, Email
from eig_sheets.emails.drafting.appointments import PlannedAppointment
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import Blocked, Event
from eig_sheets.emails.outbox.appointments import PastAppointment, identified, matched
from eig_sheets.emails.outbox.fingerprints import Fingerprint, booking
from eig_sheets.emails.outbox.records import LastDelivery
from eig_sheets.emails.outbox.versions import PreviousState

CLAUDE = "claude@exemple.invalid"
TEMPLATE, STARTS, TODAY = "confirmation_visite", datetime(2021, 3, 15, 9), date(2021, 2, 10)
VISIT = Appointment(family="visite", details=lambda *_: Details("Rendez-vous", 60, ""), several=True)
CATALOGUE = Catalogue({TEMPLATE: Email(id=TEMPLATE, about="visites", due=None, accepts=ANY, appointment=VISIT)})
SENT = Event("un@exemple.invalid", STARTS, STARTS + timedelta(hours=1), "Rendez-vous : Phare")
PAST = LastDelivery(
    message_id(TEMPLATE, CLAUDE, moment_name(STARTS)), TEMPLATE, None, DeliveryStatus.SENT, "", None,
    Fingerprint("", "", "", booking(SENT)),
)  # fmt: skip
LATER = STARTS + timedelta(hours=2)


def draft_of(event: Event) -> Draft:
    sending_id = message_id(TEMPLATE, CLAUDE, moment_name(event.starts))
    return Draft(sending_id, TEMPLATE, None, Blocked(()), CLAUDE, event, about=event)


@pytest.mark.parametrize(
    ("due", "planned", "today", "continued", "cancelled"),
    [
        ({}, STARTS, TODAY, True, False),
        ({"title": "Rendez-vous : Le Phare"}, STARTS, TODAY, True, False),  # a title that people corrected
        ({"starts": LATER}, LATER, TODAY, True, False),  # it moved
        ({"starts": LATER, "title": "Rendez-vous : Nef"}, LATER, TODAY, False, True),  # another one
        ({"starts": LATER, "title": "Rendez-vous : Nef"}, LATER, date(2021, 3, 16), False, False),  # it is over
        (None, STARTS, TODAY, False, False),  # it stands, though no e-mail is due about it
        (None, LATER, TODAY, False, True),
        (None, None, TODAY, False, False),  # nobody can tell when it is
        (None, LATER, date(2021, 3, 15), False, True),
        (None, LATER, date(2021, 3, 16), False, False),
    ],
)
def test_what_becomes_of_an_appointment_that_was_sent(due, planned, today, continued, cancelled):
    event = None if due is None else replace(SENT, uid="autre@exemple.invalid", **due)
    drafts = [draft_of(event)] if event else []
    plans = [PlannedAppointment(VISIT.family, short_name(CLAUDE), planned)]
    matches = matched(drafts, [PAST], plans, today, CATALOGUE)
    past = PastAppointment(PAST, booking(SENT), VISIT, (VISIT.family, short_name(CLAUDE)))
    assert [*matches.continued.values()] == [past] * continued
    assert matches.cancelled == (past,) * cancelled


@pytest.mark.parametrize("catalogue", [Catalogue({}, CATALOGUE.emails), Catalogue({})], ids=["off", "deleted"])
def test_what_a_feature_sent_that_is_off_or_no_more_there_is_left_alone(catalogue):
    """Nothing plans it any more: that calls nothing off."""
    uid = f"visite-{short_name(CLAUDE)}-{moment_name(STARTS)}@eig5.eig-sheets"
    sent = replace(PAST, fingerprint=Fingerprint("", "", "", booking(replace(SENT, uid=uid))))
    assert len(matched([], [sent], [], TODAY, CATALOGUE).cancelled) == 1
    matches = matched([], [sent], [], TODAY, catalogue)
    assert (matches.continued, matches.cancelled) == ({}, ())


def test_the_uid_of_what_was_called_off_is_not_given_again():
    """Some calendars ignore whatever comes under it."""
    called_off = booking(replace(SENT, sequence=1, cancelled=True))
    previous = PreviousState(rows={}, records={}, last_deliveries={}, booked={SENT.uid: called_off})
    [again] = identified([draft_of(SENT)], {}, previous, CATALOGUE)
    assert again.event.uid == "un-2@exemple.invalid"
