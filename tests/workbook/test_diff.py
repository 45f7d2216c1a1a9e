"""The operations that bring a workbook to the target content."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.workbook import diff
from eig_sheets.workbook.layout import Names, TabLayout
from eig_sheets.workbook.locate import locate
from tests.workbook.snapshots import DOSSIERS, SCHEMA, at, dossier, shown, tab, tabs_with

WIDTH = len(SCHEMA.tab("candidatures").fields)
RANKING = Sheet(
    "classement", "Classement", Owner.ROBOT,
    tuple(map(Column, ("N° de dossier", "Rang", "Note /20", "Proposition", "Co-financement"))),
    (("101", 2, 15.0, "Lauréat", "Acquis"), ("102", 1, 18.0, "Lauréat", None)),
)  # fmt: skip
ELIGIBILITY = Sheet("eligibilite", "Éligibilité", Owner.ROBOT, (Column("N° de dossier"), Column("Éligibilité")))
SHEETS = {sheet.id: sheet for sheet in (RANKING, ELIGIBILITY)}


def located(made: TabSnapshot, *others: TabSnapshot) -> TabLayout:
    return locate(tabs_with(made, *others), SCHEMA, Names()).tabs["candidatures"]


def with_ranks(ranks, rows=DOSSIERS) -> TabSnapshot:
    filled = [{**row, "Rang": rank} for row, rank in zip(rows, ranks, strict=True)]
    return replace(tab("candidatures", filled, extra=["Rang"]), column_marks={WIDTH: "rang"})


class TestRobotTab:
    def operation(self, *tabs: TabSnapshot):
        snapshot = Snapshot(tabs)
        return diff.robot_tab(RANKING, locate(snapshot, SCHEMA, Names()), snapshot)

    def test_that_is_not_there_is_created(self):
        assert self.operation() == CreateTab(RANKING)

    def test_that_differs_is_replaced_under_the_name_that_people_gave_it(self):
        typed = shown(replace(RANKING, rows=()), mark="classement")
        assert self.operation(replace(typed, name="Résultats")) == ReplaceTab("Résultats", RANKING)
        assert self.operation(TabSnapshot("Classement")) == ReplaceTab("Classement", RANKING)

    def test_that_shows_it_already_is_left_alone(self):
        assert self.operation(shown(RANKING, mark="classement")) is None


class TestRobotColumns:
    def cells(self, made: TabSnapshot, appended=()):
        return [
            (operation.tab, operation.column, operation.values)
            for operation in diff.robot_columns(located(made), SHEETS, appended)
        ]

    def test_only_cells_that_differ_are_set(self):
        assert self.cells(with_ranks([2.0, 1.0])) == []
        assert self.cells(with_ranks([None, 1.0])) == [("Candidatures", WIDTH, ((2, 2),))]
        assert self.cells(with_ranks(["à moi", 3.0])) == [("Candidatures", WIDTH, ((2, 2), (3, 1)))]

    def test_a_row_is_looked_up_by_its_own_number_however_it_is_typed(self):
        rows = [dossier("102\u00a0"), {}, dossier(101.0), dossier("999"), dossier(None)]
        assert self.cells(with_ranks([None] * 5, rows)) == [("Candidatures", WIDTH, ((2, 1), (4, 2)))]

    @pytest.mark.parametrize("number", ["999", None])
    def test_a_value_without_a_dossier_any_more_is_blanked(self, number):
        assert self.cells(with_ranks([2.0, 1.0, 3.0], [*DOSSIERS, dossier(number)])) == [
            ("Candidatures", WIDTH, ((4, None),))
        ]

    def test_rows_that_this_plan_appends_are_set_too(self):
        assert self.cells(with_ranks([2.0, 1.0]), [(4, "101")]) == [("Candidatures", WIDTH, ((4, 2),))]

    def test_a_column_that_is_not_there_is_not_set(self):
        assert self.cells(tab("candidatures", DOSSIERS)) == []


class TestMissingColumns:
    def added(self, made: TabSnapshot):
        return [(operation.column, operation.look.header, operation.mark, operation.header_row)
                for operation in diff.missing_robot_columns(located(made), WIDTH + 3, SHEETS)]  # fmt: skip

    def test_are_added_in_order_with_their_marks(self):
        assert self.added(tab("candidatures", DOSSIERS, above=[["EIG5"]])) == [
            (WIDTH + 3, "Éligibilité", "eligibilite", 2), (WIDTH + 4, "Rang", "rang", 2),
            (WIDTH + 5, "Note /20", "note", 2), (WIDTH + 6, "Proposition", "proposition", 2),
            (WIDTH + 7, "Co-financement", "cofinancement", 2),
        ]  # fmt: skip

    def test_those_that_are_there_are_not_added_again(self):
        assert "rang" not in [mark for _, _, mark, _ in self.added(with_ranks([2.0, 1.0]))]

    def test_a_name_that_the_staff_uses_is_not_taken(self):
        headers = {mark: header for _, header, mark, _ in self.added(tab("candidatures", DOSSIERS, extra=["RANG :"]))}
        assert (headers["rang"], headers["note"]) == ("Rang (robot)", "Note /20")


def test_rows_are_appended_under_the_last_in_the_order_of_people_s_columns():
    made = tab("jury", [{"nom": "Anna", "email": "anna@jury.example"}, {}], without=["groupe"], extra=["Relu"])
    place = locate(tabs_with(made), SCHEMA, Names()).tabs["jury"]
    operation = diff.append(place, [{"email": "bob@jury.example", "groupe": "B"}, {"nom": "Chloé"}])
    assert isinstance(operation, AppendRows)
    assert (operation.tab, operation.first_row) == ("Jury", 3)
    fields = [field for field in SCHEMA.tab("jury").fields if field.id != "groupe"]
    assert operation.columns == tuple(range(len(fields)))
    assert [look.header for look in operation.looks] == [field.header for field in fields]
    typed = {"email": "bob@jury.example"}, {"nom": "Chloé"}
    assert operation.rows == tuple(tuple(row.get(field.id) for field in fields) for row in typed)


def test_keys_of_every_row_under_the_headers():
    rows = [dossier(101.0), {}, dossier(" 102 "), dossier(None)]
    assert diff.keys(located(tab("candidatures", rows, above=[["EIG5"]]))) == [(3, "101"), (4, ""), (5, "102"), (6, "")]
    assert at("candidatures", "numero") == "A2"
