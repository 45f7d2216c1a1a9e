"""The part of the contract about failures and concurrent edits: a plan applies whole or not at all."""

from __future__ import annotations

import pytest

from eig_sheets.spreadsheet.model.base import Workbook, WorkbookError
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from tests.spreadsheet.contract_desk import (
    ADD_RANK,
    ANOMALIES,
    RANKED,
    RANKING,
    Campaign,
    Desk,
    applied,
    look,
    plan,
    rank_column,
)


class SafetyContract(Campaign):
    """All or nothing, on the version that the plan was made for."""

    def test_plan_applies_once(self, desk: Desk):
        book = desk.make_book(self.people)
        once = plan(book.read(), CreateTab(self.ranking))
        book.apply(once)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            book.apply(once)
        assert desk.stored(book) == before

    @pytest.mark.parametrize(
        "impossible",
        [
            ReplaceTab("Absent", RANKING),
            AddColumn("Absent", 1, 4, look(), "rang"),
            AppendRows("Absent", 2, (0,), (look(),), (("x",),)),
            CreateTab(Sheet("classement", "CANDIDATURES", Owner.ROBOT, ())),
        ],
        ids=lambda operation: type(operation).__name__,
    )  # fmt: skip
    def test_plan_that_cannot_apply_changes_nothing(self, desk: Desk, impossible):
        book = desk.make_book(self.people)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            book.apply(plan(book.read(), CreateTab(ANOMALIES), ADD_RANK, impossible))
        assert desk.stored(book) == before

    def test_refusal_is_in_french_with_a_remedy(self, desk: Desk):
        book = desk.make_book(self.people)
        with pytest.raises(WorkbookError, match=r"[éèà’].*\.$"):
            book.apply(Plan("another version", (CreateTab(self.ranking),)))


class PeopleContract(Campaign):
    """Whatever people do between two runs, what we made is known again and what they typed stays."""

    @pytest.fixture
    def book(self, desk: Desk) -> Workbook:
        book = desk.make_book(self.people)
        book.apply(plan(book.read(), CreateTab(self.ranking), *desk.ranked))
        return book

    @pytest.mark.parametrize(
        ("kind", "what", "column"),
        [
            ("rename_tab", {"tab": "Candidatures", "from": "Candidatures", "to": "Dossiers d'été & co"}, 4),
            ("rename_header", {"tab": "Candidatures", "from": "Nom du projet", "to": "Projet"}, 4),
            ("move_column", {"tab": "Candidatures", "header": "Rang", "to": 1}, 1),
            ("move_column", {"tab": "Candidatures", "header": "N° de dossier", "to": 4}, 3),
            ("insert_row", {"tab": "Candidatures", "at": 1}, 4),
            ("insert_row", {"tab": "Candidatures", "at": 3}, 4),
            ("delete_row", {"tab": "Candidatures", "at": 2}, 4),
            ("sort", {"tab": "Candidatures", "by": "N° de dossier", "descending": True}, 4),
        ],
    )
    def test_column_is_known_again(self, desk: Desk, book: Workbook, kind, what, column):
        desk.edit(book, kind, **what)
        snapshot = book.read()
        name = what["to"] if kind == "rename_tab" else "Candidatures"
        assert rank_column(snapshot, name) == column
        people = snapshot.tab(name)
        assert people is not None
        places = [(row, place) for row in range(1, 8) for place in range(7) if people.value(row, place) in RANKED]
        ranks = {people.value(*place): people.value(place[0], column) for place in places}
        assert ranks == {key: rank for key, rank in RANKED.items() if key in ranks}
        assert len(ranks) >= 2

    @pytest.mark.parametrize(
        ("kind", "what"),
        [
            ("insert_row", {"tab": "Classement", "at": 1}),
            ("insert_row", {"tab": "Classement", "at": 5}),
            ("delete_row", {"tab": "Classement", "at": 4}),
            ("set", {"tab": "Classement", "cell": "A1", "value": "à moi"}),
            ("sort", {"tab": "Classement", "by": "N° de dossier", "descending": True}),
            ("move_column", {"tab": "Classement", "header": "Rang", "to": 3}),
            ("rename_tab", {"tab": "Classement", "from": "Classement", "to": "R2"}),
        ],
    )
    def test_robot_tab_is_known_again_and_made_right(self, desk: Desk, book: Workbook, kind, what):
        desk.edit(book, kind, **what)
        name = what.get("to") if kind == "rename_tab" else "Classement"
        assert [tab.mark for tab in book.read().tabs if tab.name == name] == ["classement"]
        after = applied(book, ReplaceTab(name, self.ranking))
        assert Plan("", (ReplaceTab(name, self.ranking),)).changes(after) == []
        assert [(tab.name, tab.mark) for tab in after.tabs] == [
            ("Candidatures", None),
            ("Évaluations", None),
            (name, "classement"),
        ]

    def test_robot_tab_that_people_deleted_is_made_again(self, desk: Desk, book: Workbook):
        desk.edit(book, "delete_tab", tab="Classement")
        assert [tab.name for tab in book.read().tabs] == ["Candidatures", "Évaluations"]
        after = applied(book, CreateTab(self.ranking))
        assert [tab.mark for tab in after.tabs] == [None, None, "classement"]
        assert Plan("", (ReplaceTab("Classement", self.ranking),)).changes(after) == []

    def test_robot_column_that_people_deleted_is_made_again(self, desk: Desk, book: Workbook):
        desk.edit(book, "delete_tab", tab="Évaluations")
        desk.edit(book, "delete_column", tab="Candidatures", header="Rang")
        people = book.read().tab("Candidatures")
        assert people is not None
        assert dict(people.column_marks) == {}
        after = applied(book, *desk.ranked)
        assert rank_column(after) == 4
