"""The days between which the date of a milestone can be believed."""

from datetime import date

from eig_sheets.features.follow_up.settings import FollowUpRules, Milestone
from eig_sheets.features.follow_up.tabs import TABS
from tests.workbook.snapshots import EIG5


def bounds(campaign):
    [tab, _] = TABS
    return tab.bounds(campaign)


def test_it_is_from_the_opening_to_long_after_the_end():
    assert bounds(EIG5) == dict.fromkeys(("echeance", "fait_le"), (date(2021, 2, 1), date(2023, 5, 10)))


def test_a_milestone_that_people_dated_is_never_beyond_reason():
    far = FollowUpRules(milestones=(Milestone(id="bilan", label="Bilan", date=date(2025, 1, 1)),))
    assert bounds(EIG5.model_copy(update={"follow_up": far}))["echeance"].latest == date(2025, 1, 1)


def test_a_call_that_says_nothing_of_its_months_bounds_nothing():
    emails = EIG5.emails.model_copy(update={"experimentation": None})
    cofinancing = EIG5.cofinancing.model_copy(update={"paid_from": None})
    assert bounds(EIG5.model_copy(update={"emails": emails, "cofinancing": cofinancing})) == {}
