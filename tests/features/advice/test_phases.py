"""The day from which the tabs of advice slots and of webinars are of use."""

from datetime import date

import pytest

from eig_sheets.campaign.phases import is_open
from eig_sheets.features.advice.settings import SlotSettings
from tests.campaign.test_phases import opens_on
from tests.columns import EIG5

pytestmark = pytest.mark.newest


@pytest.mark.parametrize("tab", ["creneaux", "inscriptions"])
def test_advice_and_webinars_begin_with_the_call(tab):
    assert opens_on(tab, EIG5, date(2021, 2, 1))


def test_a_call_without_webinars_has_no_tab_for_who_registers():
    campaign = EIG5.model_copy(update={"slots": SlotSettings()})
    assert not is_open("inscriptions", campaign, date.max)
