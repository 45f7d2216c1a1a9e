"""What officers ask for of slots in `Demandes`: which days, which webinar; what is wrong is said in their words."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.advice.commands_requests import add_slots, take_bookings, take_registrations
from tests.features.advice.exports import LIVESTORM, line, written

pytestmark = [pytest.mark.in_memory, pytest.mark.slow]

FEBRUARY = datetime(2021, 2, 5)


@pytest.fixture
def session(demo) -> Session:
    return Session(str(demo.config), None, FEBRUARY, verbose=0, quiet=True)


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("demain", "« demain » n’est pas un jour. Détail : rien, ou le premier et le dernier jour"),
        ("08/02/2021", "Détail : rien, ou le premier et le dernier jour"),
        ("12/02/2021 08/02/2021", "Le premier jour est après le dernier."),
    ],
)
def test_days_that_cannot_be_are_refused(session, detail, said):
    with pytest.raises(Refusal) as refused:
        add_slots(session, detail)
    assert said in str(refused.value).replace("\u202f", " ")


def test_the_days_of_the_detail_are_those_that_get_slots(session):
    assert add_slots(session, "08/02/2021 au 12/02/2021").replace("\u202f", " ") == "9 créneaux libres ajoutés."
    assert add_slots(session, "2021-02-08 2021-02-12").replace("\u202f", " ") == "0 créneau libre ajouté."


def test_what_cannot_be_read_of_an_export_is_named_with_its_line(session, tmp_path):
    said = take_bookings(session, "", written(tmp_path, line(), line(start="bientôt"))).replace("\u202f", " ")
    assert "1 créneau réservé ajouté" in said
    assert "• « Start Date & Time » ne se lit pas (bientôt), ligne 3" in said


def test_a_webinar_has_to_be_named_where_there_are_several(session, tmp_path):
    export = written(tmp_path, ("Ada", "Byron", "ada@x.example", "Agence", "2021-02-20", "Oui"), headers=LIVESTORM)
    for detail in ("", "2021-03-09"):
        with pytest.raises(Refusal) as refused:
            take_registrations(session, detail, export)
        assert "« inscrits.csv : 2021-03-02 »" in str(refused.value).replace("\u202f", " ")
    assert "1 inscription ajoutée" in take_registrations(session, "2021-03-02", export)
