"""What people do to the robot's tabs, found by the random people of these tests: one run puts all right."""

import pytest

from tests.columns import column_of
from tests.effort import first
from tests.end_to_end.google import checks

DISTURBANCES = {
    "dates pasted over numbers": [{"tab": "Accueil", "kind": "copy_paste", "range": "D6:F8", "to": "A4"}],
    "a column deleted that a robot's column shows": [
        {"tab": "Envois", "kind": "set", "cell": "F6", "value": "07/04/2021 23:59"},
        {"tab": "Envois", "kind": "delete_column", "at": 2},
    ],
    "merged cells that hide results": [{"tab": "Classement", "kind": "merge", "range": "A2:B4"}],
    "a table made of it": [{"tab": "Accueil", "kind": "convert_to_table"}],
    "a table made of a part of it": [{"tab": "Journal", "kind": "convert_to_table", "range": "B1:D2"}],
}


@pytest.mark.parametrize("case", first(1, DISTURBANCES))
def test_one_run_puts_all_right(desk, case):
    for edit in DISTURBANCES[case]:
        desk.edit(**edit)
    outcome = desk.sync()
    assert outcome.code == 0, outcome
    checks.nothing_lost(desk)
    assert [sheet.title for sheet in desk.book.sheets if sheet.tables or sheet.merges] == []
    checks.is_right(desk)


@pytest.mark.slow
def test_an_outbox_without_the_column_of_numbers(finished, tmp_path):
    """Nothing tells then that a row is another dossier's: its e-mail is not said to be."""
    desk = finished.copy(tmp_path, finished.filled)
    desk.edit("delete_column", tab="E-mails à envoyer", at=column_of("emails", "numero") + 1)
    assert desk.sync().code == 0
    assert {row["État"] for row in desk.rows("Envois")} == {"À valider"}
    checks.is_right(desk)
