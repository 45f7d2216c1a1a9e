"""Tables on terminals of any width: no number is cut, what does not fit is said, a narrow one has cards."""

import os
import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.scoring.commands_tables import rank_table
from eig_sheets.cli import output, tables
from eig_sheets.text.french import number
from eig_sheets.workbook.table import Col, Table
from tests.call.report.support import mostly_tied

CASE = mostly_tied()
RANK_HEADERS = rank_table(CASE.results, CASE.campaign).headers
TABLE = Table(*(Col(key, header) for key, header in RANK_HEADERS.items()))
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
    """What a terminal of that width shows, and the keys of its columns or lines."""
    fitting = tables.fitting(rows, RANK_HEADERS, width) if width >= tables.NARROWEST else []
    if not fitting:
        return tables.cards(rows, RANK_HEADERS, width), [*RANK_HEADERS]
    return tables.table(rows, {key: RANK_HEADERS[key] for key in fitting}, width, (), styled=False), fitting


@given(ROWS, st.integers(20, 240))
def test_a_number_is_whole_and_no_line_is_longer_than_the_terminal(rows, width):
    text, keys = shown(rows, width)
    assert max(map(len, text.splitlines())) <= width
    for row in rows:
        for key in keys:
            if row[key] in NUMBERS:
                assert re.search(rf"(?<!\d){re.escape(row[key])}(?!\d)", text)


@given(ROWS, st.integers(1, 59))
def test_a_narrow_terminal_has_a_card_for_each_row_and_no_blank_line_in_it(rows, width):
    text = tables.cards([row | {"dossier": "3713503"} for row in rows], RANK_HEADERS, width)
    assert text.splitlines().count("") == len(rows) - 1


def test_the_least_useful_columns_go_first_and_what_it_is_read_for_never():
    row = dict.fromkeys(RANK_HEADERS, "3713503") | {"decision": ""}
    gone = [
        [key for key in RANK_HEADERS if key not in tables.fitting([row], RANK_HEADERS, width)]
        for width in (240, 125, 110, 100)
    ]
    assert gone[0] == []
    assert gone[1] == ["decision"]
    assert gone[2] == ["interval", "decision"]
    assert gone[3] == ["expected_rank", "interval", "decision"]
    assert tables.fitting([row], RANK_HEADERS, 60) == ["rank", "dossier", "project", "note", "proposal"]
    assert tables.fitting([row], RANK_HEADERS, 30) == []


ANSWERS = {
    "check": ({"severity": "bloquant", "tab": "Planning des auditions", "cell": "K14", "dossier": "3719093"},
              {"message": "Le numéro est aussi à la ligne 35.", "remedy": "Gardez une seule ligne."}),
    "emails list": ({"id": "laureat-3712437-0123456789ab", "template": "laureat", "dossier": "3712437"},
                    {"to": "ada@exemple.invalid", "subject": "Votre projet", "state": "Bloqué", "reasons": "À lire."}),
    "archives list": ({"workbook": "projets", "place": "dossier d’état", "what": "copies.sqlite3", "count": "12"},
                      {"from": "01/12/2026", "to": "01/12/2026", "due": "01/03/2027", "goes": "non", "reason": "Dû."}),
    "cofinancing": ({"dossier": "3712437", "decision": "Lauréat", "status": "Sous réserve", "route": "Transfert"},
                    {"programme": "217", "eig": "2", "amount_min": "34 380,00", "amount_max": "62 478,00",
                     "nature": "Exact", "missing": "Convention signée"}),
}  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("name", ANSWERS)
def test_what_a_table_is_read_for_is_there_at_any_width(name, width):
    row = {**ANSWERS[name][0], **ANSWERS[name][1]}
    kept = tables.fitting([row], dict(zip(row, row, strict=True)), width) or [*row]
    read_for = {
        "message", "remedy", "cell", "subject", "state", "reasons", "due", "goes", "reason", "decision", "status",
        "amount_min", "amount_max", "missing",
    }  # fmt: skip
    assert read_for & row.keys() <= {*kept}


@pytest.fixture
def terminal(monkeypatch):
    """Standard output is a terminal of that width."""

    def of(width):
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((width, 24)))

    return of


def test_the_table_says_which_columns_are_not_there(terminal, capsys):
    terminal(80)
    output.show(TABLE, [dict.fromkeys(RANK_HEADERS, "3713503")], "table")
    printed = capsys.readouterr()
    said = printed.err.replace("\u202f", " ")
    assert "Rang attendu, Intervalle 50 %" in said
    assert "ne tiennent pas dans cette fenêtre : élargissez-la, ou ajoutez --format csv." in said
    assert "Intervalle" not in printed.out
    terminal(20)
    output.show(TABLE, [dict.fromkeys(RANK_HEADERS, "3713503")] * 2, "table")
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.count("Dossier\u202f: 3713503\n") == 2
