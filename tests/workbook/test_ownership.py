"""Ownership of columns and tabs: the robot's, or people's when in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook import values
from eig_sheets.workbook.layout import Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.ownership import is_blank, is_filled, key_of, robot_tabs, squeezed
from tests.workbook.any_cells import CELLS
from tests.workbook.snapshots import DOSSIERS, SCHEMA, book, places_of, tab, tabs_with

WIDTH = len(SCHEMA.tab("candidatures").fields)
RANKING = TabSnapshot(
    "Classement",
    [["Notes fictives"], ["Rang", "N° de dossier", "Note /20"], [1.0, "102", 18.0], [2.0, "101", 15.0]],
    mark="classement",
)


def dossiers(header, ranks, mark="rang") -> TabSnapshot:
    """`Candidatures` with one column more, of that header and those values, marked as the robot's or not."""
    rows = [{**row, "extra": rank} for row, rank in zip(DOSSIERS, ranks, strict=True)]
    made = tab("candidatures", rows, extra=["extra"])
    made.rows[0][WIDTH] = header
    return replace(made, column_marks={WIDTH: mark} if mark else {})


def columns(*tabs: TabSnapshot) -> tuple[dict, dict]:
    place = locate(tabs_with(*tabs), SCHEMA, Names()).tabs["candidatures"]
    return dict(place.robot_columns), dict(place.lost)


@pytest.mark.parametrize("header", ["Rang", "RANG ", "Rang (robot)"])
@pytest.mark.parametrize("ranks", [(2.0, 1.0), (None, None), ("à moi", 7.0)])
def test_a_marked_column_under_our_header_is_ours_whatever_it_holds(header, ranks):
    assert columns(dossiers(header, ranks), RANKING) == ({"rang": WIDTH}, {})


def test_a_renamed_column_is_ours_while_it_holds_what_the_robot_says():
    assert columns(dossiers("Place", (2.0, 1.0)), RANKING) == ({"rang": WIDTH}, {})
    assert columns(dossiers("Place", (2.0, None)), RANKING) == ({"rang": WIDTH}, {})


@pytest.mark.parametrize("ranks", [(2.0, 3.0), (1.0, 2.0), ("2", "1"), (None, None), (True, None)])
def test_a_renamed_column_that_holds_anything_else_is_people_s(ranks):
    assert columns(dossiers("Place", ranks), RANKING) == ({}, {"rang": WIDTH})


def test_a_renamed_column_without_the_robot_s_tab_to_compare_with_is_people_s():
    assert columns(dossiers("Place", (2.0, 1.0))) == ({}, {"rang": WIDTH})
    assert columns(dossiers(None, (2.0, 1.0)), RANKING) == ({}, {"rang": WIDTH})


def test_a_column_that_only_has_our_header_is_the_staff_s_own():
    assert columns(dossiers("Rang", (2.0, 1.0), mark=None), RANKING) == ({}, {})


def test_a_mark_that_is_none_of_ours_means_nothing():
    assert columns(dossiers("Rang", (2.0, 1.0), mark="autre"), RANKING) == ({}, {})


def test_a_moved_column_is_ours_where_it_is_now():
    made = dossiers("Rang", (2.0, 1.0))
    rows = [[row[WIDTH], *row[:WIDTH]] for row in made.rows]
    assert columns(replace(made, rows=rows, column_marks={0: "rang"}), RANKING) == ({"rang": 0}, {})


def test_a_robot_s_column_with_a_header_of_ours_is_not_read_as_a_field():
    made = dossiers("Rang", (2.0, 1.0))
    made.rows[0][WIDTH] = "Région"
    place = locate(tabs_with(made, RANKING), SCHEMA, Names()).tabs["candidatures"]
    assert (dict(place.robot_columns), place.repeated) == ({"rang": WIDTH}, {})


class TestTabs:
    def ours(self, *tabs: TabSnapshot) -> tuple[dict[str, str], list[str]]:
        kept, taken = robot_tabs(Snapshot(tabs), SCHEMA)
        return {tab_id: tab.name for tab_id, tab in kept.items()}, [tab.name for tab in taken]

    def test_a_marked_tab_is_ours_under_any_name(self):
        assert self.ours(replace(RANKING, name="Résultats")) == ({"classement": "Résultats"}, [])

    @pytest.mark.parametrize("rows", [[], [[]], [[None, None], [None]]])
    def test_a_blank_tab_of_our_name_is_ours(self, rows):
        assert self.ours(TabSnapshot("CLASSEMENT", rows)) == ({"classement": "CLASSEMENT"}, [])

    @pytest.mark.parametrize("value", ["notes", 0.0, False])
    def test_a_tab_of_our_name_that_holds_anything_is_people_s(self, value):
        assert self.ours(TabSnapshot("Classement", [[None], [None, value]])) == ({}, ["Classement"])

    def test_a_tab_whose_formulas_show_nothing_is_people_s(self):
        assert self.ours(TabSnapshot("Journal", [], formulas={(1, 0): 'IF(1=1,"","a")'})) == ({}, ["Journal"])

    def test_a_marked_tab_leaves_people_their_own_of_that_name(self):
        kept = self.ours(replace(RANKING, name="Résultats"), TabSnapshot("Classement", [["le nôtre"]]))
        assert kept == ({"classement": "Résultats"}, [])

    def test_a_blank_tab_that_is_marked_as_another_is_not_ours_twice(self):
        assert self.ours(TabSnapshot("Journal", [], mark="classement")) == ({"classement": "Journal"}, ["Journal"])

    def test_what_is_taken_stops_everything(self):
        layout = locate(tabs_with(TabSnapshot("Journal", [["à moi"]])), SCHEMA, Names())
        assert places_of(layout.problems) == [("nom_pris", "Journal", None)]
        assert locate(book(), SCHEMA, Names()).problems == ()


def test_squeezed():
    assert squeezed("N° de dossier") == squeezed("n°de  DOSSIER!") == "numerodedossier"
    assert squeezed(12.5) == "125"


def test_filled_and_blank():
    assert [is_filled(value) for value in (None, False, 0.0, 0, "", True)] == [False, False, True, True, True, True]
    assert is_blank(TabSnapshot("A", [[None], []]))
    assert not is_blank(TabSnapshot("A", [[False]]))
    assert not is_blank(TabSnapshot("A", formulas={(1, 0): "A2"}))


@given(CELLS)
def test_a_row_is_looked_up_under_the_key_that_it_is_read_with(value):
    try:
        read = values.key(value) or ""
    except values.UnreadableError:
        read = ""
    assert key_of(value) == read


OLD_HEADERS = ["Rubrique", "Indicateur", "Nombre", "Avancement", "Montant", "Date", "Précision"]


@pytest.mark.parametrize(("older", "imports", "ours"), [
    (TabSnapshot("Où en est-on", [["x"]], mark="tableau_de_bord"), False, "Où en est-on"),  # renamed by people
    (TabSnapshot("Tableau de bord"), False, "Tableau de bord"),  # blank
    (TabSnapshot("Tableau de bord", [["Fictif"], OLD_HEADERS, ["Jury"]]), True, "Tableau de bord"),  # lost its mark
    (TabSnapshot("Tableau de bord", [["Fictif"], OLD_HEADERS, ["Jury"]]), False, None),
    (TabSnapshot("Tableau de bord", [["Nos chiffres"]]), True, None),  # people's, which keeps nothing from us
])  # fmt: skip
def test_the_tab_of_an_older_version_goes_on_as_ours(older, imports, ours):
    snapshot = Snapshot((older,), capabilities=Capabilities(unmarked_imports=imports))
    kept, taken = robot_tabs(snapshot, SCHEMA)
    assert ({tab_id: known.name for tab_id, known in kept.items()}, taken) == ({"accueil": ours} if ours else {}, [])


def test_a_tab_of_ours_is_taken_before_that_of_an_older_version():
    own, older = TabSnapshot("Accueil", [["x"]], mark="accueil"), TabSnapshot("Vieux", mark="tableau_de_bord")
    assert robot_tabs(Snapshot((older, own)), SCHEMA)[0]["accueil"] is own


def test_people_s_tab_of_our_name_keeps_its_place_beside_that_of_an_older_version():
    theirs, older = TabSnapshot("Accueil", [["Bienvenue"]]), TabSnapshot("Vieux", [["x"]], mark="tableau_de_bord")
    kept, taken = robot_tabs(Snapshot((theirs, older)), SCHEMA)
    assert (kept["accueil"], taken) == (older, [])
