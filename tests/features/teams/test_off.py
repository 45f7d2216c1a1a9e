"""A call that does without teams: what was proposed stays in its tab, and is said again once they are back."""

import pytest

from tests.columns import cell_of
from tests.nightly import Table
from tests.people_cells import type_in
from tests.team_call import called, campaign_of

pytestmark = pytest.mark.in_memory
NAME = "Équipes proposées"


def shown(campaign, tab):
    return [{key: value for key, value in row.items() if key != "row"} for row in Table(campaign.read().tab(tab)).rows]


def said(campaign):
    """What `Accueil` and `Anomalies` say of teams."""
    rows = (str(row) for tab in ("Accueil", "Anomalies") for row in shown(campaign, tab))
    return [row for row in rows if "équipe à décider" in row or "équipes à décider" in row or "ne tient plus" in row]


def test_what_was_proposed_stays_and_is_said_again(tmp_path):
    call = campaign_of(tmp_path, called())
    assert (call.run("init").code, call.run("teams", "propose").code, call.run("sync").code) == (0, 0, 0)
    type_in(call.workbook, "Talents", cell_of("talents", "statut", 2), "Désisté")
    assert call.run("sync").code == 0
    rows, told = shown(call, NAME), said(call)
    assert len(told) == 2
    written = call.config.read_text(encoding="utf-8")
    call.config.write_text(f'[features]\nwithout = ["teams"]\n\n{written}', encoding="utf-8")
    for _ in range(2):
        assert call.run("sync").code == 0
        assert (shown(call, NAME), said(call)) == (rows, [])
    call.config.write_text(written, encoding="utf-8")
    assert call.run("sync").code == 0
    assert (shown(call, NAME), said(call)) == (rows, told)
