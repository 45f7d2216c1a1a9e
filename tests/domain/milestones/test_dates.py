"""The days between which the date of a milestone can be believed."""

from datetime import date

from eig_sheets.domain.milestones.rules import Milestone
from tests.domain import builders as build
from tests.domain.test_date_bounds import bounds


def test_a_milestone_that_people_dated_is_never_beyond_reason():
    far = Milestone(id="bilan", label="Bilan", date=date(2025, 1, 1))
    assert bounds(build.EIG5, [far])["suivi"]["echeance"].latest == date(2025, 1, 1)
