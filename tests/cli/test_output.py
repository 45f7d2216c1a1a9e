"""Records on a terminal: a table that a person can read, or everything for a program."""

import json

import pytest

from eig_sheets.cli.output import show
from eig_sheets.workbook.table import Col, Table

NUMBERS = Table(Col("numero", "Dossier"))
PROBLEMS = Table(Col("problems", "Problèmes"), Col("who", "Qui"))
RECORDS = [{"numero": number} for number in range(1_003)]


@pytest.fixture
def shown(capsys):
    """What is printed of so many records, on stdout and on stderr."""

    def of(count, form):
        show(NUMBERS, RECORDS[:count], form, "Rien.")
        return capsys.readouterr()

    return of


def test_a_table_of_thousands_of_lines_stops_at_a_thousand_and_says_so(shown):
    printed = shown(1_003, "table")
    assert printed.out.split()[-1] == "999"
    assert printed.err.replace("\u202f", " ") == "… et 3 autres lignes : ajoutez --format csv pour tout avoir.\n"
    assert shown(1_000, "table").err == ""


def test_a_program_gets_them_all(shown):
    printed = shown(1_003, "json")
    assert (json.loads(printed.out), printed.err) == (RECORDS, "")
    assert shown(1_003, "csv").out.split()[1:] == [str(number) for number in range(1_003)]


def test_the_sentences_of_a_cell_are_one_a_line_and_its_words_after_commas(capsys):
    row = {"problems": ("Une note manque.", "Un juré manque."), "who": ("Ada", "Bob")}
    show(PROBLEMS, [row], "table", "Rien.")
    lines = [line.split("  ") for line in capsys.readouterr().out.splitlines()[2:]]
    assert [line[0].strip() for line in lines] == ["Une note manque.", "Un juré manque."]
    assert lines[0][-1].strip() == "Ada, Bob"
