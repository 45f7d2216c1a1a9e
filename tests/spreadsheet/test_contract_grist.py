"""The contract of every backend, on a real Grist server: no titles, one formula a column, a row found by its id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from eig_sheets.spreadsheet.model.cells import CellError, Formula, Link
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from tests.effort import spread
from tests.spreadsheet.contract import WorkbookContract
from tests.spreadsheet.contract_desk import ADD_RANK, PEOPLE, RANKING, TEXTS, Campaign, Desk, applied, content, look
from tests.spreadsheet.grist_desk import GristDesk

PLAIN = {
    "Candidatures": [
        PEOPLE["Candidatures"][0],
        *([*row[:2], float(place), *row[3:]] for place, row in enumerate(PEOPLE["Candidatures"][1:])),
    ],
    "Évaluations": [["N° de dossier", "E-mail du juré", "Pertinence"], ["4512301", "ada@example.org", 3.5]],
}  # fmt: skip


class OnGrist(Campaign):
    people = PLAIN
    ranking = replace(RANKING, banner=())
    header_row = 1

    @pytest.fixture
    def desk(self, grist):
        return GristDesk(grist, self.ranking)


class TestGristInShort(OnGrist):
    """Of the contract, what no other test of Grist's fast ones tries: each takes a server some tenths of a second."""

    test_created_tab_holds_its_sheet = WorkbookContract.test_created_tab_holds_its_sheet
    test_replaced_tab_keeps_its_place_name_and_mark = WorkbookContract.test_replaced_tab_keeps_its_place_name_and_mark
    test_column_and_its_values_are_added_alone = WorkbookContract.test_column_and_its_values_are_added_alone
    test_a_tab_is_made_hidden_and_stays_as_people_leave_it = (
        WorkbookContract.test_a_tab_is_made_hidden_and_stays_as_people_leave_it
    )
    test_a_workbook_that_works_has_no_error_and_is_not_touched = (
        WorkbookContract.test_a_workbook_that_works_has_no_error_and_is_not_touched
    )


FORMATS = (Format.GENERAL, Format.TEXT, Format.NOTE)
OF_TEXTS = [(text, FORMATS[(place + turn) % 3]) for place, text in enumerate(TEXTS) for turn in range(3)]
"""Each text in each format: every third one is another text, in another format than the one before."""


@pytest.mark.slow
class TestGrist(OnGrist, WorkbookContract):
    @pytest.mark.parametrize(("text", "format_"), spread(25, OF_TEXTS), ids=lambda text: text[:12])
    def test_text_stays_text(self, desk: Desk, text, format_):
        assert self.written(desk, text, format_) == [text, text]

    def test_values_are_typed_and_where_they_are(self, desk: Desk):
        moment, day = datetime(2021, 4, 7, 23, 59, 59), date(2021, 4, 7)
        headers = [f"c{place}" for place in range(9)]
        cells = [headers, ["texte", 3.5, True, False, None, moment, day, CellError("#N/A"), Formula("7/2", 3.5)]]
        tab = desk.make_book({"Feuille": cells}).read().tab("Feuille")
        assert tab is not None
        read = [tab.value(2, column) for column in range(9)]
        typed = ["texte", 3.5, True, False, None, moment, datetime(2021, 4, 7)]
        assert read == [*typed, CellError("#ZeroDivisionError"), 3.5]
        assert read[2] is True
        assert dict(tab.formulas) == {(1, 7): "1/0", (1, 8): "7/2"}

    def test_rows_may_be_appended_below_blank_rows_and_to_a_tab_of_headers(self, desk: Desk):
        book = desk.make_book({"Jury": [["Nom", "E-mail"]], "Vide": []})
        row = AppendRows("Jury", 2, (1,), (look(Format.TEXT),), (("a@example.org",),))
        assert content(applied(book, row), "Jury") == [["Nom", "E-mail"], [None, "a@example.org"]]

    def test_same_mark_may_name_columns_of_two_tabs(self, desk: Desk):
        book = desk.make_book(self.people)
        after = applied(book, ADD_RANK, AddColumn("Évaluations", 1, 3, look(), "rang"))
        assert [dict(tab.column_marks) for tab in after.tabs] == [{4: "rang"}, {3: "rang"}]

    def test_formulas_of_people_keep_their_values(self, desk: Desk):
        people = {"Feuille": [["N°", "Double"], ["1", Formula("$c0 * 2", "11")]]}
        after = applied(desk.make_book(people), CreateTab(self.ranking), AddColumn("Feuille", 1, 2, look(), "rang"))
        tab = after.tab("Feuille")
        assert tab is not None
        assert (dict(tab.formulas), tab.value(2, 1)) == ({(1, 1): "$c0 * 2"}, "11")

    def test_robot_formulas_and_links_show_their_values(self, desk: Desk):
        sheet = Sheet(
            "anomalies", "Anomalies", Owner.ROBOT, (Column("Cellule"), Column("Valeur")),
            ((Link("ici", "Candidatures", "A3"), Formula("1+2", 3.0)),),
        )  # fmt: skip
        book = desk.make_book(self.people)
        after = applied(book, CreateTab(sheet))
        assert content(after, "Anomalies") == [["Cellule", "Valeur"], ["ici", 3.0]]
        written = desk.document(book).table("Anomalies")
        assert written is not None
        [link] = written.cells["Anomalies_Cellule"]
        people_table = desk.document(book).table("Candidatures")
        assert people_table is not None
        column = people_table.columns[0].ref
        assert link.startswith(f"ici {desk.server.url}/")
        assert f"/p/{people_table.primary_view}#a1.s" in link
        assert link.endswith(f".r2.c{column}")
