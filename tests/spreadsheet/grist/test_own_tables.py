"""The robot's own tables: how they are made and checked; what marks say of tables and columns."""

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist.document import MARKS, READERS, RUNS
from eig_sheets.spreadsheet.grist.own_tables import ChangedOwnTableError, check, marks_of
from tests.spreadsheet.grist.documents import campaign, column, mark, service_columns, table


def own(table_id):
    """The table that the actions make."""
    columns = [
        column(place, definition["id"], definition["type"], formula=definition.get("formula", ""), is_formula=False)
        for place, definition in enumerate(service_columns(table_id))
    ]
    return table(9, table_id, columns)


def test_a_table_as_we_made_it_is_right_and_may_be_absent():
    check({name: own(name) for name in (MARKS, RUNS, READERS)})
    check({})


@pytest.mark.parametrize("name", [MARKS, RUNS, READERS])
def test_a_renamed_table_is_told_from_an_absent_one(name):
    with pytest.raises(ChangedOwnTableError, match=f"table de service {name}, a été renommée"):
        check({"Autre": own(name)})


def test_a_copy_of_ours_is_people_s():
    check({MARKS: own(MARKS), "Copie": own(MARKS)})


def test_a_lost_column_is_named():
    with pytest.raises(ChangedOwnTableError, match=r"EIG_Executions .* colonnes : jeton"):
        check({RUNS: table(9, RUNS, own(RUNS).columns[1:])})


@pytest.mark.parametrize(
    ("name", "column_id", "change"),
    [
        (MARKS, "repere", {"is_formula": True, "formula": "''"}),
        (MARKS, "repere", {"formula": "'rien'"}),
        (MARKS, "table_ref", {"formula": ""}),
        (RUNS, "termine", {"type": "Text"}),
    ],
)
def test_a_column_that_computes_or_has_another_type_is_named(name, column_id, change):
    made = own(name)
    columns = [replace(each, **change) if each.id == column_id else each for each in made.columns]
    with pytest.raises(ChangedOwnTableError, match=rf"{name} a changé de type ou de formule : {column_id}"):
        check({name: table(9, name, columns)})


def test_marks_are_found_by_number_whatever_the_names():
    marks = marks_of(campaign())
    assert {place: each.id for place, each in marks.items()} == {
        (1, 0): "candidatures", (2, 0): "classement", (1, 12): "rang",
    }  # fmt: skip


def test_a_mark_whose_table_or_column_is_gone_says_nothing_even_of_what_has_its_names():
    document = campaign(table(3, "T", [column(31, "c")]))
    gone = [mark(0, "jury", row_id=1), mark(0, "note", is_column=True, row_id=2), mark(99, "suivi")]
    assert marks_of(type(document)(document.version, document.tables, tuple(gone))) == {}


def test_the_number_of_a_table_is_not_that_of_a_column():
    document = campaign()
    assert marks_of(type(document)("", document.tables, (mark(11, "jury"), mark(1, "x", is_column=True)))) == {}
