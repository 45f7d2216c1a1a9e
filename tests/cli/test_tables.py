"""Tables on terminals of any width: no number is cut, what does not fit is said, a narrow one has cards."""

import os
import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.cli import output, tables
from eig_sheets.cli.records import RANK_HEADERS
from eig_sheets.text.french import number

NUMBERS = ["3713503", "18,83", "3 / 4", "2 à 7", "> 99 %", "< 1 %", number(1234567.5, 2) + " €", "2021-04-30"]
TEXTS = [
    "Mes services Greentech",
    "Lauréat (sous réserve)",
    "Un juré ne se prononce pas sur un critère.",
    "ada@exemple.invalid",
    "",
]
ROWS = st.lists(
    st.fixed_dictionaries({key: st.sampled_from([*NUMBERS, *TEXTS]) for key in RANK_HEADERS}), min_size=1, max_size=4
)


def shown(rows, width):
    """What a terminal of that width shows."""
    if width < tables.NARROWEST:
        return tables.cards(rows, RANK_HEADERS, width)
    kept = {key: RANK_HEADERS[key] for key in tables.fitting(rows, RANK_HEADERS, width)}
    return tables.table(rows, kept, width, (), styled=False)


@given(ROWS, st.integers(20, 240))
def test_a_number_is_whole_and_no_line_is_longer_than_the_terminal(rows, width):
    text = shown(rows, width)
    assert max(map(len, text.splitlines())) <= width
    for row in rows:
        for key in RANK_HEADERS if width < tables.NARROWEST else tables.fitting(rows, RANK_HEADERS, width):
            if row[key] in NUMBERS:
                assert re.search(rf"(?<!\d){re.escape(row[key])}(?!\d)", text)


@given(ROWS, st.integers(1, 59))
def test_a_narrow_terminal_has_a_card_for_each_row_and_no_blank_line_in_it(rows, width):
    text = tables.cards([row | {"dossier": "3713503"} for row in rows], RANK_HEADERS, width)
    assert text.splitlines().count("") == len(rows) - 1


def test_the_least_useful_columns_go_first_and_the_first_two_never():
    row = dict.fromkeys(RANK_HEADERS, "3713503") | {"decision": ""}
    gone = [
        [key for key in RANK_HEADERS if key not in tables.fitting([row], RANK_HEADERS, width)]
        for width in (240, 125, 110, 100)
    ]
    assert gone[0] == []
    assert gone[1] == ["decision"]
    assert gone[2] == ["interval", "decision"]
    assert gone[3] == ["expected_rank", "interval", "decision"]
    assert [*tables.fitting([row], RANK_HEADERS, 10)] == ["rank", "dossier"]


@pytest.fixture
def terminal(monkeypatch):
    """Standard output is a terminal of that width."""

    def of(width):
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((width, 24)))

    return of


def test_the_table_says_which_columns_are_not_there(terminal, capsys):
    terminal(80)
    output.show([dict.fromkeys(RANK_HEADERS, "3713503")], "table", RANK_HEADERS, "")
    printed = capsys.readouterr()
    said = printed.err.replace("\u202f", " ")
    assert "Rang attendu, Intervalle 50 %" in said
    assert "ne tiennent pas dans cette fenêtre : élargissez-la, ou ajoutez --format csv." in said
    assert "Intervalle" not in printed.out
    terminal(20)
    output.show([dict.fromkeys(RANK_HEADERS, "3713503")] * 2, "table", RANK_HEADERS, "")
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.count("Dossier\u202f: 3713503\n") == 2
