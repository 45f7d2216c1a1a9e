"""A document as a snapshot: rows by their ids, what is shown, marks and links."""

import marshal

import pytest

from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.reading import snapshot, without_link
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import CellError
from tests.spreadsheet.grist.documents import campaign, column, mark, robots, table

ADDRESS = "https://h/o/t/abcdefghijkl/p/3#a1.s4.r2.c5"


def rows(document, title):
    tab = snapshot(document).tab(title)
    assert tab is not None
    return [list(row) for row in tab.rows]


def test_a_row_of_people_is_at_its_id_whatever_was_deleted():
    assert rows(campaign(), "Candidatures") == [["N°", "Rang"], ["4512301", None], [], ["4512303", None]]


def test_rows_of_the_robot_are_in_their_order():
    document = campaign(ranking=table(2, "Classement", robots().columns, {9: ("b", 2), 4: ("a", 1)}))
    assert rows(document, "Classement")[1:] == [["b", 2.0], ["a", 1.0]]


def test_a_row_whose_id_is_no_row_of_any_spreadsheet_is_refused_with_the_remedy():
    document = Document("", (table(1, "Jury", [column(1, "A")], {2**31: ("x",)}),))
    with pytest.raises(WorkbookError, match=r"Table «\u202fJury\u202f».*2147483648.*Copiez cette ligne"):
        snapshot(document)


def test_marks_and_formulas_are_at_the_places_of_their_columns():
    tab = snapshot(campaign()).tab("Candidatures")
    assert tab is not None
    assert (tab.mark, dict(tab.column_marks), dict(tab.formulas)) == ("candidatures", {1: "rang"}, {(1, 1): "None"})


def test_an_unused_table_is_blank_and_keeps_its_mark():
    unused = table(3, "Table1", [column(31, "A", "Any", is_formula=True)])
    document = Document("", (unused,), (mark(3, "jury"),))
    [tab] = snapshot(document).tabs
    assert (tab.rows, tab.mark) == ((), "jury")


def test_a_table_without_rows_has_its_headers_and_a_label_may_lack():
    document = Document("", (table(1, "T", [column(1, "A"), column(2, "", id="b")]),))
    assert rows(document, "T") == [["A", None]]


def test_a_reference_is_read_as_it_is_shown_and_a_text_in_its_place_as_it_is():
    columns = [column(1, "Dossier", "Ref:D", id="d", shown_by="gristHelper_Display")]
    read = table(1, "T", columns, {1: (2,), 2: (0,), 3: (marshal.dumps("4512302", 2),), 4: (9,)})
    error = marshal.dumps(["E", "InvalidTypedValue"], 2)
    cells = {**read.cells, "gristHelper_Display": ("4512301", None, error, error)}
    shown = table(1, "T", columns, {row: (value,) for row, value in zip(read.row_ids, cells["d"], strict=True)})
    shown = type(shown)(**{**{name: getattr(shown, name) for name in shown.__slots__}, "cells": cells})
    values = rows(Document("", (shown,)), "T")[1:]
    assert values == [["4512301"], [None], ["4512302"], [CellError("#InvalidTypedValue")]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Candidatures!C5 {ADDRESS}", "Candidatures!C5"), (ADDRESS, ADDRESS), (f"{ADDRESS} suite", f"{ADDRESS} suite"),
        ("voir https://example.org", "voir https://example.org"), (3.0, 3.0), (None, None),
        ("a http://h/p/3#a1.s4.c5", "a"),
    ],
)  # fmt: skip
def test_the_address_after_the_text_of_a_link_is_not_of_the_text(text, shown):
    assert without_link(text) == shown


def test_only_a_column_of_links_loses_addresses():
    text = f"ici {ADDRESS}"
    columns = [column(1, "A", options={"widget": "HyperLink"}), column(2, "B")]
    assert rows(Document("", (table(1, "T", columns, {1: (text, text)}),)), "T")[1] == ["ici", text]


def test_a_robot_s_column_of_links_that_people_made_show_its_texts_is_read_all_the_same():
    ranking = table(2, "Classement", [column(21, "A"), column(22, "B")], {1: (f"ici {ADDRESS}", f"dit : {ADDRESS}"),
                                                                          2: (f"là {ADDRESS}", "rien")})  # fmt: skip
    assert rows(campaign(ranking=ranking), "Classement")[1:] == [["ici", f"dit : {ADDRESS}"], ["là", "rien"]]
