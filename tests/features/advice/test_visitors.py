"""Exports of bookings and of registrations: their columns, hours, answers; what cannot be read is told."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from eig_sheets.call.applications.importing.reading import Export, ExportError, ExportTable
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.visitors import attendees_in, bookings_in
from tests.columns import EIG5
from tests.features.advice.exports import CALENDLY, line

SETTINGS, PARIS = EIG5.section(SlotSettings).imports, ZoneInfo("Europe/Paris")


def export(*rows):
    return Export("export.csv", (ExportTable("export", rows),))


def bookings(*rows, settings=SETTINGS):
    return bookings_in(export(CALENDLY, *rows), settings, PARIS)


def test_a_booking_of_calendly():
    answers = {
        "Question 1": "Quelle est votre administration ?", "Response 1": " Agence\nfictive ",
        "Question 2": "Votre projet, en une phrase", "Response 2": "Phare",
    }  # fmt: skip
    [booking], unread = bookings(line(**answers))
    assert unread == []
    assert (booking.starts, booking.minutes) == (datetime(2021, 2, 5, 14, 20), 20)
    assert (booking.email, booking.name) == ("claude@exemple.invalid", "Claude Roux")
    assert (booking.administration, booking.project) == ("Agence fictive", "Phare")
    assert (booking.cancelled, booking.absent, booking.row) == (False, False, 2)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-02-05 12:05 am", datetime(2021, 2, 5, 0, 5)),
        ("2021-02-05 12:05 PM", datetime(2021, 2, 5, 12, 5)),
        ("2021-02-05 9:05 a.m.", datetime(2021, 2, 5, 9, 5)),
        ("2021-02-05 14:20", datetime(2021, 2, 5, 14, 20)),
        ("05/02/2021 14:20", datetime(2021, 2, 5, 14, 20)),
        ("vendredi 5 février 2021 à 14 h 20", datetime(2021, 2, 5, 14, 20)),
        ("2021-02-05T13:20:00Z", datetime(2021, 2, 5, 14, 20)),
        ("2021-07-05T13:20:00.000+01:00", datetime(2021, 7, 5, 14, 20)),
        (datetime(2021, 2, 5, 14, 20, 30), datetime(2021, 2, 5, 14, 20)),
        ("02/05/2021 02:20 pm", None),  # a month or a day: nobody knows
        ("2021-13-05 02:20 pm", None),
        ("bientôt", None),
        (None, None),
    ],
)
def test_an_hour_is_read_in_any_usual_form_and_never_guessed(written, read):
    taken, unread = bookings(line(start=written, end=None))
    assert [booking.starts for booking in taken] == ([read] if read else [])
    assert [(row.row, row.header) for row in unread] == ([] if read else [(2, "Start Date & Time")])


@pytest.mark.parametrize(("end", "minutes"), [("2021-02-05 03:00 pm", 40), (None, None), ("2021-02-05 01:00 pm", None)])
def test_a_length_is_that_of_the_export_or_nobody_s(end, minutes):
    [booking], _ = bookings(line(end=end))
    assert booking.minutes == minutes


def test_what_is_called_off_or_missed_is_known():
    rows = (
        line(Canceled="TRUE"),
        line(**{"Marked as No-Show": "Yes"}),
        line(Canceled=True),
        line(Canceled="peut-être"),
    )
    taken, _ = bookings(*rows)
    assert [(booking.cancelled, booking.absent) for booking in taken] == [
        (True, False),
        (False, True),
        (True, False),
        (False, False),
    ]


def test_a_line_without_a_good_address_is_told_and_the_others_taken():
    taken, unread = bookings(line(**{"Invitee Email": "claude"}), (None,) * 4, line())
    assert [booking.row for booking in taken] == [4]
    assert [(row.row, row.header, row.value) for row in unread] == [(2, "Invitee Email", "claude")]


def test_only_the_kinds_that_the_configuration_takes():
    only = SETTINGS.model_copy(update={"event_types": ("parlons ENSEMBLE",)})
    taken, unread = bookings(line(), line(**{"Event Type Name": "Entretien"}), settings=only)
    assert ([booking.row for booking in taken], unread) == ([2], [])


def test_an_export_without_its_columns_is_refused_with_the_key_to_fill():
    with pytest.raises(ExportError, match=r"slots\.import\.bookings\.debut"):
        bookings_in(export(("Nom", "Email"), ("a", "b@c.example")), SETTINGS, PARIS)
    with pytest.raises(ExportError, match=r"slots\.import\.bookings\.email"):
        bookings_in(export(("Start Date & Time",), ("2021-02-05 14:20",)), SETTINGS, PARIS)
    with pytest.raises(ExportError, match=r"slots\.import\.registrations\.email"):
        attendees_in(export(CALENDLY, line()), SETTINGS, PARIS)


@pytest.mark.parametrize(
    "headers",
    [
        ("Prénom", "Nom", "Email", "Company", "Date d'inscription", "A participé"),
        ("First Name", "Last Name", "Email", "Company", "Registration date", "Attended"),
    ],
)
def test_a_registration_of_livestorm_in_french_or_in_english(headers):
    rows = (
        ("Alix", "Moreau", "Alix@exemple.invalid", "Agence fictive", "2021-02-03T10:00:00Z", "Oui"),
        ("Noa", "Simon", "noa@exemple.invalid", None, None, None),
        ("Lou", None, "lou@exemple.invalid", None, None, "No"),
    )  # fmt: skip
    attendees, unread = attendees_in(export(headers, *rows), SETTINGS, PARIS)
    assert unread == []
    assert [
        (attendee.name, attendee.email, attendee.administration, attendee.registered, attendee.present)
        for attendee in attendees
    ] == [
        ("Alix Moreau", "alix@exemple.invalid", "Agence fictive", datetime(2021, 2, 3, 11), True),
        ("Noa Simon", "noa@exemple.invalid", None, None, None),
        ("Lou", "lou@exemple.invalid", None, None, False),
    ]
