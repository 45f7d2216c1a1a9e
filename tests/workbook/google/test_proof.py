"""What leaves for Google is proved on the requests themselves: in what the batch inserts, or in a tab of ours."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.workbook.google import areas, looks, marks, objects
from eig_sheets.workbook.google.proof import TrespassError, prove
from eig_sheets.workbook.sheet import Column, Owner, Sheet

pytestmark = pytest.mark.newest

PEOPLE, ROBOT, CHART = 7, 8, 99


def row(column, width=1, first=4):
    """One written row of a tab of people's."""
    return areas.put(areas.start(PEOPLE, first, column), [[{}] * width])


def proved(*requests):
    prove(requests, frozenset({ROBOT}), frozenset({CHART}))


def refused(*requests):
    with pytest.raises(TrespassError):
        proved(*requests)


SHEET = Sheet("classement", "Classement", Owner.ROBOT, (Column("Rang", note="Officiel."), Column("N°", scale=(0, 1))))


def test_a_tab_of_ours_is_ours_to_write():
    proved(
        areas.put(areas.start(ROBOT, 0, 0), [[{}]]),
        *looks.whole(SHEET, ROBOT),
        objects.protection(ROBOT, "", ["a@b.fr"]),
        objects.filter_view(SHEET, ROBOT),
        {"deleteConditionalFormatRule": {"sheetId": ROBOT, "index": 0}},
        {"deleteEmbeddedObject": {"objectId": CHART}},
        *objects.charts(SHEET, ROBOT, frozenset()),
    )


def test_a_tab_that_the_batch_adds_is_ours_once_added():
    added = {"addSheet": {"properties": {"sheetId": 12}}}
    written = areas.put(areas.start(12, 0, 0), [[{}]])
    proved(added, written)
    refused(written, added)


@pytest.mark.parametrize(
    "request_",
    [
        row(0),
        areas.dress(areas.area(PEOPLE, (0, 1)), {}, "userEnteredFormat"),
        {"setDataValidation": {"range": areas.area(PEOPLE, (0, None), (3, 4))}},
        looks.width(PEOPLE, (0, 1), 50),
        {"addConditionalFormatRule": {"rule": {"ranges": [areas.area(ROBOT, (0, 1)), areas.area(PEOPLE, (0, 1))]}}},
        {"deleteConditionalFormatRule": {"sheetId": PEOPLE, "index": 0}},
        objects.filter_view(SHEET, PEOPLE),
        {"deleteEmbeddedObject": {"objectId": 1}},
        {"deleteDimension": {"range": areas.span(ROBOT, "ROWS", 0, 1)}},
        {"deleteSheet": {"sheetId": ROBOT}},
        {"sortRange": {"range": areas.area(ROBOT, (0, 1))}},
        {"updateCells": {"range": areas.area(ROBOT, (0, 1)), "rows": [], "fields": "*"}},
        {"updateSheetProperties": {"properties": {"sheetId": ROBOT, "title": "x"}, "fields": "title"}},
        {"appendCells": {"sheetId": ROBOT, "rows": [], "fields": "*"}},
        {"findReplace": {"sheetId": ROBOT, "find": "a"}},
        {"updateDimensionProperties": {"range": areas.span(ROBOT, "ROWS", 0, 1), "fields": "pixelSize"}},
        {"unheardOf": {"sheetId": ROBOT}},
    ],
    ids=lambda request_: next(iter(request_)),
)
def test_anything_else_is_stopped(request_):
    refused(request_)
    refused(marks.on_tab(ROBOT, "classement"), request_)


def test_what_the_batch_inserts_is_ours_and_nothing_beside_it():
    proved(areas.insert(PEOPLE, "ROWS", 4, 6), row(0, 5), row(0, 5, first=5))
    refused(areas.insert(PEOPLE, "ROWS", 4, 6), row(0, first=6))
    refused(areas.insert(PEOPLE, "ROWS", 5, 6), areas.put(areas.start(PEOPLE, 4, 0), [[{}], [{}]]))
    proved(
        areas.insert(PEOPLE, "COLUMNS", 3, 4), row(3), areas.dress(areas.area(PEOPLE, (0, None), (3, 4)), {}, "note")
    )
    refused(areas.insert(PEOPLE, "COLUMNS", 3, 4), row(3, 2))
    refused(areas.insert(PEOPLE, "COLUMNS", 3, 4), areas.dress(areas.area(PEOPLE, (0, None), (3, None)), {}, "note"))
    refused(areas.insert(9, "COLUMNS", 3, 4), row(3))


def test_what_is_inserted_moves_with_what_is_inserted_before_it():
    twice = (areas.insert(PEOPLE, "COLUMNS", 3, 4), areas.insert(PEOPLE, "COLUMNS", 0, 2))
    proved(*twice, row(5), row(0, 2))
    refused(*twice, row(3))
    inside = (areas.insert(PEOPLE, "COLUMNS", 3, 5), areas.insert(PEOPLE, "COLUMNS", 4, 5))
    proved(*inside, row(3, 3))
    refused(*inside, row(3, 4))


@given(
    inserts=st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3)), max_size=5),
    written=st.tuples(st.integers(0, 12), st.integers(1, 3)),
)
def test_only_fresh_columns_may_be_written(inserts, written):
    """Against a row of boxes, each fresh or not, that the same inserts move."""
    boxes = [False] * 9
    requests = []
    for place, count in inserts:
        boxes[place:place] = [True] * count
        requests.append(areas.insert(PEOPLE, "COLUMNS", place, place + count))
    place, width = written
    requests.append(row(place, width))
    touched = (boxes + [False] * 20)[place : place + width]
    (proved if all(touched) else refused)(*requests)


def test_the_proof_changes_no_request():
    requests = [areas.insert(PEOPLE, "ROWS", 4, 6), row(0, 5)]
    before = copy.deepcopy(requests)
    proved(*requests)
    assert requests == before
