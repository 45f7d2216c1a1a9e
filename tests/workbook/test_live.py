"""Workbooks with concurrent editors: header formulas, ownership of columns, missing marks and protections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.workbook import diff, lookup_formula, protections
from eig_sheets.workbook.google.capabilities import CAPABILITIES as GOOGLE
from eig_sheets.workbook.layout import Layout, Names, TabLayout, locate
from eig_sheets.workbook.model import formulas
from eig_sheets.workbook.model.capabilities import PLAIN
from eig_sheets.workbook.model.cells import CellError
from eig_sheets.workbook.model.plan import Equip, Plan, ReplaceTab, SetCells, SetFormula
from eig_sheets.workbook.model.sheet import Column, Owner, Sheet
from eig_sheets.workbook.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook.ownership_check import OwnershipError, check_ownership
from tests.workbook.snapshots import DOSSIERS, SCHEMA, shown, tab, tabs_with

CANDIDATURES = SCHEMA.tab("candidatures")
WIDTH = len(CANDIDATURES.fields)
RANKING = Sheet(
    "classement", "Classement", Owner.ROBOT,
    tuple(map(Column, ("Rang", "N° de dossier", "Note /20", "Proposition", "Co-financement"))),
    ((2, "101", 15.0, "Lauréat", "Acquis"), (1, "102", 18.0, "Lauréat", None)),
)  # fmt: skip
ELIGIBILITY = Sheet("eligibilite", "Éligibilité", Owner.ROBOT, (Column("N° de dossier"), Column("Éligibilité")))
SHEETS = {sheet.id: sheet for sheet in (RANKING, ELIGIBILITY)}
RANK = next(robot for robot in CANDIDATURES.robot_fields if robot.id == "rang")
OURS = lookup_formula.formula(RANK, CANDIDATURES, "Rang", (1, 0), RANKING)


def dossiers(header=None, values=(None, None), formula=None, *, marked=True) -> TabSnapshot:
    """`Candidatures` with one column more: its header, its values, the formula in the header."""
    rows = [{**row, "extra": value} for row, value in zip(DOSSIERS, values, strict=True)]
    made = tab("candidatures", rows, extra=["extra"])
    made.rows[0][WIDTH] = header
    marks = {WIDTH: "rang"} if marked else {}
    return replace(made, column_marks=marks, formulas={(1, WIDTH): formula} if formula else {})


def live(*tabs: TabSnapshot) -> Snapshot:
    return replace(tabs_with(*tabs, shown(RANKING, mark="classement")), capabilities=GOOGLE)


def located(*tabs: TabSnapshot) -> TabLayout:
    return locate(live(*tabs), SCHEMA, Names()).tabs["candidatures"]


def to_set(*tabs: TabSnapshot) -> list[SetFormula]:
    return list(diff.robot_formulas(located(*tabs), SHEETS))


class TestFormula:
    def test_is_keyed_by_the_row_s_own_number_from_the_header_s_row_on(self):
        assert OURS == (
            'ARRAYFORMULA(IF(ROW(A1:A)=ROW(A1),"Rang",IF(A1:A="",,'
            "IFNA(XLOOKUP(TRIM(A1:A&\"\"),'Classement'!B:B,'Classement'!A:A)))))"
        )

    def test_follows_the_headers_and_the_names_that_people_gave(self):
        named = replace(RANKING, name="L'été, à nous")
        found = lookup_formula.formula(RANK, CANDIDATURES, "Rang", (5, 27), named)
        assert found.startswith('ARRAYFORMULA(IF(ROW(AB5:AB)=ROW(AB5),"Rang",')
        assert "'L''été, à nous'!B:B,'L''été, à nous'!A:A" in found
        assert "'L''été, à nous'!B:B;'L''été, à nous'!A:A" in formulas.with_semicolons(found)

    @given(st.text(min_size=1))
    def test_gives_its_header_back_whatever_people_called_it(self, header):
        made = lookup_formula.formula(RANK, CANDIDATURES, header, (1, 0), RANKING)
        assert formulas.header_in(made) == header
        assert formulas.header_in(formulas.with_commas(formulas.with_semicolons(made))) == header

    @pytest.mark.parametrize("other", [None, "", "A1", "ARRAYFORMULA(A1:A)", 'IF(ROW(A1)=ROW(A1),"Rang",1)'])
    def test_of_people_s_is_none_of_ours(self, other):
        assert formulas.header_in(other) is None

    def test_is_the_same_however_it_is_spelled(self):
        spelled = formulas.with_semicolons(OURS).replace("'", "").replace("ROW(", "row( ")
        assert formulas.same(spelled, OURS)
        for other in (OURS.replace("Rang", "rang"), OURS.replace("A1:A", "B1:B"), OURS.replace("B:B", "#REF!"), None):
            assert not formulas.same(other, OURS)


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
        found = located(twice("Rang", None))
        assert (found.robot_columns, found.lost, found.duplicate_marks) == ({"rang": WIDTH + 1}, {}, ((WIDTH, "rang"),))
        found = located(twice("Rang", "à moi"))
        assert (found.robot_columns, found.duplicate_marks) == ({"rang": WIDTH + 1}, ((WIDTH, "rang"),))
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


def with_formula(row, text) -> TabSnapshot:
    """A robot's column that has a formula somewhere."""
    made = dossiers("Rang", (2.0, 1.0))
    return replace(made, formulas={(row, WIDTH): text, (1, WIDTH): OURS})


def titled(above) -> TabSnapshot:
    """A row above the headers, in which the robot's column holds that; its formula is there when it is None."""
    made = tab("candidatures", DOSSIERS, above=[["Appel à projets"]], extra=["extra"])
    made.rows[1][WIDTH] = None if above is None else "Rang"
    made.rows[0].extend([None] * (WIDTH - len(made.rows[0])) + [above])
    formulas = {(1, WIDTH): OURS} if above is None else {}
    return replace(made, column_marks={WIDTH: "rang"}, formulas=formulas)


def twice(header, value) -> TabSnapshot:
    """A column of people's that keeps our mark, and ours at its right."""
    rows = [{**row, "one": value, "two": place} for place, row in enumerate(DOSSIERS)]
    made = tab("candidatures", rows, extra=["one", "two"])
    made.rows[0][WIDTH : WIDTH + 2] = [header, "Rang"]
    marks = {WIDTH: "rang", WIDTH + 1: "rang"}
    return replace(made, column_marks=marks, formulas={(1, WIDTH + 1): OURS})


def uploaded() -> TabSnapshot:
    return TabSnapshot("Cofinancement", [[column.header for column in SCHEMA.robot_columns["cofinancement"]], ["101"]])


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


class TestEquipment:
    @staticmethod
    def lacking(*tabs, officers=("Lea@example.org",)):
        snapshot = live(*tabs)
        found = protections.lacking(locate(snapshot, SCHEMA, Names()), snapshot, officers)
        return {operation.tab: operation for operation in found}

    def test_an_old_workbook_lacks_marks_and_protections(self):
        found = self.lacking()
        assert found["Classement"] == Equip("Classement", 1, "", (), ((None, ""),))
        whole = found["Candidatures"]
        assert (whole.mark, whole.header_row, len(whole.columns)) == ("candidatures", 1, WIDTH)
        assert [name for _, name in whole.guarded] == ["preselection", "decision"]
        assert self.lacking(officers=())["Candidatures"].guarded == ()

    def test_what_is_there_is_not_lacking(self):
        marks = {place: field.id for place, field in enumerate(CANDIDATURES.fields)}
        whole = tab("candidatures", DOSSIERS)
        protections = dict.fromkeys(("preselection", "decision"), frozenset({"lea@example.org", "robot@example.org"}))
        equipped = replace(whole, mark="candidatures", column_marks=marks, protections=protections)
        assert "Candidatures" not in self.lacking(equipped)
        assert "Candidatures" not in self.lacking(equipped, officers=())
        new = self.lacking(equipped, officers=("new@example.org",))["Candidatures"]
        assert [name for _, name in new.guarded] == ["preselection", "decision"]
        del marks[4]
        assert self.lacking(replace(equipped, column_marks=marks))["Candidatures"].columns == (
            (4, CANDIDATURES.fields[4].id),
        )
