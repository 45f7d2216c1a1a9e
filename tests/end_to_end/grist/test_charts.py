"""The charts of `Accueil` in a Grist document, as its API gives them back, and what people do with them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eig_sheets.run.donnees_graphiques import FORMS
from tests.end_to_end.grist.support import Team

DATA = "Données des graphiques"
COLUMNS = """
SELECT s.id, s.title, s.parentId, s.options, c.label, t.tableId FROM _grist_Views_section s
JOIN _grist_Views_section_field f ON f.parentId = s.id JOIN _grist_Tables_column c ON c.id = f.colRef
JOIN _grist_Tables t ON t.id = s.tableRef AND t.id = c.parentId WHERE s.parentKey = 'chart' ORDER BY s.id, f.parentPos
"""
PAGES = (
    "SELECT v.id, v.name, p.indentation FROM _grist_Pages p JOIN _grist_Views v ON v.id = p.viewRef ORDER BY pagePos"
)


def sql(team: Team, query: str) -> list[dict[str, Any]]:
    answer = team.server.ask(f"docs/{team.document}/sql", {"sql": query})
    return [record["fields"] for record in answer["records"]]


def charts(team: Team) -> dict[int, dict[str, Any]]:
    """Each chart by its number: its title, page, options, table, the labels of its columns in their order."""
    found: dict[int, dict[str, Any]] = {}
    for row in sql(team, COLUMNS):
        chart = found.setdefault(row["id"], {**row, "options": json.loads(row["options"] or "{}"), "columns": []})
        chart["columns"].append(row["label"])
    return found


def changed(team: Team) -> None:
    """A change that `Accueil` shows, and its charts: one evaluation less."""
    table = team.table("Évaluations")
    team.act(["RemoveRecord", table.id, table.row_ids[0]])
    done = team.run("sync")
    assert done.code == 0, done.err
    assert "graphiques" not in done.err


def test_each_chart_has_its_columns_on_a_page_under_that_of_accueil(finished_team):
    found = [*charts(finished_team).values()]
    assert [chart["columns"] for chart in found] == [[column.header for column in form.columns] for form in FORMS]
    assert {chart["tableId"] for chart in found} == {finished_team.table(DATA).id}
    assert [bool(chart["options"].get("stacked")) for chart in found] == [form.stacked for form in FORMS]
    assert ["orientation" in chart["options"] for chart in found] == [form.sideways for form in FORMS]
    home, own = sql(finished_team, PAGES)[:2]
    assert (home["name"], own["name"], own["indentation"]) == ("Accueil", "Graphiques", 1)
    assert {chart["parentId"] for chart in found} == {own["id"]}
    assert finished_team.table(DATA).is_shown is False
    types = {column.label: column.type for column in finished_team.table(DATA).columns}
    assert {types[form.labels.header] for form in FORMS} == {"Text"}
    assert {types[column.header] for form in FORMS for column in form.numbers} == {"Numeric"}


@pytest.mark.slow
def test_what_people_do_to_charts_stays_and_only_titles_of_ours_follow(team: Team):
    before = charts(team)
    removed, named, styled, moved, *_ = before
    assert "attendues" in before[styled]["title"]
    home, data = team.table("Accueil"), team.table(DATA)
    team.act(
        ["RemoveRecord", "_grist_Views_section", removed],
        ["UpdateRecord", "_grist_Views_section", named, {"title": "Où en sont les dossiers"}],
        ["UpdateRecord", "_grist_Views_section", styled, {"chartType": "pie", "options": '{"logYAxis": true}'}],
        ["UpdateRecord", "_grist_Views_section", moved, {"parentId": home.primary_view}],
        ["CreateViewSection", data.ref, before[styled]["parentId"], "chart", None, None],
        ["UpdateRecord", "_grist_Views", before[styled]["parentId"], {"layoutSpec": "{}", "name": "Dessins"}],
    )
    left, pages = charts(team), sql(team, PAGES)
    changed(team)
    after = charts(team)
    assert sql(team, PAGES) == pages
    title = after[styled].pop("title")
    assert title != left[styled].pop("title")
    assert title.startswith("Évaluations reçues")
    assert after == left
    version = team.now.version
    assert team.run("sync").code == 0
    assert team.now.version == version


@pytest.mark.slow
def test_charts_that_people_removed_all_do_not_come_back_but_those_of_numbers_made_anew_do(team: Team):
    titles = [chart["columns"] for chart in charts(team).values()]
    [view] = {chart["parentId"] for chart in charts(team).values()}
    team.act(["RemoveRecord", "_grist_Views", view])
    changed(team)
    assert charts(team) == {}
    team.act(["RemoveTable", team.table(DATA).id])
    assert team.run("sync").code == 0
    assert [chart["columns"] for chart in charts(team).values()] == titles
    assert [page["name"] for page in sql(team, PAGES)[:2]] == ["Accueil", "Graphiques"]


@pytest.mark.slow
def test_a_document_of_an_older_version_gets_its_charts_once(team: Team):
    marks = [mark.row_id for mark in team.now.chart_marks]
    [view] = {chart["parentId"] for chart in charts(team).values()}
    team.act(["RemoveRecord", "_grist_Views", view], ["BulkRemoveRecord", "EIG_Robot", marks])
    changed(team)
    assert len(charts(team)) == len(FORMS)
    again = charts(team)
    assert team.run("sync").code == 0
    assert charts(team) == again
