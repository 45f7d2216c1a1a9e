"""What every spreadsheet must do, whatever it is: the same tests for .xlsx and for Google.

A backend's test module subclasses `WorkbookContract` and gives a fixture `desk`, on which people's things happen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

import pytest

from eig_sheets.workbook.base import Workbook, WorkbookError
from eig_sheets.workbook.cells import MAX_TEXT, CellError, Formula, Link, Uncomputed
from eig_sheets.workbook.plan import AddColumn, AppendRows, CreateTab, Operation, Plan, ReplaceTab, SetCells
from eig_sheets.workbook.sheet import Column, Format, Owner, Sheet, Tone
from eig_sheets.workbook.snapshot import Snapshot

Rows = Sequence[Sequence[object]]


class Desk(Protocol):
    """Where people work: it makes workbooks, edits them as people do, and tells exactly what is stored."""

    def make_book(self, tabs: Mapping[str, Rows]) -> Workbook:
        """A workbook with those tabs, from A1; a Formula is computed, an Uncomputed is not."""

    def edit(self, book: Workbook, kind: str, **what: object) -> None:
        """One of people's edits, with the names of the local Sheets server.

        `set` (tab, cell, value), `insert_row` and `delete_row` (tab, 1-based at), `sort` (tab, by, descending),
        `rename_tab` and `rename_header` (from, to), `move_column` (tab, header, 0-based place to),
        `delete_column` (tab, header), `delete_tab` (tab).
        """

    def stored(self, book: Workbook) -> object:
        """Something that differs as soon as anything was written."""


PEOPLE: dict[str, Rows] = {
    "Candidatures": [
        ["N° de dossier", "Nom du projet", "Nombre d’EIG demandés", "Date de dépôt"],
        ["4512301", "Projet A", 2.0, datetime(2021, 3, 1, 9, 30, 15)],
        ["4512302", "=IMPORTXML(1)", 3.0, datetime(2021, 4, 7, 23, 59, 59)],
        ["4512303", " Projet C ", Formula("1+1", 2.0), None],
    ],
    "Évaluations": [
        ["Notes fictives"],
        [],
        ["N° de dossier", "E-mail du juré", "Pertinence"],
        ["4512301", "ada@example.org", Formula("3+0.5", 3.5)],
        ["4512302", "ada@example.org", CellError("#N/A")],
        ["4512303", "ada@example.org", True],
    ],
}
RANKING = Sheet(
    "classement", "Classement", Owner.ROBOT,
    (
        Column("Rang", Format.INTEGER, 8, note="Rang officiel."),
        Column("N° de dossier", width=15),
        Column("Note /20", Format.NOTE, 10, scale=(0, 20)),
        Column("Proposition", tones=(("Lauréat", Tone.GOOD), ("Refusé", Tone.BAD)), choices=("Lauréat", "Refusé")),
        Column("Probabilité de sélection", Format.PERCENT, bar=True),
        Column("Classé le", Format.DATETIME),
    ),
    (
        (1, "4512301", 18.85, "Lauréat", 0.93, datetime(2021, 5, 4, 18, 30)),
        (2, "4512302", 12.5, "Refusé", 0.11, datetime(2021, 5, 4)),
        (None, "4512303", None, "", None, None),
    ),
    banner=("Notes fictives", "⚠ Dernière mise à jour il y a plus de 26 heures"),
)  # fmt: skip
ANOMALIES = Sheet(
    "anomalies", "Anomalies", Owner.ROBOT, (Column("Cellule"), Column("Message", Format.WRAPPED, 60)),
    ((Link("Évaluations!C5", "Évaluations", "C5"), "Cellule en erreur."),),
)  # fmt: skip
TEXTS = (
    "=1+1", "=IMPORTXML(\"https://example.org\";\"//a\")", "+33 1 02 03 04 05", "-1", "@SUM(1)", "'apostrophe", "0012",
    "3,5", "1e5", "07/04/2021", "VRAI", "TRUE", "#REF!", "30 %",
    "<b>&amp; « é » \"'", " espaces ", "\ttabulation\t",
    "ligne 1\nligne 2", "retour\r\nchariot", "_x0041_ et _x005F_", "👩‍💻 𝔘𝔫𝔦", "é" * MAX_TEXT, "narrow\u202fspace\u00a0",
    "]]>", "e\u0301",
)  # fmt: skip
NUMBERS = (0, -0.1, 3.6, 0.1 + 0.2, 1e-12, 123456789012345, 1e300, 18.875, True, False)


def look(format_: Format = Format.GENERAL) -> Column:
    """A plain column."""
    return Column("Rang", format_)


def plan(snapshot: Snapshot, *operations: Operation) -> Plan:
    """A plan made for that snapshot."""
    return Plan(snapshot.version, operations)


def applied(book: Workbook, *operations: Operation) -> Snapshot:
    """What the workbook holds once the operations were applied to it as it was."""
    book.apply(plan(book.read(), *operations))
    return book.read()


def content(snapshot: Snapshot, tab: str) -> list[list[object]]:
    """The cells of a tab, without the blanks at the end of rows nor the blank rows at the end."""
    found = snapshot.tab(tab)
    assert found is not None, f"no tab {tab} in {[t.name for t in snapshot.tabs]}"
    rows = [list(row) for row in found.rows]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def people_cells(snapshot: Snapshot) -> dict[str, list[list[object]]]:
    """The cells of the tabs that PEOPLE has."""
    return {tab: content(snapshot, tab) for tab in PEOPLE}


def rank_column(snapshot: Snapshot, tab: str = "Candidatures") -> int:
    """Where the robot's column `rang` of a tab is."""
    found = snapshot.tab(tab)
    assert found is not None
    places = [column for column, mark in found.column_marks.items() if mark == "rang"]
    assert len(places) == 1, found.column_marks
    return places[0]


ADD_RANK = AddColumn("Candidatures", 1, 4, look(Format.INTEGER), "rang")
SET_RANKS = SetCells("Candidatures", 4, look(Format.INTEGER), ((2, 1), (3, 2), (4, None)))


class ReadContract:
    """Reading gives the cells as they are, where they are."""

    def test_values_are_typed_and_where_they_are(self, desk: Desk):
        cells: Rows = [
            [], [None, "texte", 3.5, True, False, None, datetime(2021, 4, 7, 23, 59, 59), date(2021, 4, 7)], [],
            [None, None, CellError("#DIV/0!"), CellError("#N/A"), Formula("3+0.5", 3.5), Uncomputed("3+0.5")],
        ]  # fmt: skip
        tab = desk.make_book({"Feuille": cells}).read().tab("Feuille")
        assert tab is not None
        assert (tab.value(2, 1), tab.value(2, 2), tab.value(2, 3), tab.value(2, 4)) == ("texte", 3.5, True, False)
        assert tab.value(2, 3) is True
        assert tab.value(2, 6) == datetime(2021, 4, 7, 23, 59, 59)
        assert tab.value(2, 7) in (date(2021, 4, 7), datetime(2021, 4, 7))
        assert (tab.value(4, 2), tab.value(4, 3)) == (CellError("#DIV/0!"), CellError("#N/A"))
        assert (tab.value(4, 4), tab.value(4, 5)) == (3.5, Uncomputed("3+0.5"))
        assert dict(tab.formulas) == {(4, 4): "3+0.5", (4, 5): "3+0.5"}

    def test_blanks_are_none(self, desk: Desk):
        tab = desk.make_book({"Feuille": [["a", None, ""], [], ["", None, "b"]]}).read().tab("Feuille")
        assert tab is not None
        assert [tab.value(row, column) for row in (1, 2, 3, 4) for column in range(4)].count(None) == 14

    def test_tabs_come_in_order_and_may_be_empty(self, desk: Desk):
        snapshot = desk.make_book({"B": [["x"]], "A": [], "L'été & <co>": [["y"]]}).read()
        assert [tab.name for tab in snapshot.tabs] == ["B", "A", "L'été & <co>"]
        assert content(snapshot, "A") == []

    def test_nothing_is_marked_that_we_did_not_mark(self, desk: Desk):
        for tab in desk.make_book(PEOPLE).read().tabs:
            assert (tab.mark, dict(tab.column_marks)) == (None, {})

    def test_version_follows_the_content(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        first = book.read().version
        assert book.read().version == first != ""
        desk.edit(book, "set", tab="Candidatures", cell="C2", value=3)
        assert book.read().version != first

    @pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
    def test_texts_of_people_are_read_as_typed(self, desk: Desk, text):
        assert content(desk.make_book({"Feuille": [[text]]}).read(), "Feuille") == [[text]]


class ApplyContract:
    """Each operation does what it says, and only that."""

    def test_empty_plan_writes_nothing(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        before = desk.stored(book)
        book.apply(plan(book.read()))
        assert desk.stored(book) == before

    def test_created_tab_holds_its_sheet(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        before = people_cells(book.read())
        after = applied(book, CreateTab(RANKING))
        assert [tab.name for tab in after.tabs] == ["Candidatures", "Évaluations", "Classement"]
        tab = after.tab("Classement")
        assert tab is not None
        assert tab.mark == "classement"
        assert people_cells(after) == before
        assert Plan("", (ReplaceTab("Classement", RANKING),)).changes(after) == []

    def test_created_tab_goes_before_the_one_named(self, desk: Desk):
        after = applied(desk.make_book(PEOPLE), CreateTab(RANKING, "Évaluations"), CreateTab(ANOMALIES, "Candidatures"))
        assert [tab.name for tab in after.tabs] == ["Anomalies", "Candidatures", "Classement", "Évaluations"]
        assert [tab.mark for tab in after.tabs] == ["anomalies", None, "classement", None]

    def test_replaced_tab_holds_nothing_of_before(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        longer = Sheet("classement", "Classement", Owner.ROBOT, RANKING.columns, RANKING.rows * 20, RANKING.banner)
        applied(book, CreateTab(longer))
        shorter = Sheet("classement", "Classement", Owner.ROBOT, RANKING.columns[:2], ((7, "4512301"),))
        after = applied(book, ReplaceTab("Classement", shorter))
        assert content(after, "Classement") == [["Rang", "N° de dossier"], [7, "4512301"]]
        assert people_cells(after) == people_cells(desk.make_book(PEOPLE).read())

    def test_replaced_tab_keeps_its_place_name_and_mark(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        applied(book, CreateTab(RANKING, "Évaluations"))
        desk.edit(book, "rename_tab", tab="Classement", **{"from": "Classement", "to": "Résultats (jury)"})
        after = applied(book, ReplaceTab("Résultats (jury)", RANKING))
        assert [(tab.name, tab.mark) for tab in after.tabs] == [
            ("Candidatures", None), ("Résultats (jury)", "classement"), ("Évaluations", None),
        ]  # fmt: skip
        assert Plan("", (ReplaceTab("Résultats (jury)", RANKING),)).changes(after) == []

    def test_column_and_its_values_are_added_alone(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        before = people_cells(book.read())
        after = applied(book, ADD_RANK, SET_RANKS)
        tab = after.tab("Candidatures")
        assert tab is not None
        assert [tab.value(row, 4) for row in (1, 2, 3, 4)] == ["Rang", 1, 2, None]
        assert dict(tab.column_marks) == {4: "rang"}
        expected = [row + [None] * (4 - len(row)) for row in before["Candidatures"]]
        assert [list(row[:4]) + [None] * (4 - len(row)) for row in tab.rows[:4]] == expected
        assert content(after, "Évaluations") == before["Évaluations"]

    def test_set_cells_replace_and_clear(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        applied(book, ADD_RANK, SET_RANKS)
        after = applied(book, SetCells("Candidatures", 4, look(), ((2, None), (4, 3))))
        tab = after.tab("Candidatures")
        assert tab is not None
        assert [tab.value(row, 4) for row in (1, 2, 3, 4)] == ["Rang", None, 2, 3]
        assert dict(tab.column_marks) == {4: "rang"}

    def test_column_may_be_added_without_a_mark(self, desk: Desk):
        after = applied(desk.make_book(PEOPLE), AddColumn("Évaluations", 3, 3, Column("Commentaire")))
        tab = after.tab("Évaluations")
        assert tab is not None
        assert (tab.value(3, 3), dict(tab.column_marks)) == ("Commentaire", {})

    def test_rows_are_appended_in_their_columns(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        before = people_cells(book.read())
        rows = (("4512304", "=HYPERLINK(1)", None), ("4512305", "Projet E", datetime(2021, 4, 1, 12)))
        looks = (look(Format.TEXT), look(Format.WRAPPED), look(Format.DATETIME))
        after = applied(book, AppendRows("Candidatures", 5, (0, 1, 3), looks, rows))
        assert content(after, "Candidatures") == [
            *before["Candidatures"],
            ["4512304", "=HYPERLINK(1)"],
            ["4512305", "Projet E", None, datetime(2021, 4, 1, 12)],
        ]
        assert content(after, "Évaluations") == before["Évaluations"]

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

    def test_same_mark_may_name_columns_of_two_tabs(self, desk: Desk):
        after = applied(desk.make_book(PEOPLE), ADD_RANK, AddColumn("Évaluations", 3, 5, look(), "rang"))
        assert [dict(tab.column_marks) for tab in after.tabs] == [{4: "rang"}, {5: "rang"}]

    def test_formulas_of_people_keep_their_values(self, desk: Desk):
        rank = SetCells("Évaluations", 4, look(), ((4, 1.0),))
        after = applied(
            desk.make_book(PEOPLE), CreateTab(RANKING), AddColumn("Évaluations", 3, 4, look(), "rang"), rank
        )
        tabs = [after.tab(name) for name in PEOPLE]
        assert [dict(tab.formulas) for tab in tabs if tab] == [{(4, 2): "1+1"}, {(4, 2): "3+0.5"}]
        assert [tab.value(4, 2) for tab in tabs if tab] == [2.0, 3.5]

    def test_robot_formulas_and_links_show_their_values(self, desk: Desk):
        sheet = Sheet(
            "tableau_de_bord", "Tableau de bord", Owner.ROBOT, (Column("Mesure"), Column("Valeur")),
            ((Link("Dossiers", "Candidatures", "A1"), Formula("COUNTA(Candidatures!A:A)-1", 3.0)),),
            banner=(Formula('IF(NOW()-1>0,"⚠ Retard","")', ""),),
        )  # fmt: skip
        after = applied(desk.make_book(PEOPLE), CreateTab(sheet))
        tab = after.tab("Tableau de bord")
        assert tab is not None
        assert (tab.value(3, 0), tab.value(3, 1)) == ("Dossiers", 3.0)
        assert dict(tab.formulas) == {(1, 0): 'IF(NOW()-1>0,"⚠ Retard","")', (3, 1): "COUNTA(Candidatures!A:A)-1"}
        assert Plan("", (ReplaceTab("Tableau de bord", sheet),)).changes(after) == []

    def test_link_may_lead_to_a_tab_of_any_name(self, desk: Desk):
        sheet = Sheet(
            "anomalies", "Anomalies d'été", Owner.ROBOT, (Column("Cellule"),), ((Link("ici", "L'été & <co>", "C5"),),)
        )
        after = applied(desk.make_book({"L'été & <co>": [["x"]]}), CreateTab(sheet))
        assert content(after, "Anomalies d'été") == [["Cellule"], ["ici"]]
        assert [tab.mark for tab in after.tabs] == [None, "anomalies"]


class ValuesContract:
    """What is written is what is read; text is never anything else."""

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
        found = "" if tab.value(2, 4) is None else str(tab.value(2, 4))
        assert "".join(letter for letter in found if letter.isprintable() and letter != "\ufffd") == readable

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


class SafetyContract:
    """All or nothing, on the version that the plan was made for."""

    def test_stale_plan_is_refused(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        stale = plan(book.read(), CreateTab(RANKING))
        desk.edit(book, "set", tab="Candidatures", cell="C2", value=3)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            book.apply(stale)
        assert desk.stored(book) == before

    def test_plan_applies_once(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        once = plan(book.read(), CreateTab(RANKING))
        book.apply(once)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            book.apply(once)
        assert desk.stored(book) == before

    @pytest.mark.parametrize(
        "impossible",
        [
            ReplaceTab("Absent", RANKING), SetCells("Absent", 4, look(), ((2, 1),)),
            AddColumn("Absent", 1, 4, look(), "rang"),
            AppendRows("Absent", 2, (0,), (look(),), (("x",),)),
            CreateTab(Sheet("classement", "CANDIDATURES", Owner.ROBOT, ())),
            CreateTab(Sheet("classement", "a/b", Owner.ROBOT, (Column("x"),))),
        ],
        ids=lambda operation: type(operation).__name__,
    )  # fmt: skip
    def test_plan_that_cannot_apply_changes_nothing(self, desk: Desk, impossible):
        book = desk.make_book(PEOPLE)
        before = desk.stored(book)
        with pytest.raises(WorkbookError):
            book.apply(plan(book.read(), CreateTab(ANOMALIES), ADD_RANK, impossible))
        assert desk.stored(book) == before

    def test_refusal_is_in_french_with_a_remedy(self, desk: Desk):
        book = desk.make_book(PEOPLE)
        with pytest.raises(WorkbookError, match=r"[éèà’].*\.$"):
            book.apply(Plan("another version", (CreateTab(RANKING),)))


class PeopleContract:
    """Whatever people do between two runs, what we made is known again and what they typed stays."""

    @pytest.fixture
    def book(self, desk: Desk) -> Workbook:
        book = desk.make_book(PEOPLE)
        book.apply(plan(book.read(), CreateTab(RANKING), ADD_RANK, SET_RANKS))
        return book

    @pytest.mark.parametrize(
        ("kind", "what", "column"),
        [
            ("rename_tab", {"tab": "Candidatures", "from": "Candidatures", "to": "Dossiers d'été & co"}, 4),
            ("rename_header", {"tab": "Candidatures", "from": "Rang", "to": "Place"}, 4),
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
        after = applied(book, SetCells(name, column, look(), ((3, 9),)))
        assert rank_column(after, name) == column
        found, was = after.tab(name), snapshot.tab(name)
        assert found is not None
        assert was is not None
        assert found.value(3, column) == 9
        everywhere = [(row, place) for row in range(1, 8) for place in range(7) if (row, place) != (3, column)]
        assert [found.value(*place) for place in everywhere] == [was.value(*place) for place in everywhere]

    @pytest.mark.parametrize(
        ("kind", "what"),
        [
            ("insert_row", {"tab": "Classement", "at": 1}),
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
        after = applied(book, ReplaceTab(name, RANKING))
        assert Plan("", (ReplaceTab(name, RANKING),)).changes(after) == []
        assert [(tab.name, tab.mark) for tab in after.tabs] == [
            ("Candidatures", None),
            ("Évaluations", None),
            (name, "classement"),
        ]

    def test_robot_tab_that_people_deleted_is_made_again(self, desk: Desk, book: Workbook):
        desk.edit(book, "delete_tab", tab="Classement")
        assert [tab.name for tab in book.read().tabs] == ["Candidatures", "Évaluations"]
        after = applied(book, CreateTab(RANKING))
        assert [tab.mark for tab in after.tabs] == [None, None, "classement"]
        assert Plan("", (ReplaceTab("Classement", RANKING),)).changes(after) == []

    def test_robot_column_that_people_deleted_is_made_again(self, desk: Desk, book: Workbook):
        desk.edit(book, "delete_tab", tab="Évaluations")
        desk.edit(book, "delete_column", tab="Candidatures", header="Rang")
        found = book.read().tab("Candidatures")
        assert found is not None
        assert dict(found.column_marks) == {}
        after = applied(book, ADD_RANK, SET_RANKS)
        assert rank_column(after) == 4

    def test_what_people_typed_in_a_robot_column_is_theirs_until_set(self, desk: Desk, book: Workbook):
        desk.edit(book, "set", tab="Candidatures", cell="E4", value="à vérifier")
        after = applied(book, SetCells("Candidatures", 4, look(), ((2, 5),)))
        tab = after.tab("Candidatures")
        assert tab is not None
        assert (tab.value(2, 4), tab.value(4, 4)) == (5, "à vérifier")


class WorkbookContract(ReadContract, ApplyContract, ValuesContract, SafetyContract, PeopleContract):
    """All of it."""
