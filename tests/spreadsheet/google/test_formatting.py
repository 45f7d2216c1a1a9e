"""The formatting of a robot's tab is kept when rows are added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.model.plan import CreateTab, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Format
from tests.spreadsheet.contract_desk import PEOPLE, RANKING, applied
from tests.spreadsheet.google_desk import OWNER, GoogleDesk, Weightless, key_of
from tests.test_sheets_server.clients import Api


@pytest.fixture
def desk(google):
    made = GoogleDesk(google, Weightless())
    yield made
    made.client.close()


def looks(desk, book):
    """The format of each cell under the headers of `Classement`, row by row."""
    api = Api(desk.server, key_of(book), OWNER)
    fields = "sheets(properties.title,data.rowData.values(effectiveValue,userEnteredFormat))"
    [tab] = [sheet for sheet in api.get(fields)["sheets"] if sheet["properties"]["title"] == "Classement"]
    rows = tab["data"][0]["rowData"][RANKING.header_row :]
    return [[cell.get("userEnteredFormat") for cell in row["values"]] for row in rows if row]


def test_rows_that_a_tab_gains_look_like_the_others(desk):
    book = desk.make_book(PEOPLE)
    applied(book, CreateTab(RANKING))
    first = looks(desk, book)[0]
    assert first[2]["numberFormat"]["pattern"] == "0.00"
    applied(book, ReplaceTab("Classement", replace(RANKING, rows=RANKING.rows * 20)))
    shown_rows = looks(desk, book)
    assert len(shown_rows) >= 60
    assert [row for row in shown_rows if row[: len(first)] != first] == []


def test_numbers_and_words_of_a_column_are_in_the_middle(desk):
    book, noted = desk.make_book(PEOPLE), replace(RANKING.columns[2], format=Format.MIXED)
    rows = tuple((*row[:2], score, *row[3:]) for row, score in zip(RANKING.rows, (3.5, "NSP", 4), strict=True))
    applied(book, CreateTab(replace(RANKING, columns=(*RANKING.columns[:2], noted, *RANKING.columns[3:]), rows=rows)))
    assert {row[2]["horizontalAlignment"] for row in looks(desk, book)[:3]} == {"CENTER"}


PLACE = 4
"""Of the column of probabilities."""


def shown(desk, book):
    """The probabilities as people see them."""
    api = Api(desk.server, key_of(book), OWNER)
    fields = "sheets(properties.title,data.rowData.values(formattedValue))"
    [tab] = [sheet for sheet in api.get(fields)["sheets"] if sheet["properties"]["title"] == "Classement"]
    rows = tab["data"][0]["rowData"][RANKING.header_row :]
    return [row["values"][PLACE]["formattedValue"].replace("\xa0", " ") for row in rows[:3]]


def of_probabilities(format_, *values):
    """RANKING with these probabilities, in such a format."""
    columns = list(RANKING.columns)
    columns[PLACE] = replace(columns[PLACE], format=format_)
    rows = tuple((*row[:PLACE], value, *row[PLACE + 1 :]) for row, value in zip(RANKING.rows, values, strict=True))
    return replace(RANKING, columns=tuple(columns), rows=rows)


def test_a_probability_shows_in_the_format_of_the_night(desk):
    book = desk.make_book(PEOPLE)
    applied(book, CreateTab(of_probabilities(Format.PROBABILITY, 0.9999, 0.624, 0.0)))
    assert shown(desk, book) == ["> 99 %", "62 %", "< 1 %"]
    applied(book, ReplaceTab("Classement", of_probabilities(Format.PROBABILITY_2, 0.9999, 0.2496, 0.01)))
    assert shown(desk, book) == ["> 99 %", "24.96 %", "1.00 %"]  # its locale is English


def test_a_banner_that_warns_is_in_red(desk):
    book = desk.make_book(PEOPLE)
    applied(book, CreateTab(RANKING))
    api = Api(desk.server, key_of(book), OWNER)
    rules = [
        rule for tab in api.get("sheets.conditionalFormats")["sheets"] for rule in tab.get("conditionalFormats", ())
    ]
    [alarm] = [
        rule for rule in rules if rule.get("booleanRule", {}).get("condition", {}).get("type") == "TEXT_STARTS_WITH"
    ]
    assert alarm["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "⚠"}]
    assert alarm["ranges"][0]["endRowIndex"] == RANKING.header_row - 1
