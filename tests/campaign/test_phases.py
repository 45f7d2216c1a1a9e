"""The day from which each tab that waits for its phase is of use."""

from datetime import date, timedelta

import pytest

from eig_sheets.campaign.phases import has_phase, is_open
from eig_sheets.domain.rules import EmailRules
from tests.columns import EIG5, SCHEMA

pytestmark = pytest.mark.newest

DAY = timedelta(days=1)
NO_DATES = EIG5.model_copy(update={"emails": EmailRules()})
NO_JURY = NO_DATES.model_copy(update={"scoring": EIG5.scoring.model_copy(update={"closes": None})})
WITHOUT_MONTHS = EIG5.model_copy(update={"emails": EIG5.emails.model_copy(update={"contract_months": ()})})


@pytest.mark.parametrize(
    ("tab", "campaign", "opens"),
    [
        ("creneaux", EIG5, date(2021, 2, 1)),  # the call
        ("inscriptions", EIG5, date(2021, 2, 1)),
        ("cofinancement", EIG5, date(2021, 4, 7)),  # the call closes
        ("suivi", EIG5, date(2021, 7, 1)),  # the first month of contracts
        ("suivi", WITHOUT_MONTHS, date(2021, 9, 13)),  # the experimentation
        ("suivi", NO_DATES, date(2021, 5, 5)),  # the jury closes
        ("suivi", NO_JURY, date(2021, 4, 7)),  # the call closes
        ("livrables", EIG5, date(2022, 5, 12)),  # two months before the end of the experimentation
    ],
)
def test_a_phase_opens_on_the_day_that_the_configuration_says(tab, campaign, opens):
    assert has_phase(tab)
    assert [is_open(tab, campaign, opens + shift) for shift in (-DAY, 0 * DAY, 400 * DAY)] == [False, True, True]


def test_a_tab_without_a_phase_is_always_of_use():
    others = [*(tab.id for tab in SCHEMA.tabs), *SCHEMA.robot_tabs]
    assert all(is_open(tab, EIG5, date.min) for tab in others if not has_phase(tab))
    phased = {"creneaux", "inscriptions", "cofinancement", "suivi", "livrables"}
    assert {tab for tab in others if has_phase(tab)} == phased


def test_without_an_experimentation_nothing_is_collected_at_its_end():
    assert not is_open("livrables", NO_DATES, date.max)


def test_a_call_without_webinars_has_no_tab_for_who_registers():
    campaign = EIG5.model_copy(update={"emails": EIG5.emails.model_copy(update={"webinars": ()})})
    assert not is_open("inscriptions", campaign, date.max)


def test_a_call_without_cofinancing_has_no_tab_for_it():
    campaign = EIG5.model_copy(update={"cofinancing": EIG5.cofinancing.model_copy(update={"rule": "none"})})
    assert not is_open("cofinancement", campaign, date.max)
