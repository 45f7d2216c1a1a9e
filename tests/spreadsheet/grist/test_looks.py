"""Types and looks of columns: the one that holds the values exactly, and looks as the plan says."""

import json
from datetime import datetime

import pytest

from eig_sheets.spreadsheet.grist.looks import people_column, robot_column, shown_column
from eig_sheets.spreadsheet.model.cells import Formula, Link
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from tests.spreadsheet.grist.documents import ZONE

NOON, MIDNIGHT = datetime(2021, 5, 4, 12), datetime(2021, 5, 4)


@pytest.mark.parametrize(
    ("look", "type_"),
    [
        (Column("A"), "Text"), (Column("A", Format.WRAPPED), "Text"), (Column("A", Format.GENERAL), "Text"),
        (Column("A", tick=True), "Bool"), (Column("A", choices=("x",)), "Choice"),
        (Column("A", tones=(("x", Tone.BAD),)), "Choice"), (Column("A", Format.NOTE), "Numeric"),
        (Column("A", Format.EURO), "Numeric"), (Column("A", Format.DATE), "Date"),
        (Column("A", Format.DATETIME), f"DateTime:{ZONE}"),
    ],
)  # fmt: skip
def test_a_column_that_people_fill(look, type_):
    assert people_column(look, ZONE)["type"] == type_


def test_a_number_that_nobody_typed_is_no_zero():
    definition = people_column(Column("Note", Format.NOTE), ZONE)
    assert (definition["formula"], definition["isFormula"]) == ("None", False)


def test_choices_have_their_colours():
    look = Column("A", choices=("Lauréat", "Refusé"), tones=(("Lauréat", Tone.GOOD), ("Autre", Tone.BAD)))
    options = json.loads(people_column(look, ZONE)["widgetOptions"])
    assert options["choices"] == ["Lauréat", "Refusé", "Autre"]
    assert {*options["choiceOptions"]} == {"Lauréat", "Autre"}
    assert all(option["fillColor"].startswith("#") for option in options["choiceOptions"].values())


@pytest.mark.parametrize(
    ("format_", "values", "type_"),
    [
        (Format.TEXT, ["a", None], "Text"), (Format.TEXT, [], "Text"), (Format.TEXT, [1, "a"], "Any"),
        (Format.INTEGER, [1, None, 2.5], "Numeric"), (Format.INTEGER, ["a"], "Any"), (Format.INTEGER, [], "Numeric"),
        (Format.INTEGER, [True], "Any"), (Format.NOTE, [1, NOON], "Any"), (Format.GENERAL, ["a"], "Any"),
        (Format.GENERAL, [], "Any"),
        (Format.DATE, [MIDNIGHT, ""], "Date"), (Format.DATE, [MIDNIGHT, NOON], f"DateTime:{ZONE}"),
        (Format.DATETIME, [MIDNIGHT], f"DateTime:{ZONE}"), (Format.TEXT, [Link("a", "T", "A1"), "b"], "Text"),
        (Format.TEXT, [Link("a", "T", "A1"), 1], "Any"), (Format.TEXT, [Formula("1", 1.0)], "Any"),
    ],
)  # fmt: skip
def test_a_robot_s_column_has_the_type_that_holds_its_values(format_, values, type_):
    assert robot_column(Column("A", format_), values, ZONE)["type"] == type_


@pytest.mark.parametrize("values", [["NSP"], [3.5, "NSP"], [3.5], []])
def test_numbers_and_words_are_in_the_middle(values):
    definition = robot_column(Column("A", Format.MIXED), values, ZONE)
    assert (definition["type"], json.loads(definition["widgetOptions"])["alignment"]) == ("Any", "center")


def test_a_column_of_links_shows_them():
    options = robot_column(Column("A"), [Link("a", "T", "A1")], ZONE)["widgetOptions"]
    assert json.loads(options) == {"widget": "HyperLink"}


def test_a_note_is_the_description_of_its_column():
    definition = shown_column(Column("Rang", note="Rang officiel."))
    assert (definition["label"], definition["description"]) == ("Rang", "Rang officiel.")


def test_what_the_robot_shows_in_people_s_tables_has_the_colours_and_the_decimals_that_it_has_in_its_own():
    state, note, rank = (
        shown_column(look)
        for look in (Column("É", tones=(("Vu", Tone.GOOD),)), Column("N", Format.NOTE), Column("R", Format.INTEGER))
    )
    assert json.loads(state["widgetOptions"])["choiceOptions"]["Vu"]["fillColor"] == "#DFF5E1"
    assert [definition["type"] for definition in (state, note, rank)] == ["Choice", "Numeric", "Numeric"]
    assert [json.loads(definition["widgetOptions"])["maxDecimals"] for definition in (note, rank)] == [2, 0]


@pytest.mark.parametrize("format_", [Format.PROBABILITY, Format.PROBABILITY_1, Format.PROBABILITY_2])
def test_a_probability_has_all_its_decimals_so_that_it_is_never_a_rounded_nought_or_one(format_):
    options = json.loads(robot_column(Column("P", format_), [0.9996, 0.0], ZONE)["widgetOptions"])
    assert options == {"numMode": "percent", "decimals": 0, "maxDecimals": 2}
