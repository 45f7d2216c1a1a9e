"""The column that tells people which of the numbers that they typed cannot count: what Grist computes of a row."""

from types import SimpleNamespace

import pytest

from eig_sheets.spreadsheet.grist.work import WorkColumn, WorkTable
from eig_sheets.spreadsheet.grist.wrong_numbers import added_column
from eig_sheets.spreadsheet.model.sheet import Column, Limits, Owner, Sheet

LIMITS = Limits(1, 4, ("NSP",), "de 1 à 4, ou NSP")
LOOKS = (Column("N°"), Column("Définition", limits=LIMITS), Column("Ouverture", limits=LIMITS))
TABLE = WorkTable("Notes", "Notes", [WorkColumn(id_, id_, "Numeric") for id_ in ("n", "definition", "ouverture")])


class AltText:
    """What a formula sees of a text in a column of numbers."""

    def __init__(self, text):
        self._text = text

    def __str__(self):
        return self._text


def said(definition, ouverture=None):
    [added, _] = added_column(TABLE, Sheet("notes", "Notes", Owner.PEOPLE, LOOKS))
    body = "\n".join(f"  {line}" for line in added[3]["formula"].replace("$", "rec.").splitlines())
    scope = {}
    exec(f"def formula(rec):\n{body}", scope)
    return scope["formula"](SimpleNamespace(definition=definition, ouverture=ouverture))


@pytest.mark.parametrize("typed", [None, 1, 4, 2.5, AltText("NSP"), AltText("nsp "), AltText("3,5"), AltText("")])
def test_what_may_be_typed_is_not_commented(typed):
    assert said(typed) == ""


@pytest.mark.parametrize("typed", [0, 4.5, 35, AltText("bof"), AltText("12/03"), AltText("5,5")])
def test_what_cannot_count_is_told_with_the_limits(typed):
    assert said(typed).replace("\u202f", " ").replace("\u00a0", " ") == "Définition : de 1 à 4, ou NSP"


def test_each_mistake_is_told():
    assert [mistake.split()[0] for mistake in said(7, AltText("?")).split(" ; ")] == ["Définition", "Ouverture"]


@pytest.mark.parametrize("sheet", [Sheet("t", "T", Owner.ROBOT, LOOKS), Sheet("t", "T", Owner.PEOPLE, LOOKS[:1] * 3)])
def test_other_tables_have_no_such_column(sheet):
    assert [*added_column(TABLE, sheet)] == []
