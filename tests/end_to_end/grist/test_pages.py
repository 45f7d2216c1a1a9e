"""Pages, settings and the blank table of a document, as its API gives them back: set once, then they are people's."""

import json
from typing import Any

import pytest

from eig_sheets.spreadsheet.grist.book import GristWorkbook
from eig_sheets.spreadsheet.model.base import MovedError
from eig_sheets.spreadsheet.model.plan import CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from tests.end_to_end.grist.support import Team
from tests.end_to_end.grist.test_charts import changed, sql
from tests.program import copied_config

pytestmark = pytest.mark.slow
SHEET = Sheet("notes", "Notes", Owner.ROBOT, (Column("A"),), (("a",),))
LAYOUT = ("_grist_Views", "_grist_Views_section", "_grist_Views_section_field", "_grist_Filters", "_grist_Pages")


@pytest.fixture
def new(grist, tmp_path) -> Team:
    """A campaign whose document has only what Grist puts into a new one."""
    copied_config(tmp_path / "config")
    return Team(tmp_path, grist, grist.new_document())


def settings(team: Team) -> tuple[dict[str, str], str]:
    [row] = sql(team, "SELECT documentSettings, timezone FROM _grist_DocInfo")
    return json.loads(row["documentSettings"]), row["timezone"]


def layout(team: Team) -> dict[str, list[dict[str, Any]]]:
    """All of it, but for charts, whose titles follow the numbers."""
    found = {table: sql(team, f"SELECT * FROM {table} ORDER BY id") for table in LAYOUT}
    sections = found["_grist_Views_section"]
    return {**found, "_grist_Views_section": [row for row in sections if row["parentKey"] != "chart"]}


def test_a_new_document_is_french_and_what_people_choose_or_add_then_stays(new: Team):
    assert new.run("init").code == 0
    values, zone = settings(new)
    assert ({**values}, zone) == ({"locale": "fr-FR", "currency": "EUR", "engine": "python3"}, "Europe/Paris")
    assert new.now.table("Table1") is None
    chosen = json.dumps({**values, "locale": "de-DE"})
    new.act(["UpdateRecord", "_grist_DocInfo", 1, {"documentSettings": chosen}], ["AddEmptyTable", None])
    for command in ("init", "sync"):
        assert new.run(command).code == 0
    assert settings(new)[0]["locale"] == "de-DE"
    assert new.table("Table1").is_unused


def test_a_word_that_somebody_types_meanwhile_in_the_blank_table_stays(new: Team):
    book = GristWorkbook(new.client)
    plan = Plan(book.read().version, (CreateTab(SHEET),))
    new.act(["AddRecord", "Table1", None, {"A": "à garder"}])
    with pytest.raises(MovedError):
        book.apply(plan)
    assert [table.title for table in new.now.tables] == ["Table1"]
    assert book.apply(Plan(book.read().version, (CreateTab(SHEET),))) == ()
    assert new.table("Table1").cells["A"] == ("à garder",)
    assert new.table("Notes").row_ids


def test_a_run_that_writes_leaves_every_page_as_people_arranged_it(team: Team):
    [noter] = sql(team, "SELECT id FROM _grist_Views WHERE name = 'Noter'")
    outbox, home = team.table("E-mails à envoyer"), team.table("Accueil")
    [card] = sql(
        team, f"SELECT id FROM _grist_Views_section WHERE parentId = {outbox.primary_view} AND parentKey = 'single'"
    )
    [shown] = sql(team, f"SELECT min(id) AS id FROM _grist_Filters WHERE viewSectionRef = {home.page_section.row_id}")
    team.act(
        ["UpdateRecord", "_grist_Views", noter["id"], {"name": "Mes notes", "layoutSpec": "{}"}],
        ["RemoveRecord", "_grist_Views_section", card["id"]],
        ["RemoveRecord", "_grist_Filters", shown["id"]],
        ["UpdateRecord", "_grist_Views_section", outbox.page_section.row_id, {"options": '{"rowHeight": 9}'}],
        ["CreateViewSection", outbox.ref, home.primary_view, "record", None, None],
    )
    before = layout(team)
    changed(team)
    assert layout(team) == before
    version = team.now.version
    assert team.run("sync").code == 0
    assert team.now.version == version


def test_a_robot_s_table_that_is_made_anew_leaves_other_pages(team: Team):
    ranking = team.table("Classement")
    team.act(["RemoveTable", ranking.id])
    before = layout(team)
    assert team.run("sync").code == 0
    after = layout(team)
    for table in LAYOUT[:-1]:
        kept = {row["id"] for row in before[table]}
        assert [row for row in after[table] if row["id"] in kept] == before[table]
    [section] = [
        row for row in after["_grist_Views_section"] if row["id"] == team.table("Classement").page_section.row_id
    ]
    assert json.loads(section["options"]) == {"numFrozen": 3, "rowHeight": 3}
