"""A robot's table is made what it should be by its differences: what is right already is not sent again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.robot_tables import replacement
from eig_sheets.spreadsheet.grist.work import WorkDocument
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from tests.spreadsheet.grist.documents import URL, ZONE, campaign, column, robots, table

NUMBER, RANK = Column("N°"), Column("Rang", Format.INTEGER)
OPTIONS = {"decimals": 0, "maxDecimals": 0}


def sheet(*rows, columns=(NUMBER, RANK)):
    return Sheet("classement", "Classement", Owner.ROBOT, columns, rows)


def actions(target, *rows, columns=None):
    columns = columns or [column(21, "N°", id="numero"), column(22, "Rang", "Numeric", id="rang", options=OPTIONS)]
    before = table(2, "Classement", columns, dict(enumerate(rows, 5)))
    work = WorkDocument(campaign(ranking=before), URL, ZONE)
    return [*replacement(work.table("Classement"), target, work)]


def test_nothing_is_sent_when_nothing_differs():
    assert actions(sheet(("a", 1), ("b", None)), ("a", 1), ("b", None)) == []


def test_styles_by_rules_stay_when_anything_else_of_a_column_changes():
    styled = {**OPTIONS, "rulesOptions": [{"fillColor": "#FF0000"}]}
    columns = [column(21, "N°", id="numero"), column(22, "Rang", "Numeric", id="rang", options=styled)]
    assert actions(sheet(("a", 1)), ("a", 1), columns=columns) == []
    percent = (NUMBER, Column("Rang", Format.PERCENT))
    [action] = actions(sheet(("a", 1), columns=percent), ("a", 1), columns=columns)
    options = json.loads(action[3]["widgetOptions"])
    assert (options["numMode"], options["rulesOptions"]) == ("percent", styled["rulesOptions"])
    assert action[3].keys() == {"widgetOptions"}


@pytest.mark.parametrize("change", [{"formula": "1"}, {"formula": "1", "is_formula": False}, {"type_": "Text"}])
def test_a_column_that_others_changed_is_as_we_made_it_again(change):
    rank = column(22, "Rang", change.pop("type_", "Numeric"), id="rang", options=OPTIONS, **change)
    [action, *_] = actions(sheet(("a", 1)), ("a", 1), columns=[column(21, "N°", id="numero"), rank])
    assert action[:3] == ["ModifyColumn", "Classement", "rang"]
    assert {**action[3], "widgetOptions": None} == {
        "type": "Numeric", "isFormula": False, "formula": "None", "widgetOptions": None,
    }  # fmt: skip


def test_a_number_and_a_truth_differ():
    assert actions(sheet(("a", 1)), ("a", 0)) == [["BulkUpdateRecord", "Classement", [5], {"rang": [1]}]]


def test_only_the_cells_that_differ_are_sent_by_columns():
    made = actions(sheet(("a", 2), ("b", 2), ("c", 3)), ("a", 1), ("x", 2), ("c", 4))
    assert made == [
        ["BulkUpdateRecord", "Classement", [5, 7], {"rang": [2, 3]}],
        ["BulkUpdateRecord", "Classement", [6], {"numero": ["b"]}],
    ]


def test_rows_are_added_and_removed_at_the_end():
    assert actions(sheet(("a", 1), ("b", 2)), ("a", 1)) == [
        ["BulkAddRecord", "Classement", [None], {"numero": ["b"], "rang": [2]}]
    ]
    assert actions(sheet(("a", 1)), ("a", 1), ("b", 2), ("c", 3)) == [["BulkRemoveRecord", "Classement", [6, 7]]]


def test_a_column_that_lacks_takes_the_place_of_one_that_is_not_wanted():
    [action] = actions(sheet(("a",), columns=(Column("Dossier"),)), ("a",), columns=[column(21, "N°", id="numero")])
    assert action == ["ModifyColumn", "Classement", "numero", {"label": "Dossier", "untieColIdFromLabel": True}]


def test_a_column_too_many_goes_and_one_too_few_comes():
    [removed] = actions(sheet(("a",), columns=(NUMBER,)), ("a", 1))
    assert removed == ["RemoveColumn", "Classement", "rang"]
    [added, set_] = actions(sheet(("a", 1)), ("a",), columns=[column(21, "N°", id="numero")])
    assert added[:3] == ["AddVisibleColumn", "Classement", "Classement_Rang"]
    assert set_ == ["BulkUpdateRecord", "Classement", [5], {"Classement_Rang": [1]}]


def test_a_column_of_another_type_is_written_whole():
    columns = [column(21, "N°", id="numero"), column(22, "Rang", "Text", id="rang")]
    [changed, set_] = actions(sheet(("a", 1)), ("a", "1"), columns=columns)
    assert (changed[0], changed[3]["type"]) == ("ModifyColumn", "Numeric")
    assert set_ == ["BulkUpdateRecord", "Classement", [5], {"rang": [1]}]


def test_a_formula_that_people_put_there_becomes_values_again():
    columns = [column(21, "N°", id="numero"), column(22, "Rang", "Numeric", id="rang", formula="1", options=OPTIONS)]
    changed = actions(sheet(("a", 1)), ("a", 1), columns=columns)[0]
    assert changed[3]["isFormula"] is False


def test_columns_are_put_in_order():
    columns = [column(22, "Rang", "Numeric", id="rang", options=OPTIONS), column(21, "N°", id="numero")]
    [action] = actions(sheet(("a", 1)), (1, "a"), columns=columns)
    assert action == ["BulkUpdateRecord", "_grist_Tables_column", [21, 22], {"parentPos": [1.0, 2.0]}]


@pytest.mark.parametrize("count", [500, 501])
def test_many_rows_are_several_actions(count):
    made = actions(sheet(*[(f"{place}", place) for place in range(count)]))
    assert len(made) == 1 + count // 501
    assert robots().title == made[0][1]


def in_order(keys):
    """The ranking of these keys, as Grist stores it."""
    columns = [column(21, "N°", id="numero"), column(22, "Rang", "Numeric", id="rang", options=OPTIONS)]
    ranking = table(2, "Classement", columns, {5 + place: (key, place) for place, key in enumerate(keys)})
    positions = tuple(float(place + 1) for place, _ in enumerate(keys))
    return replace(ranking, cells={**ranking.cells, "manualSort": positions})


def moved(before, *rows):
    work = WorkDocument(campaign(ranking=before), URL, ZONE)
    return [*replacement(work.table("Classement"), sheet(*rows), work)]


@given(st.permutations([f"d{place}" for place in range(8)]))
def test_rows_that_only_moved_are_put_in_their_places(keys):
    ranking = in_order(sorted(keys))
    actions = moved(ranking, *((key, place) for place, key in enumerate(keys)))
    rows = dict(zip(ranking.row_ids, ranking.cells["numero"], strict=True))
    positions = dict(zip(ranking.row_ids, ranking.cells["manualSort"], strict=True))
    for row_id, place in [pair for action in actions if "manualSort" in action[3]
                          for pair in zip(action[2], action[3]["manualSort"], strict=True)]:  # fmt: skip
        positions[row_id] = place - 0.5  # Grist puts a row before the one that has that position
    assert [rows[row_id] for row_id in sorted(positions, key=positions.__getitem__)] == keys
    assert all(action[3].keys() <= {"manualSort", "rang"} for action in actions)


@pytest.mark.parametrize(
    ("rows", "positions"),
    [
        ((("b", 0), ("c", 1)), (1.0, 2.0)),  # other ones
        ((("b", 0), ("b", 1)), (1.0, 2.0)),  # which no key tells apart
        ((("b", 0), ("a", 1)), (1.0, 1.0)), ((("b", 0), ("a", 1)), (1.0, None)),  # in no order
    ],
)  # fmt: skip
def test_rows_that_are_not_the_same_are_written_in_their_places(rows, positions):
    ranking = in_order("ab")
    actions = moved(replace(ranking, cells={**ranking.cells, "manualSort": positions}), *rows)
    assert actions
    assert all("manualSort" not in action[3] for action in actions)
