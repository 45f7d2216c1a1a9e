"""Where the tabs of advice slots and of webinars stand in a new workbook."""

from datetime import date

import pytest

from tests.run.test_tab_order import created

pytestmark = pytest.mark.newest


def test_slots_show_after_the_tabs_of_the_call_and_who_registers_is_hidden():
    shown, hidden = created(date(2021, 2, 10))
    assert (shown[-1], "Inscriptions" in hidden) == ("Créneaux", True)
    assert "Créneaux" in created(date(2021, 12, 1))[0]
