"""What a text becomes when someone types it, and how values show: in English, in French."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server import typed
from tests.sheets_server.formatting import display
from tests.sheets_server.locales import ENGLISH, FRENCH, NARROW_SPACE
from tests.sheets_server.model import Formula, SheetError
from tests.sheets_server.serials import to_moment, to_serial

TODAY = date(2021, 3, 1)


def entry(text, locale):
    return typed.read(text, locale, TODAY)


def shown(text, locale):
    found = entry(text, locale)
    return display(found.value, found.number_format, locale)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("1.5", 1.5, to_serial(datetime(2021, 5, 1))),
        ("3.5", 3.5, to_serial(datetime(2021, 5, 3))),
        ("1,5", "1,5", 1.5),
        ("1,234", 1234, 1.234),
        ("1 234,50 €", "1 234,50 €", 1234.5),
        ("$1,234.50", 1234.5, "$1,234.50"),
        ("30 %", 0.3, 0.3),
        ("0612345678", 612345678, 612345678),
        ("+33612345678", 33612345678, 33612345678),
        ("+33 6 12", Formula("=+33 6 12"), Formula("=+33 6 12")),
        ("(12)", -12, -12),
        ("1e3", 1000, 1000),
        ("TRUE", True, True),
        ("vrai", "vrai", True),
        ("FAUX", "FAUX", False),
        ("oui", "oui", "oui"),
        ("'12", "12", "12"),
        ("=1+1", Formula("=1+1"), Formula("=1+1")),
        ("=", "=", "="),
        ("#N/A", SheetError("N_A"), SheetError("N_A")),
        ("#DIV/0!", SheetError("DIVIDE_BY_ZERO"), SheetError("DIVIDE_BY_ZERO")),
        ("n° 12", "n° 12", "n° 12"),
        ("nan", "nan", "nan"),
        ("Infinity", "Infinity", "Infinity"),
        ("  x ", "  x ", "  x "),
        ("", None, None),
    ],
)
def test_what_a_text_becomes(text, english, french):
    assert entry(text, ENGLISH).value == english
    assert entry(text, FRENCH).value == french


@pytest.mark.parametrize(
    ("text", "locale", "moment", "back"),
    [
        ("07/04/2021", ENGLISH, datetime(2021, 7, 4), "7/4/2021"),
        ("07/04/2021", FRENCH, datetime(2021, 4, 7), "07/04/2021"),
        ("7/4", FRENCH, datetime(2021, 4, 7), "07/04"),
        ("07/04/2021 23:59", FRENCH, datetime(2021, 4, 7, 23, 59), "07/04/2021 23:59:00"),
        ("7 avril 2021", FRENCH, datetime(2021, 4, 7), "7 avril 2021"),
        ("1er mars 2021", FRENCH, datetime(2021, 3, 1), "1 mars 2021"),
        ("Jan 5, 2021", ENGLISH, datetime(2021, 1, 5), "January 5, 2021"),
        ("2021-04-07", ENGLISH, datetime(2021, 4, 7), "2021-04-07"),
        ("2021-04-07", FRENCH, datetime(2021, 4, 7), "2021-04-07"),
        ("4/7/21 2:30 PM", ENGLISH, datetime(2021, 4, 7, 14, 30), "4/7/2021 14:30:00"),
    ],
)
def test_dates_are_serial_numbers_that_show_as_typed(text, locale, moment, back):
    found = entry(text, locale)
    assert to_moment(found.value) == moment
    assert shown(text, locale) == back


@pytest.mark.parametrize("text", ["31/02/2021", "32/01/2021", "7 avriil 2021", "lundi", "12:60", "2021-13-01"])
def test_what_is_no_date_stays_a_text(text):
    assert entry(text, FRENCH).value == text


def test_a_cell_of_plain_text_keeps_what_is_typed():
    assert typed.read("007", ENGLISH, TODAY, {"type": "TEXT"}).value == "007"


def test_a_plain_number_in_a_cell_of_percentages():
    percent = {"type": "PERCENT", "pattern": "0%"}
    assert [typed.read(text, ENGLISH, TODAY, percent).value for text in ("5", "5%", "TRUE")] == [0.05, 0.05, True]


@pytest.mark.parametrize(
    ("value", "pattern", "english", "french"),
    [
        (1234.5, "#,##0.00", "1,234.50", f"1{NARROW_SPACE}234,50"),
        (-1234.5, "#,##0;(#,##0)", "(1,235)", f"(1{NARROW_SPACE}235)"),
        (0.125, "0.0%", "12.5%", "12,5%"),
        (0, "0;-0;zero", "zero", "zero"),
        (1e6, '0.0,,"M"', "1.0M", "1,0M"),
        (44293.75, "dddd d mmmm yyyy hh:mm", "Wednesday 7 April 2021 18:00", "mercredi 7 avril 2021 18:00"),
        (1.5, "[h]:mm", "36:00", "36:00"),
        (5, "00", "05", "05"),
        (0.5, "#.##", ".5", ",5"),
        (12345, "0.00E+00", "1.23E+04", "1,23E+04"),
        (3, '0 "EIG"', "3 EIG", "3 EIG"),
    ],
)
def test_number_formats(value, pattern, english, french):
    assert display(value, {"type": "NUMBER", "pattern": pattern}, ENGLISH) == english
    assert display(value, {"type": "NUMBER", "pattern": pattern}, FRENCH) == french


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (2.0, "2", "2"),
        (1.45, "1.45", "1,45"),
        (1 / 3, "0.3333333333", "0,3333333333"),
        (100 / 3, "33.33333333", "33,33333333"),
        (0.1 + 0.2, "0.3", "0,3"),
        (True, "TRUE", "VRAI"),
        (SheetError("VALUE"), "#VALUE!", "#VALEUR!"),
        (SheetError("N_A"), "#N/A", "#N/A"),
    ],
)
def test_values_without_a_format(value, english, french):
    assert (display(value, None, ENGLISH), display(value, None, FRENCH)) == (english, french)


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 4)), st.sampled_from([ENGLISH, FRENCH]))
def test_a_number_that_is_shown_can_be_typed_back(number, locale):
    pattern = {"type": "NUMBER", "pattern": "#,##0.0000"}
    assert entry(display(number, pattern, locale), locale).value == number


@given(st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0)))
def test_a_moment_survives_its_serial_number(moment):
    assert to_moment(to_serial(moment)) == moment


@pytest.mark.parametrize(
    ("value", "shown_"),
    [(0.0, "peu"), (0.0099, "peu"), (0.01, "1 %"), (0.99, "99 %"), (0.991, "> 99 %"), (1.0, "> 99 %")],
)
def test_a_section_may_have_a_condition_of_its_own(value, shown_):
    pattern = '[<0.01]"peu";[>0.99]"> 99 %";0" "%'
    assert display(value, {"type": "PERCENT", "pattern": pattern}, FRENCH) == shown_
