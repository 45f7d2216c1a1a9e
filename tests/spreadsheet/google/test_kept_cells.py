"""Texts that Google keeps otherwise: at once when only a program changes a text so, else after two writes."""

from __future__ import annotations

import pytest

from eig_sheets.spreadsheet.google.kept_cells import altered
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot

SHEET = Sheet("journal", "Journal", Owner.ROBOT, (Column("Quoi"),), ((" Bonjour à tous ",),))


@pytest.mark.parametrize(
    ("kept", "sure"),
    [("Bonjour à tous", [True, True]), ("Tout autre chose", [False, True]), (" Bonjour à tous ", [])],
)
def test_what_only_a_program_does_is_sure_at_once(kept, sure):
    tab = TabSnapshot("Journal", [["Quoi"], [kept]], mark="journal")
    first = [*altered(SHEET, tab, ())]
    second = [*altered(SHEET, tab, first)]
    assert [cell.is_sure for cell in (*first, *second)] == sure
