"""Workbooks with concurrent editors: which columns are ours, and which plans are allowed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.google.reading import CAPABILITIES as GOOGLE
from eig_sheets.spreadsheet.model.capabilities import PLAIN
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.plan import Equip, Plan, ReplaceTab, SetCells, SetFormula
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.workbook import lookup_formula
from eig_sheets.workbook.layout import Layout, Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.ownership_check import OwnershipError, check_ownership
from tests.workbook.concurrent_editors import (
    CANDIDATURES,
    OURS,
    RANK,
    RANKING,
    WIDTH,
    dossiers,
    live,
    located,
    titled,
    to_set,
    twice,
    uploaded,
    with_formula,
)
from tests.workbook.snapshots import DOSSIERS, SCHEMA, tab, tabs_with


class TestWhatIsOurs:
    def test_a_column_that_shows_our_formula(self):
        assert located(dossiers("Rang", (2.0, 1.0), OURS)).robot_columns == {"rang": WIDTH}
        assert to_set(dossiers("Rang", (2.0, 1.0), OURS)) == []

    def test_a_formula_that_broke_is_written_again(self):
        broken = OURS.replace("'Classement'!B:B", "#REF!")
        rewritten = SetFormula("Candidatures", 1, WIDTH, "rang", OURS)
        assert to_set(dossiers(CellError("#REF!"), formula=broken)) == [rewritten]
        assert to_set(dossiers(CellError("#REF!"), ("à moi", None), broken)) == [rewritten]

    def test_a_formula_that_a_value_stops_is_right_and_stays(self):
        assert to_set(dossiers(CellError("#REF!"), ("à moi", None), OURS)) == []

    @pytest.mark.parametrize(("typed", "header"), [("Place", "Place"), (None, "Rang"), (7.0, "7"), (3.5, "3.5")])
    def test_a_header_typed_over_the_formula_is_kept_in_it(self, typed, header):
        expected = lookup_formula.formula(RANK, CANDIDATURES, header, (1, 0), RANKING)
        assert to_set(dossiers(typed)) == [SetFormula("Candidatures", 1, WIDTH, "rang", expected)]

    @pytest.mark.parametrize("header", ["Rang", "Place"])
    def test_a_column_of_people_s_values_is_theirs(self, header):
        made = dossiers(header, (2.0, "à moi"))
        assert (located(made).robot_columns, located(made).lost) == ({}, {"rang": WIDTH})
        assert to_set(made) == []

    def test_values_of_a_file_of_ours_that_was_uploaded_are_replaced_once_marked(self):
        plain = dossiers("Rang", (2.0, 1.0), marked=False)
        assert located(plain).robot_columns == {"rang": WIDTH}
        assert to_set(plain) == []
        assert to_set(dossiers("Rang", (2.0, 1.0))) == [SetFormula("Candidatures", 1, WIDTH, "rang", OURS, (2, 3))]
        assert located(dossiers("Rang", (1.0, 2.0), marked=False)).robot_columns == {}

    def test_a_formula_that_is_not_in_the_header_s_row_is_put_there(self):
        """A row that people delete or insert above the headers while a formula is mended leaves it one row away."""
        low = dossiers("Rang", (2.0, 1.0), OURS)
        low = replace(low, formulas={(1, WIDTH): OURS.replace("B:B", "#REF!"), (2, WIDTH): OURS})
        assert to_set(low) == [SetFormula("Candidatures", 1, WIDTH, "rang", OURS, (2,))]
        alone = replace(dossiers("Place", (2.0, 1.0)), formulas={(2, WIDTH): OURS})
        named = lookup_formula.formula(RANK, CANDIDATURES, "Place", (1, 0), RANKING)
        assert to_set(alone) == [SetFormula("Candidatures", 1, WIDTH, "rang", named, (2,))]
        high = titled(None)
        made = lookup_formula.formula(RANK, CANDIDATURES, "Rang", (2, 0), RANKING)
        assert to_set(high) == [SetFormula("Candidatures", 2, WIDTH, "rang", made, (1,))]

    def test_a_header_that_is_a_formula_of_people_s_is_theirs(self):
        made = dossiers(7.0, formula="3+4")
        assert (located(made).robot_columns, located(made).lost) == ({}, {"rang": WIDTH})

    def test_a_header_that_names_another_field_is_theirs(self):
        made = dossiers("Décision")
        assert (located(made).robot_columns, located(made).lost) == ({}, {"rang": WIDTH})

    def test_of_two_columns_with_one_mark_the_one_with_our_formula_is_ours(self):
        candidatures = located(twice("Rang", None))
        assert (candidatures.robot_columns, candidatures.lost, candidatures.duplicate_marks) == (
            {"rang": WIDTH + 1},
            {},
            ((WIDTH, "rang"),),
        )
        candidatures = located(twice("Rang", "à moi"))
        assert (candidatures.robot_columns, candidatures.duplicate_marks) == ({"rang": WIDTH + 1}, ((WIDTH, "rang"),))
        neither = replace(twice("Rang", "à moi"), formulas={(1, WIDTH + 1): "3+4"})
        assert (located(neither).lost, located(neither).duplicate_marks) == ({"rang": WIDTH}, ((WIDTH + 1, "rang"),))

    def test_a_field_that_people_renamed_is_known_by_its_mark(self):
        made = tab("candidatures", DOSSIERS, headers={"projet": "Titre"})
        place = [field.id for field in CANDIDATURES.fields].index("projet")
        assert "projet" not in located(made).columns
        assert located(replace(made, column_marks={place: "projet"})).columns["projet"] == place
        assert located(replace(made, column_marks={0: "projet"})).columns["numero"] == 0

    def test_an_unmarked_tab_under_all_our_headers_is_ours_only_here(self):
        snapshot = replace(tabs_with(uploaded()), capabilities=GOOGLE)
        assert "cofinancement" in locate(snapshot, SCHEMA, Names()).robot_tabs
        imported = locate(replace(snapshot, capabilities=PLAIN), SCHEMA, Names())
        assert [problem.code for problem in imported.problems] == ["nom_pris"]
        other = uploaded()
        other.rows[0][0] = "Autre"
        assert [problem.code for problem in locate(live(other), SCHEMA, Names()).problems] == ["nom_pris"]


class TestProof:
    @staticmethod
    def checked_plan(operation, *tabs):
        snapshot = live(*tabs)
        layout: Layout = locate(snapshot, SCHEMA, Names())
        check_ownership(Plan(snapshot.version, (operation,)), snapshot, layout, SCHEMA)

    def test_a_formula_goes_to_a_marked_column_of_ours(self):
        self.checked_plan(SetFormula("Candidatures", 1, WIDTH, "rang", OURS), dossiers("Rang"))

    @pytest.mark.parametrize(
        ("operation", "made"),
        [
            (SetFormula("Candidatures", 1, WIDTH, "rang", OURS), dossiers("Rang", (2.0, 1.0), marked=False)),
            (SetFormula("Candidatures", 1, 3, "rang", OURS), dossiers("Rang")),
            (SetFormula("Candidatures", 2, WIDTH, "rang", OURS), dossiers("Rang")),
            (SetFormula("Candidatures", 1, WIDTH, "rang", OURS, (9,)), dossiers("Rang")),
            (SetFormula("Candidatures", 1, WIDTH, "rang", OURS, (1,)), dossiers("Rang")),
            (SetFormula("Candidatures", 1, WIDTH, "rang", OURS, (2,)), with_formula(2, "A1+1")),
            (SetFormula("Candidatures", 2, WIDTH, "rang", OURS, (1,)), titled("à nous")),
            (Equip("Candidatures", 1, released=((WIDTH, "rang"),)), dossiers("Rang")),
            (Equip("Candidatures", 1, released=((3, "rang"),)), dossiers("Rang")),
            (SetCells("Candidatures", WIDTH, Column("Rang"), ((2, 1),)), dossiers("Rang", formula=OURS)),
            (Equip("Absent", 1, "jury"), dossiers("Rang")),
        ],
    )
    def test_nothing_else_does(self, operation, made):
        with pytest.raises(OwnershipError):
            self.checked_plan(operation, made)

    def test_an_uploaded_tab_may_be_replaced(self):
        sheet = Sheet("cofinancement", "Cofinancement", Owner.ROBOT, SCHEMA.robot_columns["cofinancement"])
        self.checked_plan(ReplaceTab("Cofinancement", sheet), uploaded())
