"""What people do to the robot's tabs, found by the random people of these tests: one run puts all right."""

import pytest

from tests.effort import first
from tests.end_to_end.google import checks

DISTURBANCES = {
    "dates pasted over numbers": [{"tab": "Tableau de bord", "kind": "copy_paste", "range": "D6:F8", "to": "A4"}],
    "a column deleted that a robot's column shows": [
        {"tab": "Envois", "kind": "set", "cell": "F6", "value": "07/04/2021 23:59"},
        {"tab": "Envois", "kind": "delete_column", "at": 2},
    ],
    "a table made of it": [{"tab": "Tableau de bord", "kind": "convert_to_table"}],
    "a table made of a part of it": [{"tab": "Journal", "kind": "convert_to_table", "range": "B1:D2"}],
}


@pytest.mark.parametrize("case", first(3, DISTURBANCES))
def test_one_run_puts_all_right(desk, case):
    for edit in DISTURBANCES[case]:
        desk.edit(**edit)
    outcome = desk.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert [sheet.title for sheet in desk.book.sheets if sheet.tables] == []
    checks.is_right(desk)
