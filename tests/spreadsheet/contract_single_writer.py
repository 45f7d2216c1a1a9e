"""The part of the contract for workbooks without concurrent editors: cells are set by their position."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.spreadsheet.model.base import Workbook, WorkbookError
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, Uncomputed
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, DeleteRows, FillCells, Plan, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from tests.spreadsheet.contract_desk import (
    ADD_RANK,
    ANOMALIES,
    NUMBERS,
    PEOPLE,
    RANKING,
    SET_RANKS,
    TEXTS,
    Desk,
    applied,
    content,
    look,
    people_cells,
    plan,
    rank_column,
)


class SingleWriterContract:
    """Nobody else writes while we do; the version tells."""

    def test_a_formula_that_nothing_computed_has_no_value(self, desk: Desk):
        tab = desk.make_book({"Feuille": [[Uncomputed("3+0.5")]]}).read().tab("Feuille")
        assert tab is not None
        assert (tab.value(1, 0), dict(tab.formulas)) == (Uncomputed("3+0.5"), {(1, 0): "3+0.5"})

    def test_stale_plan_is_refused(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        stale = plan(book.read(), CreateTab(RANKING))
        desk.edit(book, "set", tab="Candidatures", cell="C2", value=3)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            book.apply(stale)
        assert desk.stored(book) == before

    @pytest.mark.parametrize(
        "impossible",
        [
            SetCells("Absent", 4, look(), ((2, 1),)),
            CreateTab(Sheet("classement", "a/b", Owner.ROBOT, (Column("x"),))),
        ],
        ids=lambda operation: type(operation).__name__,
    )  # fmt: skip
    def test_plan_that_cannot_apply_to_it_changes_nothing(self, desk: Desk, impossible):
        book = desk.make_book(PEOPLE)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            book.apply(plan(book.read(), CreateTab(ANOMALIES), ADD_RANK, impossible))
        assert desk.stored(book) == before

    def test_set_cells_replace_and_clear(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        applied(book, ADD_RANK, SET_RANKS)
        after = applied(book, SetCells("Candidatures", 4, look(), ((2, None), (4, 3))))
        tab = after.tab("Candidatures")
        assert tab is not None
        assert [tab.value(row, 4) for row in (1, 2, 3, 4)] == ["Rang", None, 2, 3]
        assert dict(tab.column_marks) == {4: "rang"}

    def test_operations_apply_in_order(self, desk: Desk):
        outbox = Sheet("emails", "E-mails à envoyer", Owner.OUTBOX, (Column("Id"), Column("Objet")))
        after = applied(
            desk.make_book(PEOPLE), CreateTab(outbox), AddColumn("E-mails à envoyer", 1, 2, Column("État"), "etat"),
            AppendRows("E-mails à envoyer", 2, (0, 1), (look(), look()), (("a", "Objet"), ("b", "Autre"))),
            SetCells("E-mails à envoyer", 2, look(), ((2, "À valider"), (3, "Bloqué"))),
        )  # fmt: skip
        assert content(after, "E-mails à envoyer") == [
            ["Id", "Objet", "État"], ["a", "Objet", "À valider"], ["b", "Autre", "Bloqué"],
        ]  # fmt: skip
        tab = after.tab("E-mails à envoyer")
        assert tab is not None
        assert dict(tab.column_marks) == {2: "etat"}

    @pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
    @pytest.mark.parametrize("format_", [Format.GENERAL, Format.TEXT, Format.NOTE])
    def test_text_stays_text(self, desk: Desk, text, format_):
        book = desk.make_book({"Feuille": [["N°", "x"], ["1", "y"]]})
        sheet = Sheet("classement", "Classement", Owner.ROBOT, (Column("Texte", format_),), ((text,),))
        after = applied(
            book, CreateTab(sheet), AddColumn("Feuille", 1, 2, look(format_), "rang"),
            SetCells("Feuille", 2, look(format_), ((2, text),)),
            AppendRows("Feuille", 3, (1,), (look(format_),), ((text,),)),
        )  # fmt: skip
        assert content(after, "Classement") == [["Texte"], [text]]
        assert content(after, "Feuille") == [["N°", "x", "Rang"], ["1", "y", text], [None, text]]
        assert [dict(tab.formulas) for tab in after.tabs] == [{}, {}]

    @pytest.mark.parametrize("text", ["cloche \x07", "nul \x00", "\ufffe", "escape \x1b"])
    def test_characters_that_xml_cannot_hold_break_nothing(self, desk: Desk, text):
        after = applied(desk.make_book(PEOPLE), ADD_RANK, SetCells("Candidatures", 4, look(), ((2, text),)))
        tab = after.tab("Candidatures")
        assert tab is not None
        readable = "".join(letter for letter in text if letter.isprintable() or letter == " ")
        letters = "" if tab.value(2, 4) is None else str(tab.value(2, 4))
        assert "".join(letter for letter in letters if letter.isprintable() and letter != "\ufffd") == readable

    @pytest.mark.parametrize("number", NUMBERS)
    def test_numbers_keep_their_value_and_kind(self, desk: Desk, number):
        after = applied(desk.make_book(PEOPLE), ADD_RANK, SetCells("Candidatures", 4, look(), ((2, number),)))
        tab = after.tab("Candidatures")
        assert tab is not None
        assert tab.value(2, 4) == number
        assert isinstance(tab.value(2, 4), bool) == isinstance(number, bool)

    @pytest.mark.parametrize("number", [float("nan"), float("inf")])
    def test_what_is_no_number_is_never_written_as_one(self, desk: Desk, number):
        book = desk.make_book(PEOPLE)
        before = desk.stored(book)
        try:
            after = applied(book, ADD_RANK, SetCells("Candidatures", 4, look(), ((2, number),)))
        except (WorkbookError, ValueError):
            assert desk.stored(book) == before
        else:
            assert content(after, "Candidatures")[1][4:] == []

    @pytest.mark.parametrize("format_", [Format.DATE, Format.DATETIME])
    @pytest.mark.parametrize(
        "moment", [datetime(2021, 4, 7, 23, 59, 59), datetime(2021, 4, 7), datetime(1970, 1, 2, 0, 0, 1)]
    )
    def test_moments_are_read_as_written(self, desk: Desk, moment, format_):
        book = desk.make_book(PEOPLE)
        operation = SetCells("Candidatures", 4, look(format_), ((2, moment),))
        after = applied(book, ADD_RANK, operation)
        assert Plan("", (operation,)).changes(after) == []

    def test_text_too_long_for_a_cell_is_never_cut_silently(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        before, text = desk.stored(book), "a" * (MAX_TEXT + 1)
        try:
            after = applied(book, ADD_RANK, SetCells("Candidatures", 4, look(), ((2, text),)))
        except WorkbookError:
            assert desk.stored(book) == before
        else:
            tab = after.tab("Candidatures")
            assert tab is not None
            assert tab.value(2, 4) == text or str(tab.value(2, 4)).endswith("…")

    def test_empty_text_is_a_blank(self, desk: Desk):
        after = applied(desk.make_book(PEOPLE), ADD_RANK, SetCells("Candidatures", 4, look(), ((2, ""),)))
        tab = after.tab("Candidatures")
        assert tab is not None
        assert tab.value(2, 4) is None

    @pytest.fixture
    def ranked(self, desk: Desk) -> Workbook:
        book = desk.make_book(PEOPLE)
        book.apply(plan(book.read(), CreateTab(RANKING), ADD_RANK, SET_RANKS))
        return book

    @pytest.mark.parametrize(
        ("kind", "what", "column"),
        [
            ("rename_header", {"header": "Rang", "from": "Rang", "to": "Place"}, 4),
            ("move_column", {"header": "Rang", "to": 1}, 1),
            ("insert_row", {"at": 3}, 4),
        ],
    )
    def test_cells_are_set_where_people_moved_the_column_to(self, desk: Desk, ranked: Workbook, kind, what, column):
        desk.edit(ranked, kind, tab="Candidatures", **what)
        was = ranked.read().tab("Candidatures")
        after = applied(ranked, SetCells("Candidatures", column, look(), ((3, 9),)))
        assert rank_column(after) == column
        people = after.tab("Candidatures")
        assert people is not None
        assert was is not None
        assert people.value(3, column) == 9
        everywhere = [(row, place) for row in range(1, 8) for place in range(7) if (row, place) != (3, column)]
        assert [people.value(*place) for place in everywhere] == [was.value(*place) for place in everywhere]

    def test_what_people_typed_in_a_robot_column_is_theirs_until_set(self, desk: Desk, ranked: Workbook):
        desk.edit(ranked, "set", tab="Candidatures", cell="E4", value="à vérifier")
        after = applied(ranked, SetCells("Candidatures", 4, look(), ((2, 5),)))
        tab = after.tab("Candidatures")
        assert tab is not None
        assert (tab.value(2, 4), tab.value(4, 4)) == (5, "à vérifier")

    def test_blank_cells_of_people_s_are_filled(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        before = people_cells(PEOPLE, book.read())
        after = people_cells(PEOPLE, applied(book, FillCells("Candidatures", 3, look(), "date_depot", ((4, "hier"),))))
        assert after["Candidatures"][3] == [*before["Candidatures"][3], "hier"]
        assert after["Candidatures"][:3] == before["Candidatures"][:3]
        assert after["Évaluations"] == before["Évaluations"]

    def test_a_cell_that_is_not_blank_any_more_is_not_filled(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            applied(book, FillCells("Candidatures", 2, look(), "nombre_eig", ((2, 3),)))
        assert desk.stored(book) == before

    def test_the_last_rows_are_deleted_and_others_stay(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        row = AppendRows("Candidatures", 5, (0, 1), (look(), look()), (("4512304", "D"), ("4512305", None)))
        before = people_cells(PEOPLE, book.read())
        applied(book, row)
        assert people_cells(PEOPLE, applied(book, DeleteRows("Candidatures", 5, 6, 2))) == before

    def test_a_row_among_others_is_emptied_where_it_is(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        row = AppendRows("Candidatures", 5, (0, 1), (look(), look()), (("4512304", "D"), ("4512305", "E")))
        before = people_cells(PEOPLE, book.read())["Candidatures"]
        applied(book, row)
        after = applied(book, DeleteRows("Candidatures", 5, 5, 2)).tab("Candidatures")
        assert after is not None
        assert people_cells(PEOPLE, book.read())["Candidatures"][: len(before)] == before
        assert [after.value(5, column) for column in (0, 1)] == [None, None]
        assert [after.value(6, column) for column in (0, 1)] == ["4512305", "E"]
