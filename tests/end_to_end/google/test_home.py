"""`Accueil` on a Google Sheet: filter views a name, charts of a hidden tab, the tab of an older version."""

import pytest

from tests.columns import cell_of
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk

NUMBERS = "Données des graphiques"


def views(desk: Desk) -> dict[str, dict]:
    """The filter views of Candidatures, by their title."""
    sheet = desk.book.titled("Candidatures")
    assert sheet is not None
    return {view["title"]: view for view in sheet.filter_views}


def home(desk: Desk):
    sheet = desk.book.titled("Accueil")
    assert sheet is not None
    return sheet


def links(desk: Desk) -> list[str]:
    """Every link of Accueil."""
    sheet = home(desk)
    found = (cell.format.get("textFormat", {}).get("link", {}) for _, _, cell in sheet.filled(sheet.extent))
    return [link["uri"] for link in found if link]


def settled(desk: Desk) -> None:
    outcome = desk.sync()
    assert (outcome.code, desk.written) == (0, 1), outcome
    checks.nothing_lost(desk)
    assert desk.sync().code == 0
    assert desk.written == 0


def test_each_name_has_a_filter_view_that_its_line_opens(desk: Desk):
    for row, name in ((2, "Camille"), (3, "Sacha"), (4, "camille")):
        desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "suivi_par", row), value=name)
    settled(desk)
    made = views(desk)
    assert [*made] == ["Dossiers de Camille", "Dossiers de Sacha"]
    sheet = desk.book.titled("Candidatures")
    assert {f"#gid={sheet.id}&fvid={view['filterViewId']}" for view in made.values()} <= {*links(desk)}
    [shown] = made["Dossiers de Camille"]["filterSpecs"]
    assert shown["filterCriteria"]["condition"]["values"] == [{"userEnteredValue": "Camille"}]
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "suivi_par", 5), value="Lou")
    settled(desk)
    assert [*views(desk)] == [*made, "Dossiers de Lou"]
    assert {title: views(desk)[title] for title in made} == made


@pytest.mark.slow
def test_charts_draw_the_hidden_tab_even_once_it_was_deleted(desk: Desk):
    def sources() -> set[int]:
        charts = home(desk).charts
        assert len(charts) > 2
        ranges = (
            area["sheetId"]
            for chart in charts
            for series in chart["spec"]["basicChart"]["series"]
            for area in series["series"]["sourceRange"]["sources"]
        )
        return {*ranges}

    first = desk.book.titled(NUMBERS)
    assert sources() == {first.id}
    desk.edit("delete_tab", tab=NUMBERS)
    settled(desk)
    second = desk.book.titled(NUMBERS)
    assert second.id != first.id
    assert sources() == {second.id}
    assert f"#gid={second.id}&range=A1" in links(desk)


@pytest.mark.slow
def test_the_tab_of_an_older_version_goes_on_in_its_place_under_its_name(desk: Desk):
    before = desk.titles
    book = desk.book.copy()
    sheet = book.titled("Accueil")
    sheet.title = "Où en est-on"
    book.metadata = [
        {**mark, "metadataValue": f"tableau_de_bord@{sheet.id}"}
        if mark["metadataValue"] == f"accueil@{sheet.id}"
        else mark
        for mark in book.metadata
    ]
    desk.book = book
    desk.change_a_score()
    settled(desk)
    assert desk.titles == ["Où en est-on" if title == "Accueil" else title for title in before]
    assert desk.run("init").code == 0
    assert desk.written == 0
