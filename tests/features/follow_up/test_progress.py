"""How far a milestone is: late from the day after its date, unless it is done or given up."""

from datetime import date, datetime

import pandas as pd
import pytest

from eig_sheets.features.follow_up.progress import MilestoneProgress, progress

pytestmark = pytest.mark.newest

DAY = datetime(2021, 12, 1)


@pytest.mark.parametrize(
    ("due", "statut", "today", "expected"),
    [
        (DAY, None, date(2021, 12, 1), MilestoneProgress.TO_COME),
        (DAY, None, date(2021, 12, 2), MilestoneProgress.LATE),
        (DAY, "Fait", date(2021, 12, 2), MilestoneProgress.DONE),
        (DAY, "Sans objet", date(2021, 12, 2), MilestoneProgress.POINTLESS),
        (DAY, "Reporté", date(2021, 12, 1), MilestoneProgress.POSTPONED),
        (DAY, "Reporté", date(2021, 12, 2), MilestoneProgress.LATE),
        (None, None, date(2021, 12, 2), MilestoneProgress.UNDATED),
        (None, "Reporté", date(2021, 12, 2), MilestoneProgress.POSTPONED),
        (None, "Fait", date(2021, 12, 2), MilestoneProgress.DONE),
    ],
)
def test_a_milestone_is_what_its_date_and_its_status_say(due, statut, today, expected):
    rows = pd.DataFrame({"echeance": pd.Series([due], dtype="datetime64[us]"), "statut": [statut]})
    assert progress(rows, today).tolist() == [expected]
