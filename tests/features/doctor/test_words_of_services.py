"""The clock beside the last save of a file, and what is said of services."""

from datetime import datetime, timedelta

import pytest

from eig_sheets.features.doctor.surroundings import of_demarche, of_saved
from eig_sheets.spreadsheet.model.diagnosis import FindingStatus

pytestmark = pytest.mark.newest

NOW = datetime(2021, 4, 30, 12, 0)


@pytest.mark.parametrize(
    ("ahead", "status"),
    [
        (-86_400, FindingStatus.OK),
        (119, FindingStatus.OK),
        (121, FindingStatus.ATTENTION),
        (86_400, FindingStatus.ATTENTION),
    ],
)
def test_a_file_of_tomorrow_shows_a_clock_that_is_late(ahead, status):
    found = of_saved(NOW + timedelta(seconds=ahead), NOW)
    assert (found.check, found.status, bool(found.remedy)) == ("Horloge", status, status is not FindingStatus.OK)


def test_who_acts_is_said_when_it_was_checked():
    assert "instructeur" in of_demarche(12, with_instructeur=True).message
    assert "instructeur" not in of_demarche(12, with_instructeur=False).message
