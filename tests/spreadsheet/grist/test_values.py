"""Cells as SQLite has them and as the API takes them: each value that is written is read again."""

import json
import marshal
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.values import is_foreign, moment, read, read_column, seconds, written
from eig_sheets.spreadsheet.model.cells import CellError

PARIS = "Europe/Paris"
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(lambda at: at.replace(microsecond=0))


def packed(value):
    return marshal.dumps(value, 2)


@pytest.mark.parametrize(
    ("stored", "type_", "value"),
    [
        (None, "Text", None), ("", "Text", None), ("=1+1", "Text", "=1+1"), ("[1]", "Text", "[1]"),
        (3, "Numeric", 3.0), (3, "Any", 3.0), (0, "Int", 0.0),
        (1, "Bool", True), (0, "Bool", False), (2, "Bool", 2.0), (packed("peut-être"), "Bool", "peut-être"),
        (packed(True), "Any", True), (packed("3,5"), "Numeric", "3,5"), (packed(None), "Any", None),
        (1617753600, "Date", datetime(2021, 4, 7)), (1617832799, f"DateTime:{PARIS}", datetime(2021, 4, 7, 23, 59, 59)),
        (1617832799, "DateTime:Mars/Olympus", datetime(2021, 4, 7, 21, 59, 59)),
        (packed(["d", 1617753600]), "Any", datetime(2021, 4, 7)),
        (packed(["D", 1617832799, PARIS]), "Any", datetime(2021, 4, 7, 23, 59, 59)),
        (1e300, "Date", CellError("#ILLISIBLE")), (float("inf"), "Date", CellError("#ILLISIBLE")),
        (packed(["E", "ZeroDivisionError", "…"]), "Any", CellError("#ZeroDivisionError")),
        (packed(["P"]), "Any", CellError("#ILLISIBLE")), (packed([]), "Any", CellError("#ILLISIBLE")),
        (packed({"a": 1}), "Any", CellError("#ILLISIBLE")), (b"\xff", "Any", CellError("#ILLISIBLE")),
        (packed(["L", "a", 3.0, None, 2.5]), "Any", "a ; 3 ; 2.5"), (packed(["L"]), "Any", None),
        (packed(["L", ["d", 1617753600], ["E", "X"]]), "Any", "07/04/2021 ; #X"),
        ('["dev","designer"]', "ChoiceList", "dev ; designer"), ("[]", "ChoiceList", None),
        ("[4,5]", "Attachments", "4 ; 5"), ("[4]", "RefList:T", "4"), ("à voir", "ChoiceList", "à voir"),
        ('{"a":1}', "ChoiceList", '{"a":1}'), (0, "Ref:T", None), (3, "Ref:T", 3.0),
    ],
)  # fmt: skip
def test_a_cell_is_read(stored, type_, value):
    cell = read(stored, type_)
    assert cell == value
    assert type(cell) is type(value)


STORED = st.none() | st.text() | st.integers(-3, 2**40) | st.floats(allow_nan=False) | st.just(packed("3,5"))
TYPES = ["Text", "Any", "Numeric", "Int", "Choice", "Bool", "Date", f"DateTime:{PARIS}", "ChoiceList", "Ref:T", "Id"]


@given(st.lists(STORED), st.sampled_from(TYPES))
def test_a_column_is_read_as_each_of_its_cells(stored, type_):
    cells, wanted = read_column(stored, type_), [read(value, type_) for value in stored]
    assert cells == wanted
    assert [*map(type, cells)] == [*map(type, wanted)]


@given(MOMENTS, st.sampled_from([PARIS, "UTC", "America/New_York"]))
def test_a_moment_that_exists_is_read_as_it_was_written(typed, zone):
    there = typed.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    if there.replace(tzinfo=None) == typed:  # not in the hour that a spring day lacks
        assert moment(seconds(typed, zone), zone) == typed


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_is_midnight_in_any_zone(day):
    assert moment(seconds(day, "UTC"), "UTC") == datetime(day.year, day.month, day.day)
    assert seconds(day, PARIS) % timedelta(days=1).total_seconds() == 0


WRITTEN = st.text() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False) | MOMENTS


@given(WRITTEN)
def test_a_value_is_json_and_is_read_again_in_a_column_of_any_type(value):
    sent = json.loads(json.dumps(written(value, "Any", "UTC")))
    stored = packed(sent) if isinstance(sent, (bool, list)) else sent
    assert read(stored, "Any") == (None if value == "" else value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        written(value, "Numeric", PARIS)


def test_a_moment_is_what_the_type_of_its_column_wants():
    noon = datetime(2021, 4, 7, 12)
    assert written(noon, "Date", PARIS) == seconds(noon, "UTC")
    assert written(noon, "DateTime:UTC", PARIS) == seconds(noon, "UTC")
    assert written(noon, "Text", PARIS) == ["D", seconds(noon, PARIS), PARIS]


@pytest.mark.parametrize(
    ("stored", "foreign"), [(3, False), (0, False), (None, False), ("[2,3]", False), ("", False), ("NSP", True),
                            (packed("4512301"), True)],
)  # fmt: skip
def test_a_text_in_a_column_of_references(stored, foreign):
    assert is_foreign(stored) is foreign


def test_a_date_in_a_column_of_numbers_is_the_text_that_people_read():
    assert written(datetime(2021, 5, 3), "Numeric", PARIS) == "03/05/2021"
    assert written(datetime(2021, 5, 3, 14, 5), "Numeric", PARIS) == "03/05/2021 14:05"
