"""Table: from one declaration, JSON, CSV, what a terminal shows, and the cells of a robot's tab, read back."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

import numpy as np
import pandas as pd
import pytest

from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook.table import Col, Table, plain


class Colour(StrEnum):
    RED = "rouge"


@dataclass(frozen=True)
class Fruit:
    name: str
    colour: Colour | None
    picked: date
    seeds: tuple[str, ...] = ()
    weight: float = 0.1


TABLE = Table[Fruit](
    Col("code", value=lambda fruit: fruit.name[:2]),
    Col("colour", "Couleur", tab=Column("Sa couleur")),
    Col("picked", "Cueilli le", tab=Column("Le"), cell=lambda fruit: datetime.combine(fruit.picked, time())),
    Col("name", "Fruit", first=True, tab=Column("Fruit"), cell=lambda fruit: fruit.name.capitalize()),
    Col("seeds", "Pépins", people=lambda fruit: len(fruit.seeds), csv=lambda fruit: " ".join(fruit.seeds)),
    Col("heavy", "Lourd", lambda fruit: fruit.weight > 1, for_programs=False),
    Col("code", for_programs=False, tab=Column("Code"), value=lambda fruit: fruit.name.upper()),
)
APPLE = Fruit("pomme", Colour.RED, date(2021, 5, 6), ("a", "b"))
PEAR = Fruit("poire", None, date(2021, 9, 30), weight=2)


def test_json_has_every_key_in_the_order_of_the_columns_but_what_is_for_people_alone():
    assert [*TABLE.records([APPLE])[0].items()] == [
        ("code", "po"), ("colour", "rouge"), ("picked", "2021-05-06"), ("name", "pomme"), ("seeds", ["a", "b"]),
    ]  # fmt: skip


def test_csv_has_the_same_keys_and_its_own_value_where_one_is_declared():
    json, csv = TABLE.records([APPLE, PEAR]), TABLE.csv_records([APPLE, PEAR])
    assert csv == [{**json[0], "seeds": "a b"}, {**json[1], "seeds": ""}]


def test_a_terminal_shows_what_has_a_header_with_what_comes_first_first():
    assert [*TABLE.headers.items()] == [
        ("name", "Fruit"), ("colour", "Couleur"), ("picked", "Cueilli le"), ("seeds", "Pépins"), ("heavy", "Lourd"),
    ]  # fmt: skip
    assert TABLE.lines([PEAR]) == [
        {"name": "poire", "colour": None, "picked": "30/09/2021", "seeds": 0, "heavy": True}
    ]  # fmt: skip


def test_a_tab_has_the_columns_that_have_a_look_there_and_their_cells():
    assert [column.header for column in TABLE.sheet_columns] == ["Sa couleur", "Le", "Fruit", "Code"]
    assert TABLE.cells([PEAR]) == ((None, datetime(2021, 9, 30), "Poire", "POIRE"),)


def test_a_tab_is_read_by_key_wherever_people_moved_its_columns():
    moved = TabSnapshot("Fruits", (("Fruit", "Code", "à nous", "Le", "Sa couleur"), ("Poire", "POIRE", 1, 2, "vert")))
    assert [*TABLE.read(moved)] == [{"colour": "vert", "picked": 2, "name": "Poire", "code": "POIRE"}]


@pytest.mark.parametrize("tab", [None, TabSnapshot("Fruits", ()), TabSnapshot("Fruits", (("Fruit",), ("Poire",)))])
def test_nothing_is_read_of_a_tab_that_is_gone_or_lacks_a_header(tab):
    assert [*TABLE.read(tab)] == []


def test_the_same_table_is_of_rows_that_have_such_a_thing_in_them():
    whole = Table[tuple[int, Fruit]](*TABLE.over(lambda pair: pair[1]), Col("count", "Combien", lambda pair: pair[0]))
    assert whole.records([(3, APPLE)]) == [{**TABLE.records([APPLE])[0], "count": 3}]
    assert whole.csv_records([(3, APPLE)]) == [{**TABLE.csv_records([APPLE])[0], "count": 3}]
    assert whole.lines([(3, PEAR)]) == [{**TABLE.lines([PEAR])[0], "count": 3}]
    assert whole.cells([(3, PEAR)]) == TABLE.cells([PEAR])
    assert next(iter(whole.headers)) == "name"


def test_rows_are_objects_or_mappings():
    assert Table(Col("a"), Col("b")).records([{"b": 1, "a": 2, "c": 3}]) == [{"a": 2, "b": 1}]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (np.int64(3), 3),
        (np.float64(2.5), 2.5),
        (float("nan"), None),
        (pd.NaT, None),
        (pd.NA, None),
        (True, True),
        (pd.Timestamp(2021, 5, 6, 14), "2021-05-06T14:00:00"),
        (Colour.RED, "rouge"),
        ((Colour.RED, date(2021, 5, 6)), ["rouge", "2021-05-06"]),
        ({"a": 1}, {"a": 1}),
    ],
)
def test_a_value_is_plain(value, written):
    assert plain(value) == written
    assert type(plain(value)) is type(written)


def test_of_a_moment_programs_have_the_hour():
    assert plain(datetime(2021, 5, 6, 14, 30)) == "2021-05-06T14:30:00"
