"""The copy of a snapshot: values and headers as they are, of whatever spreadsheet."""

from datetime import date, datetime

import pytest

from eig_sheets.features.copies.snapshots import read_snapshot
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot


def copied(*rows, **more):
    made = read_snapshot(Snapshot((TabSnapshot("Jury", tuple(rows), **more),)), "campagne.textes.txt")
    return made, made.tabs[0]


def values(copied_tab):
    return [[cell.value for cell in row] for row in copied_tab.tab.rows]


def test_headers_stand_out_and_blank_rows_are_left_out():
    _, tab = copied(("Nom", None), (), ("Ada", 3.5), (None, None), ("Zoé",))
    assert values(tab) == [["Nom", None], ["Ada", 3.5], ["Zoé"]]
    assert (tab.tab.rows[0][0].style.bold, tab.tab.rows[1][0].style.bold, tab.tab.frozen_rows) == (True, False, 1)


def test_a_tab_without_anything():
    _, tab = copied()
    assert (values(tab), tab.tab.frozen_rows) == ([], 0)


@pytest.mark.parametrize(
    ("value", "written", "number_format"),
    [
        (datetime(2021, 4, 7, 12), 44293.5, "dd/mm/yyyy hh:mm"), (date(2021, 4, 7), 44293.0, "dd/mm/yyyy"),
        (True, True, ""), ("=1+1", "=1+1", ""), (CellError("#N/A"), CellError("#N/A"), ""),
        (CellError("#ZeroDivisionError"), CellError("#VALUE!"), ""),
    ],
)  # fmt: skip
def test_a_value_in_the_file(value, written, number_format):
    _, tab = copied(("A",), (value,))
    [cell] = tab.tab.rows[1]
    assert (cell.value, cell.style.number_format) == (written, number_format)
    assert type(cell.value) is type(written)


def test_what_is_longer_than_a_cell_of_a_file_is_kept_beside():
    text = "é" * 40_000
    made, tab = copied(("A",), (text,))
    assert [(long.tab, long.text) for long in made.long_texts] == [("Jury", text)]
    assert "campagne.textes.txt" in str(tab.tab.rows[1][0].value)


def test_marks_and_formulas_are_remembered():
    _, tab = copied(("A", "B"), ("x", 2.0), formulas={(1, 1): "$A * 2"}, mark="jury", column_marks={0: "nom"})
    assert (tab.tab.mark, tab.tab.column_marks, tab.remarks.formulas) == ("jury", {0: "nom"}, ["B1"])
