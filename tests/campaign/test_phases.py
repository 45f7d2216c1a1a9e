"""The day from which each tab that waits for its phase is of use."""

from datetime import date, timedelta

import pytest

from eig_sheets.campaign.phases import has_phase, is_open
from tests.columns import EIG5, SCHEMA

pytestmark = pytest.mark.newest


def opens_on(tab, campaign, opens):
    """Whether a tab is of use from a day on, and not before."""
    days = (opens - timedelta(days=1), opens, opens + timedelta(days=400))
    return has_phase(tab, campaign) and [is_open(tab, campaign, day) for day in days] == [False, True, True]


def test_a_phase_opens_on_the_day_that_the_configuration_says():
    assert opens_on("cofinancement", EIG5, date(2021, 4, 7))  # the call closes


def test_a_tab_without_a_phase_is_always_of_use():
    others = [tab for tab in (*(tab.id for tab in SCHEMA.tabs), *SCHEMA.robot_tabs) if not has_phase(tab, EIG5)]
    assert {"candidatures", "jury", "evaluations", "classement"} <= {*others}
    assert all(is_open(tab, EIG5, date.min) for tab in others)


def test_a_call_without_cofinancing_has_no_tab_for_it():
    campaign = EIG5.model_copy(update={"cofinancing": EIG5.cofinancing.model_copy(update={"rule": "none"})})
    assert not is_open("cofinancement", campaign, date.max)
