"""Bookings of an export beside the slots that `Créneaux` has."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.features.advice.plan_slots import plan_bookings
from eig_sheets.features.advice.visitors import Booking
from eig_sheets.storage.last_run import LastRun
from tests.workbook.snapshots import DOSSIERS, JURORS, book, reading, tab

STARTS, EMAIL = datetime(2021, 2, 5, 14, 20), "claude@exemple.invalid"
BOOKING = Booking(2, STARTS, 20, EMAIL, "Claude Roux", None, None, cancelled=False, absent=False)


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (("Annulé", "Réservé"), []),
        (("Réservé", "Annulé"), []),
        (("Annulé",), ["réservé dans l’export, « Annulé » ici"]),
    ],
)
def test_of_two_rows_of_one_booking_the_one_that_stands_counts(states, told):
    rows = [{"debut": STARTS, "email": EMAIL, "statut": state} for state in states]
    read = reading(book(DOSSIERS, JURORS, [], tab("creneaux", rows)))
    found = plan_bookings(read, [BOOKING], LastRun(), STARTS, "export.csv")
    assert [one.what for one in found.told] == told
    assert (found.known, found.added.plan.operations) == (1, ())
