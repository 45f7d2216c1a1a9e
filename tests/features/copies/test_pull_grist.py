"""`pull` from a real Grist document."""

from __future__ import annotations

import openpyxl

from tests.end_to_end.grist.conftest import finished_team as finished_team  # noqa: PLC0414 (a fixture)
from tests.end_to_end.grist.support import Team


def test_a_copy_has_the_texts_of_links_without_addresses(finished_team: Team, tmp_path):
    copy = tmp_path / "copie.xlsx"
    assert finished_team.run("pull", "--to", copy).code == 0
    cells = [cell.value for tab in openpyxl.load_workbook(copy) for row in tab.iter_rows() for cell in row]
    assert not [cell for cell in cells if isinstance(cell, str) and "#a1.s" in cell]
