"""The day from which the tabs of milestones and of deliverables are of use."""

from datetime import date

import pytest

from eig_sheets.campaign.phases import is_open
from eig_sheets.domain.rules import EmailRules
from tests.campaign.test_phases import opens_on
from tests.columns import EIG5

pytestmark = pytest.mark.newest

NO_DATES = EIG5.model_copy(update={"emails": EmailRules()})
NO_JURY = NO_DATES.model_copy(update={"scoring": EIG5.scoring.model_copy(update={"closes": None})})
WITHOUT_MONTHS = EIG5.model_copy(update={"emails": EIG5.emails.model_copy(update={"contract_months": ()})})


@pytest.mark.parametrize(
    ("tab", "campaign", "opens"),
    [
        ("suivi", EIG5, date(2021, 7, 1)),  # the first month of contracts
        ("suivi", WITHOUT_MONTHS, date(2021, 9, 13)),  # the experimentation
        ("suivi", NO_DATES, date(2021, 5, 5)),  # the jury closes
        ("suivi", NO_JURY, date(2021, 4, 7)),  # the call closes
        ("livrables", EIG5, date(2022, 5, 12)),  # two months before the end of the experimentation
    ],
)
def test_follow_up_begins_on_the_day_that_the_configuration_says(tab, campaign, opens):
    assert opens_on(tab, campaign, opens)


def test_without_an_experimentation_nothing_is_collected_at_its_end():
    assert not is_open("livrables", NO_DATES, date.max)
