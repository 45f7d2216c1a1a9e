"""The contract of every backend: the same tests for .xlsx and for Google.

A backend's test module subclasses `WorkbookContract` and gives a fixture `desk`, on which people's things happen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from eig_sheets.run.appended_rows import with_rows
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Formula, Link, WrittenValue
from eig_sheets.spreadsheet.model.diagnosis import FindingStatus
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.text.french import typographic
from tests.spreadsheet.contract_desk import (
    ADD_RANK,
    ANOMALIES,
    NUMBERS,
    TEXTS,
    Campaign,
    Desk,
    Rows,
    applied,
    content,
    look,
    people_cells,
    plan,
)
from tests.spreadsheet.contract_first_view import FirstViewContract
from tests.spreadsheet.contract_home import HomeContract
from tests.spreadsheet.contract_people import PeopleContract, SafetyContract


class ReadContract(Campaign):
    """Reading gives the cells as they are, where they are."""

    def test_values_are_typed_and_where_they_are(self, desk: Desk):
        cells: Rows = [
            [], [None, "texte", 3.5, True, False, None, datetime(2021, 4, 7, 23, 59, 59), date(2021, 4, 7)], [],
            [None, None, CellError("#DIV/0!"), CellError("#N/A"), Formula("7/2", 3.5)],
        ]  # fmt: skip
        tab = desk.make_book({"Feuille": cells}).read().tab("Feuille")
        assert tab is not None
        assert (tab.value(2, 1), tab.value(2, 2), tab.value(2, 3), tab.value(2, 4)) == ("texte", 3.5, True, False)
        assert tab.value(2, 3) is True
        assert tab.value(2, 6) == datetime(2021, 4, 7, 23, 59, 59)
        assert tab.value(2, 7) in (date(2021, 4, 7), datetime(2021, 4, 7))
        assert (tab.value(4, 2), tab.value(4, 3)) == (CellError("#DIV/0!"), CellError("#N/A"))
        assert tab.value(4, 4) == 3.5
        assert dict(tab.formulas) == {(4, 4): "7/2"}

    def test_what_was_read_says_what_the_workbook_can_do(self, desk: Desk):
        book = desk.make_book({"Feuille": [["a"]]})
        assert book.read().capabilities == book.capabilities

    def test_blanks_are_none(self, desk: Desk):
        tab = desk.make_book({"Feuille": [["a", None, ""], [], ["", None, "b"]]}).read().tab("Feuille")
        assert tab is not None
        assert [tab.value(row, column) for row in (1, 2, 3, 4) for column in range(4)].count(None) == 14

    def test_tabs_come_in_order_and_may_be_empty(self, desk: Desk):
        snapshot = desk.make_book({"B": [["x"]], "A": [], "L'été & <co>": [["y"]]}).read()
        assert [tab.name for tab in snapshot.tabs] == ["B", "A", "L'été & <co>"]
        assert content(snapshot, "A") == []

    def test_nothing_is_marked_that_we_did_not_mark(self, desk: Desk):
        for tab in desk.make_book(self.people).read().tabs:
            assert (tab.mark, dict(tab.column_marks)) == (None, {})

    def test_version_follows_the_content(self, desk: Desk):
        book = desk.make_book(self.people)
        first = book.read().version
        assert book.read().version == first != ""
        desk.edit(book, "set", tab="Candidatures", cell="C2", value=3)
        assert book.read().version != first

    @pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
    def test_texts_of_people_are_read_as_typed(self, desk: Desk, text):
        assert content(desk.make_book({"Feuille": [[text]]}).read(), "Feuille") == [[text]]


class DiagnosisContract(Campaign):
    """What is said of a workbook that the robot can work with."""

    def test_a_workbook_that_works_has_no_error_and_is_not_touched(self, desk: Desk):
        book = desk.make_book(self.people)
        before = desk.stored(book)
        findings = [*book.diagnose({})]
        assert findings
        assert [finding for finding in findings if finding.status is FindingStatus.ERROR] == []
        assert [finding for finding in findings if (finding.status is FindingStatus.OK) == bool(finding.remedy)] == []
        assert [finding for finding in findings if typographic(finding.message) != finding.message] == []
        assert desk.stored(book) == before


class ApplyContract(Campaign):
    """Each operation does what it says, and only that."""

    def test_empty_plan_writes_nothing(self, desk: Desk):
        book = desk.make_book(self.people)
        before = desk.stored(book)
        book.apply(plan(book.read()))
        assert desk.stored(book) == before

    def test_created_tab_holds_its_sheet(self, desk: Desk):
        book = desk.make_book(self.people)
        before = people_cells(self.people, book.read())
        after = applied(book, CreateTab(self.ranking))
        assert [tab.name for tab in after.tabs] == ["Candidatures", "Évaluations", "Classement"]
        tab = after.tab("Classement")
        assert tab is not None
        assert tab.mark == "classement"
        assert people_cells(self.people, after) == before
        assert Plan("", (ReplaceTab("Classement", self.ranking),)).changes(after) == []

    def test_created_tab_goes_before_the_one_named(self, desk: Desk):
        after = applied(
            desk.make_book(self.people), CreateTab(self.ranking, "Évaluations"), CreateTab(ANOMALIES, "Candidatures")
        )
        assert [tab.name for tab in after.tabs] == ["Anomalies", "Candidatures", "Classement", "Évaluations"]
        assert [tab.mark for tab in after.tabs] == ["anomalies", None, "classement", None]

    def test_replaced_tab_holds_nothing_of_before(self, desk: Desk):
        book = desk.make_book(self.people)
        longer = Sheet(
            "classement", "Classement", Owner.ROBOT, self.ranking.columns, self.ranking.rows * 20, self.ranking.banner
        )
        applied(book, CreateTab(longer))
        shorter = Sheet("classement", "Classement", Owner.ROBOT, self.ranking.columns[:2], ((7, "4512301"),))
        after = applied(book, ReplaceTab("Classement", shorter))
        assert content(after, "Classement") == [["Rang", "N° de dossier"], [7, "4512301"]]
        assert people_cells(self.people, after) == people_cells(self.people, desk.make_book(self.people).read())

    def test_columns_that_come_between_others_have_their_values_and_go_again(self, desk: Desk):
        """As those of the recruitment in `Cofinancement`, once somebody is recruited."""
        book = desk.make_book(self.people)
        before = people_cells(self.people, book.read())
        applied(book, CreateTab(self.ranking))
        more = (Column("EIG recrutés", Format.INTEGER, 10), Column("Écart", Format.EURO, 16))
        wider = replace(
            self.ranking,
            columns=(*self.ranking.columns[:2], *more, *self.ranking.columns[2:]),
            rows=tuple((*row[:2], 2, -16730.67, *row[2:]) for row in self.ranking.rows),
        )
        for sheet in (wider, self.ranking):
            after = applied(book, ReplaceTab("Classement", sheet))
            assert Plan("", (ReplaceTab("Classement", sheet),)).changes(after) == []
            headers = content(after, "Classement")[sheet.header_row - 1]
            assert headers == [column.header for column in sheet.columns]
            assert people_cells(self.people, after) == before

    def test_formats_and_lines_above_change_with_the_values_and_are_then_left(self, desk: Desk):
        book = desk.make_book(self.people)
        lines = ("21 dossiers ex aequo",) if applied(book, CreateTab(self.ranking)).capabilities.title_rows else ()
        place = next(n for n, column in enumerate(self.ranking.columns) if column.format is Format.PERCENT)
        nights = ((Format.PROBABILITY_2, 0.2496, lines), (Format.PROBABILITY, 0.24, ()))
        for format_, probability, above in nights:
            columns = list(self.ranking.columns)
            columns[place] = replace(columns[place], format=format_)
            rows = tuple((*row[:place], probability, *row[place + 1 :]) for row in self.ranking.rows)
            sheet = replace(self.ranking, columns=tuple(columns), rows=rows, banner=(*self.ranking.banner, *above))
            after = applied(book, ReplaceTab("Classement", sheet))
            tab = after.tab("Classement")
            assert tab is not None
            assert [tab.value(sheet.header_row + n, place) for n in (1, 2, 3)] == [probability] * 3
            assert Plan("", (ReplaceTab("Classement", sheet),)).changes(after) == []
            assert tab.look == (sheet.look if after.capabilities.look_digests else tab.look)

    def test_replaced_tab_keeps_its_place_name_and_mark(self, desk: Desk):
        book = desk.make_book(self.people)
        applied(book, CreateTab(self.ranking, "Évaluations"))
        desk.edit(book, "rename_tab", tab="Classement", **{"from": "Classement", "to": "Résultats (jury)"})
        after = applied(book, ReplaceTab("Résultats (jury)", self.ranking))
        assert [(tab.name, tab.mark) for tab in after.tabs] == [
            ("Candidatures", None), ("Résultats (jury)", "classement"), ("Évaluations", None),
        ]  # fmt: skip
        assert Plan("", (ReplaceTab("Résultats (jury)", self.ranking),)).changes(after) == []

    def test_column_and_its_values_are_added_alone(self, desk: Desk):
        book = desk.make_book(self.people)
        before = people_cells(self.people, book.read())
        after = applied(book, CreateTab(self.ranking), *desk.ranked)
        tab = after.tab("Candidatures")
        assert tab is not None
        assert [tab.value(row, 4) for row in (1, 2, 3, 4)] == ["Rang", 1, 2, None]
        assert dict(tab.column_marks) == {4: "rang"}
        expected = [row + [None] * (4 - len(row)) for row in before["Candidatures"]]
        assert [list(row[:4]) + [None] * (4 - len(row)) for row in tab.rows[:4]] == expected
        assert content(after, "Évaluations") == before["Évaluations"]

    def test_column_may_be_added_without_a_mark(self, desk: Desk):
        after = applied(
            desk.make_book(self.people), AddColumn("Évaluations", self.header_row, 3, Column("Commentaire"))
        )
        tab = after.tab("Évaluations")
        assert tab is not None
        assert (tab.value(self.header_row, 3), dict(tab.column_marks)) == ("Commentaire", {})

    def test_rows_are_appended_in_their_columns(self, desk: Desk):
        book = desk.make_book(self.people)
        before = people_cells(self.people, book.read())
        rows = (("4512304", "=HYPERLINK(1)", None), ("4512305", "Projet E", datetime(2021, 4, 1, 12)))
        looks = (look(Format.TEXT), look(Format.WRAPPED), look(Format.DATETIME))
        after = applied(book, AppendRows("Candidatures", 5, (0, 1, 3), looks, rows))
        assert content(after, "Candidatures") == [
            *before["Candidatures"],
            ["4512304", "=HYPERLINK(1)"],
            ["4512305", "Projet E", None, datetime(2021, 4, 1, 12)],
        ]
        assert content(after, "Évaluations") == before["Évaluations"]

    def test_rows_and_tabs_to_come_read_as_they_were_foreseen(self, desk: Desk):
        """As a run does that appends milestones, and works out at once what they say."""
        book = desk.make_book(self.people)
        before = book.read()
        looks = (look(Format.TEXT), look(Format.WRAPPED), look(Format.DATE))
        rows = (("4512304", "Contrats signés", datetime(2021, 9, 6)), ("4512305", None, datetime(2022, 6, 30)))
        headers = ("N° de dossier", "Jalon", "Échéance")
        columns = tuple(Column(header, column.format) for header, column in zip(headers, looks, strict=True))
        added = AppendRows("Candidatures", 5, (0, 1, 3), looks, rows)
        made = CreateTab(Sheet("suivi", "Suivi", Owner.PEOPLE, columns, rows))
        foreseen = with_rows(with_rows(before, added), made)
        after = applied(book, added, made)
        for name in ("Candidatures", "Suivi"):
            assert content(foreseen, name) == content(after, name)

    def test_rows_may_be_appended_below_blank_rows_and_to_a_tab_of_headers(self, desk: Desk):
        book = desk.make_book({"Jury": [["Nom", "E-mail"]], "Vide": []})
        look_ = (look(Format.TEXT),)
        after = applied(
            book,
            AppendRows("Jury", 2, (1,), look_, (("a@example.org",),)),
            AppendRows("Vide", 4, (2,), look_, (("x",),)),
        )
        assert content(after, "Jury") == [["Nom", "E-mail"], [None, "a@example.org"]]
        assert content(after, "Vide") == [[], [], [], [None, None, "x"]]

    def test_same_mark_may_name_columns_of_two_tabs(self, desk: Desk):
        after = applied(
            desk.make_book(self.people), ADD_RANK, AddColumn("Évaluations", self.header_row, 5, look(), "rang")
        )
        assert [dict(tab.column_marks) for tab in after.tabs] == [{4: "rang"}, {5: "rang"}]

    def test_formulas_of_people_keep_their_values(self, desk: Desk):
        after = applied(
            desk.make_book(self.people),
            CreateTab(self.ranking),
            AddColumn("Évaluations", self.header_row, 4, look(), "rang"),
        )
        tabs = [after.tab(name) for name in self.people]
        assert [dict(tab.formulas) for tab in tabs if tab] == [{(4, 2): "1+1"}, {(4, 2): "7/2"}]
        assert [tab.value(4, 2) for tab in tabs if tab] == [2.0, 3.5]

    def test_robot_formulas_and_links_show_their_values(self, desk: Desk):
        sheet = Sheet(
            "accueil", "Accueil", Owner.ROBOT, (Column("Mesure"), Column("Valeur")),
            ((Link("Dossiers", "Candidatures", "A1"), Formula("COUNTA(Candidatures!A:A)-1", 3.0)),),
            banner=(Formula('IF(NOW()-1>0,"⚠ Retard","")', ""),),
        )  # fmt: skip
        after = applied(desk.make_book(self.people), CreateTab(sheet))
        tab = after.tab("Accueil")
        assert tab is not None
        assert (tab.value(3, 0), tab.value(3, 1)) == ("Dossiers", 3.0)
        assert dict(tab.formulas) == {(1, 0): 'IF(NOW()-1>0,"⚠ Retard","")', (3, 1): "COUNTA(Candidatures!A:A)-1"}
        assert Plan("", (ReplaceTab("Accueil", sheet),)).changes(after) == []

    def test_link_may_lead_to_a_tab_of_any_name(self, desk: Desk):
        sheet = Sheet(
            "anomalies", "Anomalies d'été", Owner.ROBOT, (Column("Cellule"),), ((Link("ici", "L'été & <co>", "C5"),),)
        )
        after = applied(desk.make_book({"L'été & <co>": [["x"]]}), CreateTab(sheet))
        assert content(after, "Anomalies d'été") == [["Cellule"], ["ici"]]
        assert [tab.mark for tab in after.tabs] == [None, "anomalies"]


class ValuesContract(Campaign):
    """What is written is what is read, in a tab of ours and in rows that we add; text is never anything else."""

    def written(self, desk: Desk, value: WrittenValue, format_: Format = Format.GENERAL) -> list[CellValue]:
        book = desk.make_book({"Feuille": [["N°", "x"], ["1", "y"]]})
        sheet = Sheet("classement", "Classement", Owner.ROBOT, (Column("Valeur", format_),), ((value,), ("fin",)))
        row = AppendRows("Feuille", 3, (0, 1), (look(), look(format_)), (("2", value),))
        after = applied(book, CreateTab(sheet), row)
        ours, people_tab = after.tab("Classement"), after.tab("Feuille")
        assert ours is not None
        assert people_tab is not None
        assert not ours.formulas
        assert not people_tab.formulas
        assert (people_tab.value(1, 1), people_tab.value(2, 1), people_tab.value(3, 0)) == ("x", "y", "2")
        assert Plan("", (ReplaceTab("Classement", sheet),)).changes(after) == []
        return [ours.value(2, 0), people_tab.value(3, 1)]

    @pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
    @pytest.mark.parametrize("format_", [Format.GENERAL, Format.TEXT, Format.NOTE])
    def test_text_stays_text(self, desk: Desk, text, format_):
        assert self.written(desk, text, format_) == [text, text]

    @pytest.mark.parametrize("number", NUMBERS)
    def test_numbers_keep_their_value_and_kind(self, desk: Desk, number):
        cells = self.written(desk, number)
        assert cells == [number, number]
        assert [isinstance(value, bool) for value in cells] == [isinstance(number, bool)] * 2

    @pytest.mark.parametrize("format_", [Format.DATE, Format.DATETIME])
    @pytest.mark.parametrize(
        "moment", [datetime(2021, 4, 7, 23, 59, 59), datetime(2021, 4, 7), datetime(1970, 1, 2, 0, 0, 1)]
    )
    def test_moments_are_read_as_written(self, desk: Desk, moment, format_):
        assert self.written(desk, moment, format_) == [moment, moment]

    def test_empty_text_is_a_blank(self, desk: Desk):
        assert self.written(desk, "") == [None, None]

    @pytest.mark.parametrize("number", [float("nan"), float("inf")])
    def test_what_is_no_number_is_never_written_as_one(self, desk: Desk, number):
        book = desk.make_book(self.people)
        before = desk.stored(book)
        sheet = Sheet("classement", "Classement", Owner.ROBOT, (Column("Valeur"),), ((number,),))
        try:
            after = applied(book, CreateTab(sheet))
        except (WorkbookError, ValueError):
            assert desk.stored(book) == before
        else:
            assert content(after, "Classement") == [["Valeur"]]

    def test_text_too_long_for_a_cell_is_never_cut_silently(self, desk: Desk):
        book = desk.make_book(self.people)
        before, text = desk.stored(book), "a" * 50_001
        try:
            after = applied(book, CreateTab(Sheet("c", "C", Owner.ROBOT, (Column("Texte"),), ((text,),))))
        except WorkbookError:
            assert desk.stored(book) == before
        else:
            assert str(content(after, "C")[1][0]).endswith("…")


class WorkbookContract(
    ReadContract,
    DiagnosisContract,
    ApplyContract,
    HomeContract,
    ValuesContract,
    FirstViewContract,
    SafetyContract,
    PeopleContract,
):
    """All of it."""
