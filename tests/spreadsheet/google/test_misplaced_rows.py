"""Rows that were added under other headers are told until people mend them."""

from eig_sheets.spreadsheet.google.verification import recorded, still_misplaced
from eig_sheets.spreadsheet.model.plan import AppendRows
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot

HEADERS = ["N°", "Projet", "Administration"]
ADDED = ("4512309", "Neuf", "Ministère")
BEFORE = TabSnapshot("Candidatures", [HEADERS, ["4512301", "Phares", "Direction"]])
OPERATION = AppendRows("Candidatures", 3, (0, 1, 2), tuple(map(Column, HEADERS)), (ADDED,))
KNOWN = recorded(OPERATION, BEFORE, 7)


def still_misplaced_in(*rows: list[object]) -> list[int]:
    tab = TabSnapshot("Candidatures", [list(row) for row in rows])
    return [row for _, _, row in still_misplaced([KNOWN], {7: tab})]


def test_a_row_under_other_headers_is_found_wherever_it_is():
    moved = ["N°", "Administration", "Projet"]
    assert still_misplaced_in(moved, ["4512301", "Direction", "Phares"], list(ADDED)) == [3]
    assert still_misplaced_in([None], moved, list(ADDED)) == [3]


def test_one_that_was_mended_or_deleted_or_whose_tab_is_gone_is_not():
    moved = ["N°", "Administration", "Projet"]
    assert still_misplaced_in(moved, ["4512309", "Ministère", "Neuf"]) == []
    assert still_misplaced_in(moved, ["4512301", "Direction", "Phares"]) == []
    assert still_misplaced_in(HEADERS, list(ADDED)) == []
    assert [*still_misplaced([KNOWN], {})] == []
