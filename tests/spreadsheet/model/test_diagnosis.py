"""What a finding says: the remedy of an error, and how far this machine's clock is from a server's."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.diagnosis import FindingStatus, clock, of_exception
from eig_sheets.text.french import typographic

NOW = datetime(2021, 4, 30, 12, 0, 0, 700_000, tzinfo=UTC)


def header(seconds):
    """The Date of a server whose clock is so many seconds ahead of ours; HTTP cuts it to the second."""
    return format_datetime((NOW + timedelta(seconds=seconds)).replace(microsecond=0), usegmt=True)


@pytest.mark.parametrize(
    ("seconds", "status", "said"),
    [
        (0, FindingStatus.OK, "à l’heure"), (119, FindingStatus.OK, "à l’heure"), (-119, FindingStatus.OK, "à l’heure"),
        (130, FindingStatus.ATTENTION, "retarde de 2 minutes"), (-150, FindingStatus.ATTENTION, "avance de 2 minutes"),
        (299, FindingStatus.ATTENTION, "retarde de 4 minutes"), (330, FindingStatus.ERROR, "retarde de 5 minutes"),
        (-86_400, FindingStatus.ERROR, "avance de 23 heures"),
        (90 * 86_400, FindingStatus.ERROR, "retarde de 89 jours"),
    ],
)  # fmt: skip
def test_the_clock_is_held_against_the_date_of_an_answer(seconds, status, said):
    finding = clock(header(seconds), NOW, NOW)
    assert finding is not None
    assert finding.status is status
    assert said in finding.message.replace("\u202f", " ")
    assert ("horloge" in finding.remedy) == (status is not FindingStatus.OK)


def test_the_time_that_the_call_took_is_no_gap():
    assert clock(header(200), NOW, NOW + timedelta(seconds=200)).status is FindingStatus.OK
    assert clock(header(0), NOW, NOW + timedelta(seconds=400)).status is FindingStatus.OK


@pytest.mark.parametrize("text", ["", "hier", "Wed, 99 Abc 2021 07:28:00 GMT"])
def test_an_answer_without_a_date_tells_nothing(text):
    assert clock(text, NOW, NOW) is None


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("Le fichier a.b est vide. Restaurez-le. Puis…", "Le fichier a.b est vide.", "Restaurez-le. Puis…"),
        ("Ce compte est fermé : rouvrez-le.", "Ce compte est fermé.", "Rouvrez-le."),
        ("La clé est lisible : tapez « x ». Voir docs/a.md.", "La clé est lisible.", "Tapez « x ». Voir docs/a.md."),
        ("Rien n’est lu : ouvrez-le. Puis relancez.", "Rien n’est lu : ouvrez-le.", "Puis relancez."),
        ("a.example.org:25 est occupé", "a.example.org:25 est occupé", "Faites ce que dit ce message"),
    ],
)
def test_what_an_error_says_to_do_is_apart_from_what_is_wrong(text, message, remedy):
    finding = of_exception("Clé", WorkbookError(typographic(text)))
    assert (finding.check, finding.status, finding.message.replace("\u202f", " ")) == (
        "Clé",
        FindingStatus.ERROR,
        message,
    )
    assert finding.remedy.replace("\u202f", " ").startswith(remedy)
