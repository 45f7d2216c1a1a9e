"""The contract of what `Accueil` asks of every backend: a tab of an older version, charts, filter views."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.model.plan import CreateTab, Equip, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Chart, Column, FilterView, Format, Owner, Sheet
from tests.spreadsheet.contract_desk import Campaign, Desk, applied, content, people_cells

NUMBERS = Sheet(
    "donnees_graphiques", "Données des graphiques", Owner.ROBOT,
    (Column("Métier"), Column("Projets", Format.INTEGER), Column("Retenus", Format.INTEGER)),
    (("Designer", 3, 1), ("Développeur", 5, 2)),
)  # fmt: skip
OLDER = Sheet(
    "tableau_de_bord", "Tableau de bord", Owner.ROBOT,
    (Column("Rubrique"), Column("Nombre", Format.INTEGER)), (("Dossiers", 3),),
)  # fmt: skip
HOME = replace(
    OLDER, id="accueil", name="Accueil", former_ids=("tableau_de_bord",), rows=(("Dossiers", 4), ("Jury", 1)),
    charts=(
        Chart("Métiers demandés", 0, (1, 2), 2, 3, NUMBERS.name, (6, 0), ("Métier", "Projets"), sideways=True),
        Chart("Projets", 0, (1,), 2, 3, NUMBERS.name, (24, 0), ("Métier", "Projets"), step=1),
    ),
)  # fmt: skip


class HomeContract(Campaign):
    """The first tab of a workbook goes on whatever version made it, and draws the numbers of another tab."""

    def test_a_tab_of_an_older_version_is_replaced_in_its_place_under_its_name(self, desk: Desk):
        book = desk.make_book(self.people)
        applied(book, CreateTab(OLDER, "Évaluations"))
        desk.edit(book, "rename_tab", tab=OLDER.name, **{"from": OLDER.name, "to": "Où en est-on"})
        after = applied(book, CreateTab(NUMBERS), ReplaceTab("Où en est-on", HOME))
        assert [tab.name for tab in after.tabs] == ["Candidatures", "Où en est-on", "Évaluations", NUMBERS.name]
        assert content(after, "Où en est-on") == [["Rubrique", "Nombre"], ["Dossiers", 4.0], ["Jury", 1.0]]
        tab = after.tab("Où en est-on")
        assert tab is not None
        assert tab.mark in HOME.marks
        assert Plan("", (ReplaceTab("Où en est-on", HOME),)).changes(after) == []

    def test_charts_change_with_the_tab_and_no_cell_with_them(self, desk: Desk):
        book = desk.make_book(self.people)
        before = people_cells(self.people, applied(book, CreateTab(NUMBERS), CreateTab(HOME)))
        more = replace(NUMBERS, rows=(*NUMBERS.rows, ("Juriste", 1, 0)))
        longer = replace(HOME, charts=tuple(replace(chart, last_row=4) for chart in HOME.charts[:1]))
        after = applied(book, ReplaceTab(NUMBERS.name, more), ReplaceTab("Accueil", longer))
        assert people_cells(self.people, after) == before
        assert len(content(after, NUMBERS.name)) == 4
        fewer = applied(book, ReplaceTab("Accueil", replace(HOME, charts=())))
        assert content(fewer, "Accueil") == content(after, "Accueil")

    def test_a_tab_of_numbers_that_was_deleted_is_drawn_again(self, desk: Desk):
        book = desk.make_book(self.people)
        applied(book, CreateTab(NUMBERS), CreateTab(HOME))
        desk.edit(book, "delete_tab", tab=NUMBERS.name)
        after = applied(book, CreateTab(NUMBERS), ReplaceTab("Accueil", HOME))
        assert [tab.name for tab in after.tabs] == [*self.people, "Accueil", NUMBERS.name]

    def test_a_filter_view_is_added_under_its_title_where_there_are_any(self, desk: Desk):
        book = desk.make_book(self.people)
        before = book.read()
        if not before.capabilities.filter_views:
            pytest.skip("no filter view")
        views = (FilterView("Projets A", 1, "Projet A"), FilterView("Projets C", 1, "Projet C"))
        after = applied(book, Equip("Candidatures", 1, views=views))
        tab = after.tab("Candidatures")
        assert tab is not None
        assert tab.views == {"Projets A", "Projets C"}
        assert people_cells(self.people, after) == people_cells(self.people, before)
