"""The cells that a plan changes, as a dry run prints them."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import CellError, Formula, Link
from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.plan import (
    AddColumn,
    AppendRows,
    Change,
    CreateTab,
    Equip,
    Plan,
    ReplaceTab,
    SetCells,
    differs,
)
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.workbook.snapshots import shown

pytestmark = pytest.mark.newest

COLUMNS = (Column("Rang"), Column("Dossier"))
SHEET = Sheet(
    "classement", "Classement", Owner.ROBOT, COLUMNS, ((1, Link("101", "Candidatures", "A2")), (2, "102")), ("EIG5",)
)


def changes(operation, *tabs: TabSnapshot) -> list[tuple[str, object, object]]:
    plan = Plan("1", (operation,))
    changed = plan.changes(Snapshot(tabs))
    assert len(changed) == plan.change_count(Snapshot(tabs))
    assert bool(changed) == differs(operation, Snapshot(tabs))
    return [(change.cell, change.old, change.new) for change in changed]


def test_a_new_tab_changes_every_cell_that_it_fills():
    assert changes(CreateTab(SHEET)) == [
        ("A1", None, "EIG5"), ("A2", None, "Rang"), ("B2", None, "Dossier"), ("A3", None, 1), ("B3", None, "101"),
        ("A4", None, 2), ("B4", None, "102"),
    ]  # fmt: skip


def test_a_tab_that_shows_it_already_changes_nothing():
    assert changes(ReplaceTab("Classement", SHEET), shown(SHEET)) == []


def test_a_formula_of_ours_that_shows_an_error_is_written_again():
    sheet = Sheet("accueil", "X", Owner.ROBOT, COLUMNS, (), (Formula("1+1", 2.0),))
    headers = [column.header for column in COLUMNS]
    for value, expected in ((2.0, []), (CellError("#REF!"), [("A1", "=1+1", "=1+1")])):
        assert (
            changes(ReplaceTab("X", sheet), TabSnapshot("X", [[value], headers], formulas={(1, 0): "1+1"})) == expected
        )


def test_a_tab_changes_where_it_differs_and_blanks_what_is_beyond():
    rows = [["EIG5"], ["Rang", "Dossier"], [1.0, "101", "à moi"], [2.0, "102"], ["reste"]]
    assert changes(ReplaceTab("X", SHEET), TabSnapshot("X", rows)) == [("C3", "à moi", None), ("A5", "reste", None)]


def test_a_column_a_row_and_cells():
    tab = TabSnapshot("Candidatures", [["N°", None], ["101", 1.0]])
    assert changes(AddColumn("Candidatures", 1, 2, Column("Rang")), tab) == [("C1", None, "Rang")]
    cells = SetCells("Candidatures", 1, COLUMNS[0], ((2, 1), (3, 2), (4, None)))
    assert changes(cells, tab) == [("B3", None, 2)]
    rows = AppendRows("Candidatures", 3, (0, 2), COLUMNS, (("102", None), ("=1+1", True)))
    assert changes(rows, tab) == [("A3", None, "102"), ("A4", None, "=1+1"), ("C4", None, True)]


def test_a_formula_differs_by_its_text_and_a_value_never_is_a_formula():
    tab = TabSnapshot("X", [[2.0, 2.0, "b"]], formulas={(1, 0): "1+1", (1, 1): "1+1"})
    formula = Formula("1+1", 2.0)
    cells = [SetCells("X", column, COLUMNS[0], ((1, value),)) for column, value in enumerate((formula, 2.0, formula))]
    assert [changes(value, tab) for value in cells] == [[], [("B1", "=1+1", 2.0)], [("C1", "b", "=1+1")]]
    assert changes(SetCells("X", 0, COLUMNS[0], ((1, Formula("2+2")),)), tab) == [("A1", "=1+1", "=2+2")]


def test_changes_are_in_the_order_of_the_operations_and_name_their_tab():
    operations = (
        CreateTab(Sheet("journal", "Journal", Owner.ROBOT, COLUMNS[:1])),
        SetCells("X", 0, COLUMNS[0], ((1, 5),)),
    )
    assert Plan("1", operations).changes(Snapshot(())) == [
        Change("Journal", "A1", None, "Rang"),
        Change("X", "A1", None, 5),
    ]


def test_an_empty_plan_is_false():
    assert not Plan("1")
    assert Plan("1", (CreateTab(SHEET),))


@pytest.mark.parametrize(
    ("old", "new", "equal"),
    [
        (1.0, 1, True), (1.0, True, False), (True, True, True), (False, None, False), (None, None, True),
        ("1", 1, False),
        (0.1 + 0.2, 0.3, True), (0.3, 0.31, False), (1e7, 1e7 + 0.01, False), ("a", "a", True),
        (datetime(2021, 4, 7), datetime(2021, 4, 7), True), (None, "", False), ("oui", "Oui", False),
    ],
)  # fmt: skip
def test_same(old, new, equal):
    assert same(old, new) is equal


def test_where_rows_have_ids_changes_name_the_cells_by_these_and_by_labels():
    tab = TabSnapshot("Jury", [["Nom", "E-mail"], ["Ada", None]])
    operations = (
        CreateTab(Sheet("journal", "Journal", Owner.ROBOT, COLUMNS[:1], ((1,),))),
        AddColumn("Jury", 1, 2, COLUMNS[1]),
        SetCells("Jury", 1, COLUMNS[0], ((2, "ada@example.org"),)),
        Equip("Jury", 1, mark="jury"),
    )
    changed = Plan("1", operations).changes(Snapshot((tab,), capabilities=Capabilities(row_ids=True)))
    assert [(change.tab, change.cell) for change in changed] == [
        ("Journal", f"colonne {COLUMNS[0].header}"),
        ("Journal", f"ligne 1, {COLUMNS[0].header}"),
        ("Jury", f"colonne {COLUMNS[1].header}"),
        ("Jury", "ligne 1, E-mail"),
        ("Jury", ""),
    ]
