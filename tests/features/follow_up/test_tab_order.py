"""Where the tab of milestones stands in a new workbook, once it is of use."""

from datetime import date

import pytest

from tests.run.test_tab_order import created

pytestmark = pytest.mark.newest


def test_milestones_show_once_projects_are_followed():
    assert "Suivi" in created(date(2021, 12, 1))[0]


@pytest.mark.parametrize("day", [date(2021, 2, 10), date(2021, 4, 30), date(2021, 5, 6)])
def test_before_its_phase_it_is_not_made(day):
    assert "Suivi" not in created(day)[0]
