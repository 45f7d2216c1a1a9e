"""The tabs of requests and of their answers in a new workbook."""

from datetime import date

import pytest

from eig_sheets.campaign.tabs import schema_of
from tests.run.test_tab_order import created
from tests.workbook.snapshots import EIG5

pytestmark = pytest.mark.newest


def test_requests_show_and_answers_are_hidden():
    shown, hidden = created(date(2021, 12, 1))
    assert "Demandes" in shown
    assert "Réponses" in hidden


def test_a_campaign_without_requests_has_no_tab_of_answers():
    for tabs, there in (((), False), (("demandes",), True)):
        workbook = EIG5.workbook.model_copy(update={"people_tabs": tabs})
        assert ("reponses" in schema_of(EIG5.model_copy(update={"workbook": workbook})).robot_tabs) == there
