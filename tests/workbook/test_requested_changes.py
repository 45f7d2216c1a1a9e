"""Guarantee G1 for what people ask for: only blank cells are filled, only rows as an import wrote them deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed
from eig_sheets.spreadsheet.model.plan import DeleteRows, FillCells, Plan
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.model.snapshot import Area, Snapshot, TabSnapshot
from eig_sheets.workbook.layout import Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.ownership_check import OwnershipError, check_ownership
from eig_sheets.workbook.requested_changes import Requested, is_fillable, row_digest, written_digest
from tests.workbook.any_cells import CELLS
from tests.workbook.snapshots import SCHEMA, book, dossier, tab

LOOK = Column("Nom du projet")
FIELDS = [field.id for field in SCHEMA.tab("candidatures").fields]
PROJECT, RANK = FIELDS.index("projet"), len(FIELDS)
ROWS = [dossier("101", projet=None), dossier("102"), dossier("103", projet=None)]


def made(*tabs: TabSnapshot, formulas=None, merges=(), capabilities=None) -> Snapshot:
    dossiers = replace(
        tab("candidatures", [{**row, "Rang": 1.0} for row in ROWS], extra=["Rang"]),
        column_marks={RANK: "rang"}, formulas=formulas or {}, merges=merges,
    )  # fmt: skip
    whole = Snapshot((dossiers, *book().tabs[1:], *tabs), "1")
    return replace(whole, capabilities=capabilities) if capabilities else whole


def refused(snapshot: Snapshot, operation, requested: Requested) -> str:
    try:
        layout = locate(snapshot, SCHEMA, Names())
        check_ownership(Plan("1", (operation,)), snapshot, layout, SCHEMA, requested)
    except OwnershipError as error:
        return str(error)
    return ""


def fill(row=2, column=PROJECT, field="projet", value="Alpha", name="Candidatures"):
    return FillCells(name, column, LOOK, field, ((row, value),))


ASKED = Requested(fillable={"projet"})


def test_a_blank_cell_of_a_field_asked_for_may_be_filled():
    assert refused(made(), fill(), ASKED) == ""
    assert refused(made(), FillCells("Candidatures", PROJECT, LOOK, "projet", ((2, "a"), (4, "b"))), ASKED) == ""


FILL_BREACHES = {
    "nobody asked": (fill(), Requested(), {}),
    "another field": (fill(column=PROJECT + 1), ASKED, {}),
    "a field that is not there": (fill(field="motif"), Requested(fillable={"motif"}), {}),
    "a filled cell": (fill(row=3), ASKED, {}),
    "the header": (fill(row=1), ASKED, {}),
    "no dossier's row": (fill(row=5), ASKED, {}),
    "the number": (fill(column=0, field="numero"), Requested(fillable={"numero"}), {}),
    "a robot's column": (fill(column=RANK, field="rang"), Requested(fillable={"rang"}), {}),
    "nothing": (fill(value=None), ASKED, {}),
    "the staff's own tab": (fill(name="Budget"), ASKED, {}),
    "twice": (FillCells("Candidatures", PROJECT, LOOK, "projet", ((2, "a"), (2, "b"))), ASKED, {}),
    "a formula that shows nothing": (fill(), ASKED, {"formulas": {(2, PROJECT): 'IF(1=1,"","a")'}}),
    "a merged cell": (fill(), ASKED, {"merges": (Area(2, PROJECT, 3, PROJECT),)}),
    "while people type": (fill(), ASKED, {"capabilities": Capabilities(concurrent_editors=True)}),
    "rows found by id": (fill(), ASKED, {"capabilities": Capabilities(concurrent_editors=True, row_ids=True)}),
}


@pytest.mark.parametrize(("operation", "requested", "what"), FILL_BREACHES.values(), ids=FILL_BREACHES)
def test_no_other_cell_may_be_filled(operation, requested, what):
    assert refused(made(**what), operation, requested)


@given(CELLS)
def test_whatever_a_cell_holds_it_is_not_blank(value):
    at = TabSnapshot("T", [[value]])
    assert is_fillable(at, 1, 0) is (value is None)


@pytest.mark.parametrize("value", [CellError("#N/A"), Uncomputed("A1"), False, 0.0, " "])
def test_errors_and_unticked_boxes_are_not_blank(value):
    assert not is_fillable(TabSnapshot("T", [[value]]), 1, 0)


def deletable(snapshot: Snapshot, *rows: int) -> Requested:
    place = locate(snapshot, SCHEMA, Names()).tabs["candidatures"]
    return Requested(deletable={str(place.tab.value(row, 0)): row_digest(place, row) for row in rows})


def delete(first=3, last=4, name="Candidatures"):
    return DeleteRows(name, first, last, RANK + 1)


def test_the_last_rows_as_written_may_be_deleted():
    assert refused(made(), delete(), deletable(made(), 3, 4)) == ""
    assert refused(made(), delete(4), deletable(made(), 4)) == ""


DELETE_BREACHES = {
    "nobody asked": (delete(), (), {}),
    "rows above the last": (delete(2, 3), (2, 3), {}),
    "one that the import did not write": (delete(), (4,), {}),
    "the header": (delete(1), (2, 3, 4), {}),
    "a formula in it": (delete(), (3, 4), {"formulas": {(4, RANK + 4): "1+1"}}),
    "a formula under it": (delete(), (3, 4), {"formulas": {(9, 0): "1+1"}}),
    "a merge in it": (delete(), (3, 4), {"merges": (Area(3, 2, 4, 2),)}),
    "while people type": (delete(), (3, 4), {"capabilities": Capabilities(concurrent_editors=True)}),
}


@pytest.mark.parametrize(("operation", "rows", "what"), DELETE_BREACHES.values(), ids=DELETE_BREACHES)
def test_no_other_row_may_be_deleted(operation, rows, what):
    snapshot = made(**what)
    assert refused(snapshot, operation, deletable(snapshot, *rows))


@pytest.mark.parametrize(
    ("formula", "stands"), [("Candidatures!B3", True), ("Candidatures!B2", False), ("SUM(Candidatures!B:B)", False)]
)
def test_a_formula_elsewhere_that_refers_to_them_is_in_the_way(formula, stands):
    other = TabSnapshot("Budget", [[1.0]], formulas={(1, 0): formula})
    assert bool(refused(made(other), delete(), deletable(made(), 3, 4))) is stands


PLACE = locate(Snapshot((tab("candidatures", ROWS), *book().tabs[1:])), SCHEMA, Names()).tabs["candidatures"]


@given(st.integers(1, len(FIELDS) + 2), CELLS)
def test_a_row_in_which_anything_changed_is_not_as_written(column, value):
    cells = [list(row) for row in PLACE.tab.rows]
    cells[3] += [None] * (column + 1 - len(cells[3]))
    before, cells[3][column] = cells[3][column], value
    same = before == value or (before in (None, False) and value in (None, False))
    after = replace(PLACE, tab=replace(PLACE.tab, rows=cells))
    assert same or row_digest(after, 4) != row_digest(PLACE, 4)


def test_the_digest_of_what_is_written_is_that_of_what_is_read():
    values = dossier("103", nombre_eig=2)
    place = locate(book([dossier("101"), values]), SCHEMA, Names()).tabs["candidatures"]
    assert written_digest(place, values) == row_digest(place, 3)
    moved = [[*row[1:], row[0]] for row in place.tab.rows]
    other = locate(Snapshot((replace(place.tab, rows=moved), *book().tabs[1:])), SCHEMA, Names()).tabs["candidatures"]
    assert row_digest(other, 3) == row_digest(place, 3)
