"""The ownership check of a batch: it may write to robot's tabs and to what it inserts, nothing else."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.google import areas, formatting, marks, objects
from eig_sheets.spreadsheet.google.ownership_check import BatchOwnershipError, check_ownership
from eig_sheets.spreadsheet.model.sheet import Column, FilterView, Owner, Sheet

pytestmark = pytest.mark.newest

PEOPLE, ROBOT, CHART = 7, 8, 99


def row(column, width=1, first=4):
    """A request that writes one row of a people's tab."""
    return areas.update_cells(areas.grid_coordinate(PEOPLE, first, column), [[{}] * width])


def allowed(*requests):
    check_ownership(requests, frozenset({ROBOT}), frozenset({CHART}))


def rejected(*requests):
    with pytest.raises(BatchOwnershipError):
        allowed(*requests)


SHEET = Sheet("classement", "Classement", Owner.ROBOT, (Column("Rang", note="Officiel."), Column("N°", scale=(0, 1))))


def test_a_robot_tab_may_be_written():
    allowed(
        areas.update_cells(areas.grid_coordinate(ROBOT, 0, 0), [[{}]]),
        *formatting.tab_formatting(SHEET, ROBOT),
        objects.protection(ROBOT, "", ["a@b.fr"]),
        objects.filter_view(SHEET, ROBOT),
        {"deleteConditionalFormatRule": {"sheetId": ROBOT, "index": 0}},
        {"deleteEmbeddedObject": {"objectId": CHART}},
        *objects.replacement(SHEET, ROBOT, (), {}),
        objects.named_view(FilterView("Dossiers de Camille", 3, "Camille"), PEOPLE, 1, 5),  # changes no cell
    )


def test_a_tab_may_be_written_once_the_batch_has_added_it():
    added = {"addSheet": {"properties": {"sheetId": 12}}}
    written = areas.update_cells(areas.grid_coordinate(12, 0, 0), [[{}]])
    allowed(added, written)
    rejected(written, added)


@pytest.mark.parametrize(
    "request_",
    [
        row(0),
        areas.repeat_cell(areas.grid_range(PEOPLE, (0, 1)), {}, "userEnteredFormat"),
        {"setDataValidation": {"range": areas.grid_range(PEOPLE, (0, None), (3, 4))}},
        formatting.column_width(PEOPLE, (0, 1), 50),
        {
            "addConditionalFormatRule": {
                "rule": {"ranges": [areas.grid_range(ROBOT, (0, 1)), areas.grid_range(PEOPLE, (0, 1))]}
            }
        },
        {"deleteConditionalFormatRule": {"sheetId": PEOPLE, "index": 0}},
        {"updateFilterView": {"filter": {"filterViewId": 5, "title": "x"}, "fields": "title"}},
        {"deleteFilterView": {"filterId": 5}},
        {"deleteEmbeddedObject": {"objectId": 1}},
        {"deleteDimension": {"range": areas.dimension_range(ROBOT, "ROWS", 0, 1)}},
        {"deleteSheet": {"sheetId": ROBOT}},
        {"sortRange": {"range": areas.grid_range(ROBOT, (0, 1))}},
        {"updateCells": {"range": areas.grid_range(ROBOT, (0, 1)), "rows": [], "fields": "*"}},
        {"updateSheetProperties": {"properties": {"sheetId": ROBOT, "title": "x"}, "fields": "title"}},
        {"appendCells": {"sheetId": ROBOT, "rows": [], "fields": "*"}},
        {"findReplace": {"sheetId": ROBOT, "find": "a"}},
        {"updateDimensionProperties": {"range": areas.dimension_range(ROBOT, "ROWS", 0, 1), "fields": "pixelSize"}},
        {"unheardOf": {"sheetId": ROBOT}},
    ],
    ids=lambda request_: next(iter(request_)),
)
def test_anything_else_is_rejected(request_):
    rejected(request_)
    rejected(marks.mark_tab(ROBOT, "classement"), request_)


def test_what_the_batch_inserts_may_be_written_and_nothing_beside_it():
    allowed(areas.insert_dimension(PEOPLE, "ROWS", 4, 6), row(0, 5), row(0, 5, first=5))
    rejected(areas.insert_dimension(PEOPLE, "ROWS", 4, 6), row(0, first=6))
    rejected(
        areas.insert_dimension(PEOPLE, "ROWS", 5, 6),
        areas.update_cells(areas.grid_coordinate(PEOPLE, 4, 0), [[{}], [{}]]),
    )
    allowed(
        areas.insert_dimension(PEOPLE, "COLUMNS", 3, 4),
        row(3),
        areas.repeat_cell(areas.grid_range(PEOPLE, (0, None), (3, 4)), {}, "note"),
    )
    rejected(areas.insert_dimension(PEOPLE, "COLUMNS", 3, 4), row(3, 2))
    rejected(
        areas.insert_dimension(PEOPLE, "COLUMNS", 3, 4),
        areas.repeat_cell(areas.grid_range(PEOPLE, (0, None), (3, None)), {}, "note"),
    )
    rejected(areas.insert_dimension(9, "COLUMNS", 3, 4), row(3))


def test_inserted_ranges_move_with_later_inserts():
    twice = (areas.insert_dimension(PEOPLE, "COLUMNS", 3, 4), areas.insert_dimension(PEOPLE, "COLUMNS", 0, 2))
    allowed(*twice, row(5), row(0, 2))
    rejected(*twice, row(3))
    inside = (areas.insert_dimension(PEOPLE, "COLUMNS", 3, 5), areas.insert_dimension(PEOPLE, "COLUMNS", 4, 5))
    allowed(*inside, row(3, 3))
    rejected(*inside, row(3, 4))


@given(
    inserts=st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3)), max_size=5),
    written=st.tuples(st.integers(0, 12), st.integers(1, 3)),
)
def test_only_inserted_columns_may_be_written(inserts, written):
    """Compared with a list of columns, each inserted or not, in which the same inserts are made."""
    boxes = [False] * 9
    requests = []
    for place, count in inserts:
        boxes[place:place] = [True] * count
        requests.append(areas.insert_dimension(PEOPLE, "COLUMNS", place, place + count))
    place, width = written
    requests.append(row(place, width))
    touched = (boxes + [False] * 20)[place : place + width]
    (allowed if all(touched) else rejected)(*requests)


def test_the_check_changes_no_request():
    requests = [areas.insert_dimension(PEOPLE, "ROWS", 4, 6), row(0, 5)]
    before = copy.deepcopy(requests)
    allowed(*requests)
    assert requests == before
