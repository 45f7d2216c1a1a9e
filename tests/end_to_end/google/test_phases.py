"""A Google Sheet that grows with the phases of its call, while people show and hide its tabs."""

import pytest

from tests.columns import cell_of
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk

DECEMBER = ("--today", "2021-12-01")
EACH = 34
"""Milestones of a project of EIG5."""


def hidden(desk: Desk) -> set[str]:
    """The names of the tabs that people do not see."""
    return {sheet.title for sheet in desk.book.sheets if sheet.properties.get("hidden")}


@pytest.mark.slow
def test_a_tab_is_made_when_its_phase_opens_and_stays_away_once_deleted(desk: Desk):
    config = desk.folder / "config" / "campaign.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("people_tabs = []", 'people_tabs = ["suivi"]'), encoding="utf-8")
    assert "Suivi" not in desk.titles
    before = hidden(desk)
    desk.edit("hide_tab", tab="Journal", shown=True)
    desk.edit("hide_tab", tab="Jury")
    outcome = desk.run(*DECEMBER, "sync")
    assert (outcome.code, desk.written) == (0, 1), outcome
    checks.nothing_lost(desk)
    assert "Suivi" in desk.titles
    assert hidden(desk) == (before | {"Jury", "E-mails archivés"}) - {"Journal"}  # of drafts that are obsolete by then
    assert desk.run(*DECEMBER, "sync").code == 0
    assert desk.written == 0
    desk.edit("delete_tab", tab="Suivi")
    assert desk.run(*DECEMBER, "sync").code == 0
    assert "Suivi" not in desk.titles
    assert desk.run(*DECEMBER, "init").code == 0
    assert "Suivi" in desk.titles


@pytest.mark.slow
def test_milestones_are_inserted_under_people_s_rows_once(desk: Desk):
    config = desk.folder / "config" / "campaign.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("people_tabs = []", 'people_tabs = ["suivi"]'), encoding="utf-8")
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    assert desk.run(*DECEMBER, "sync").code == 0
    assert len(rows(desk)) == EACH
    assert desk.run(*DECEMBER, "sync").code == 0
    assert desk.written == 0
    desk.edit("delete_row", tab="Suivi", at=3)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 3), value="Lauréat")
    kept = rows(desk)
    assert desk.run(*DECEMBER, "sync").code == 0
    checks.nothing_lost(desk)
    assert rows(desk)[: len(kept)] == kept
    assert len(rows(desk)) == 2 * EACH - 1
    assert desk.run(*DECEMBER, "sync").code == 0
    assert desk.written == 0


def rows(desk: Desk) -> list[list[object]]:
    """What people read under the headers of `Suivi`."""
    return [row for row in desk.values("Suivi")[1:] if any(row)]
