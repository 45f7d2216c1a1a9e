"""Which night a moment is of, and what the operator reads."""

from datetime import date, datetime

import pytest

from eig_sheets.run.alerts import SetUpCheck, failure_notice, is_told, night_of, recovery_notice
from eig_sheets.text.french import typographic

pytestmark = pytest.mark.newest

FIRST, SECOND = date(2021, 4, 28), date(2021, 4, 29)
CHECK = SetUpCheck(command="verifier", mail="verifier --mail", accounts="verifier --access")
RUNS = (datetime(2021, 4, 29, 3), datetime(2021, 4, 30, 3))


@pytest.mark.parametrize(
    ("moment", "evening"),
    [
        (datetime(2021, 4, 29, 5, 30), FIRST), (datetime(2021, 4, 28, 23, 0), FIRST),
        (datetime(2021, 4, 29, 11, 59), FIRST), (datetime(2021, 4, 29, 12, 0), SECOND),
    ],
)  # fmt: skip
def test_a_night_goes_from_noon_to_noon(moment, evening):
    assert night_of(moment) == evening


def test_two_nights_are_told_one_is_not():
    assert [is_told(nights) for nights in ((), RUNS[:1], RUNS)] == [False, False, True]


def test_the_message_says_since_when_why_and_what_to_do():
    notice = failure_notice("EIG5", "serveur-1", RUNS, "l’accès au classeur", CHECK)
    assert notice.subject == "EIG5\u202f: la synchronisation échoue"
    for words in ("deux nuits", "mercredi 28 avril 2021", "serveur-1", "l’accès au classeur", "verifier"):
        assert words in notice.body
    assert typographic(notice.body) == notice.body
    assert "arrêtée" not in failure_notice("EIG5", "serveur-1", RUNS, "", CHECK).body


def test_a_program_that_checks_no_set_up_says_to_read_the_log():
    body = failure_notice("EIG5", "serveur-1", RUNS, "", None).body
    assert "Pour savoir que faire, lisez la fin du journal de la nuit (docs/nightly.fr.md)." in body


def test_the_message_of_the_end_asks_for_nothing():
    assert "rétablie" in recovery_notice("EIG5", "serveur-1").subject
    assert "rien à faire" in recovery_notice("EIG5", "serveur-1").body
