"""A tab foreseen with its new rows reads as it does once they are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.run.appended_rows import with_rows
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab, Plan
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.spreadsheet.contract_desk import without_blank_ends

VALUES = st.none() | st.sampled_from(["a", 2.0, datetime(2021, 9, 13)])
TOPS = st.lists(st.lists(VALUES, max_size=3), max_size=4)


@given(TOPS, st.integers(0, 2), st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=3))
def test_rows_read_as_if_they_were_there(top, gap, added):
    storage = Storage()
    storage.save([TabSnapshot("Suivi", [["N°", "Jalon", "Le nôtre"], *top]), TabSnapshot("Autre", [["x"]])])
    book = MemoryWorkbook(storage, "essai")
    before = book.read()
    look = Column("Jalon", Format.TEXT, 10, "")
    operation = AppendRows("Suivi", len(top) + 2 + gap, (0, 1), (look, look), tuple(added))
    foreseen = with_rows(before, operation)
    book.apply(Plan(before.version, (operation,)))
    assert [without_blank_ends(tab) for tab in foreseen.tabs] == [without_blank_ends(tab) for tab in book.read().tabs]


def test_a_tab_reads_as_if_it_were_made():
    columns = (Column("N°", Format.TEXT, 10, ""), Column("Échéance", Format.DATE, 10, ""))
    sheet = Sheet("suivi", "Suivi", Owner.PEOPLE, columns, (("1", datetime(2021, 9, 13)), ("2", None)), ("Fictif",))
    storage = Storage()
    storage.save([TabSnapshot("Autre", [["x"]])])
    book = MemoryWorkbook(storage, "essai")
    before = book.read()
    foreseen = with_rows(before, CreateTab(sheet))
    book.apply(Plan(before.version, (CreateTab(sheet),)))
    assert [without_blank_ends(tab) for tab in foreseen.tabs] == [without_blank_ends(tab) for tab in book.read().tabs]


def test_where_rows_are_inserted_those_below_go_down():
    snapshot = Snapshot((TabSnapshot("Suivi", [["N°"], ["1"], [None, "x"]]),), "1", Capabilities(inserts_rows=True))
    operation = AppendRows("Suivi", 3, (0,), (Column("N°", Format.TEXT, 10, ""),), (("2",),))
    assert without_blank_ends(with_rows(snapshot, operation).tabs[0]) == [["N°"], ["1"], ["2"], [None, "x"]]
    elsewhere = with_rows(replace(snapshot, capabilities=Capabilities()), operation)
    assert without_blank_ends(elsewhere.tabs[0]) == [["N°"], ["1"], ["2", "x"]]
