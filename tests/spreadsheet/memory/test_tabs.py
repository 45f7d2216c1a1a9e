"""A workbook in memory holds, types and refuses what an .xlsx file does: the same operations on both, cell by cell."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.cells import Formula, Link
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet.contract_desk import ADD_RANK, PEOPLE, RANKING, SET_RANKS, applied, look
from tests.spreadsheet.memory_desk import MemoryDesk
from tests.spreadsheet.xlsx_desk import XlsxDesk

pytestmark = pytest.mark.newest

VALUES = (
    3, 10**16, True, 2.5, "", "cloche \x07", "\ud800", "_x0041_", Link("ici", "Classement", "A1"),
    datetime(2021, 4, 7, 12, 30, 15, 123_456), datetime(1900, 1, 15), datetime(1899, 12, 31, 6),
    Formula("1+1", 2), Formula('IF(TRUE,"")', ""), Formula("TRUE", True), Formula("NOW()"),
)  # fmt: skip
OTHER = Sheet("classement", "Autre", Owner.ROBOT, (Column("Rang"),), ((1,),))
OUTBOX = Sheet("emails", "E-mails", Owner.OUTBOX, (Column("Id"), Column("État")), (), (), ((1, "etat"),))
DONE = {
    "values": (
        ADD_RANK,
        *(SetCells("Candidatures", 4, look(Format.GENERAL), ((2 + row, value),)) for row, value in enumerate(VALUES)),
    ),
    "a second column of the same mark": (ADD_RANK, AddColumn("Candidatures", 1, 6, Column("Rang 2"), "rang")),
    "a second tab of the same mark": (CreateTab(RANKING), CreateTab(OTHER)),
    "a tab replaced by one of another mark": (CreateTab(RANKING), ReplaceTab("classement", OUTBOX)),
    "a formula replaced": (SetCells("Candidatures", 2, look(), ((4, 7),)),),
    "a box that people drew ahead": (
        ADD_RANK, SetCells("Candidatures", 4, look(), ((5, False), (6, False))),
        AppendRows("Candidatures", 5, (0, 4), (look(), look()), (("a", None), ("b", 2))),
    ),
    "before a tab that is not there": (CreateTab(RANKING, "Absent"),),
}  # fmt: skip
REFUSED = {
    "a header that is taken": AddColumn("Candidatures", 1, 1, look()),
    "a row that is taken": AppendRows("Candidatures", 4, (0,), (look(),), (("x",),)),
    "a formula in the way": AppendRows("Candidatures", 4, (2,), (look(),), (("x",),)),
    "a long text": SetCells("Candidatures", 4, look(), ((2, "a" * 40_000),)),
    "no number": SetCells("Candidatures", 4, look(), ((2, float("nan")),)),
    "a moment before all": SetCells("Candidatures", 4, look(), ((2, datetime(1850, 1, 1)),)),
    "a name that is taken": CreateTab(Sheet("x", "évaluations", Owner.ROBOT, (Column("x"),))),
    "a name that is none": CreateTab(Sheet("x", "a:b", Owner.ROBOT, (Column("x"),))),
    "a tab that is not there": SetCells("Absent", 4, look(), ((2, 1),)),
}


@pytest.fixture
def books(tmp_path):
    """The same workbook on a file and in memory."""
    desks = (XlsxDesk(tmp_path, lambda path: XlsxWorkbook(path, tmp_path / "versions")), MemoryDesk())
    return [desk.make_book(PEOPLE) for desk in desks]


def held(snapshot):
    """Every cell with its type, formulas and marks."""
    return [(tab.name, repr(tab.rows), dict(tab.formulas), tab.mark, dict(tab.column_marks)) for tab in snapshot.tabs]


def test_what_people_typed_is_read_alike(books):
    on_a_file, memory = books
    assert held(on_a_file.read()) == held(memory.read())


@pytest.mark.parametrize("operations", DONE.values(), ids=DONE)
def test_what_is_done_is_held_alike(books, operations):
    on_a_file, memory = (applied(book, *operations) for book in books)
    assert held(on_a_file) == held(memory)


@pytest.mark.parametrize("operation", REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_refused_in_the_same_words(books, operation):
    messages = []
    for book in books:
        before = held(book.read())
        with pytest.raises(WorkbookError) as caught:
            applied(book, ADD_RANK, SET_RANKS, operation)
        messages.append(str(caught.value))
        assert held(book.read()) == before
    assert messages[0] == messages[1]
