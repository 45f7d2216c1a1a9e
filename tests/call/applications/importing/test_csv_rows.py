"""Cells of a .csv: those of the csv module, of any length, and a line that is named when quotes do not pair."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.call.applications.importing.reading import ExportError, csv_rows

TEXTS = st.text(st.sampled_from('aé"";\n\r '), max_size=30)


def of_the_csv_module(text):
    """The same rows by the csv module, None where it refuses; a lone « "" » is an empty row."""
    try:
        rows = [*csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)]
    except csv.Error:
        return None
    return [[] if row == [""] else row for row in rows]


@given(TEXTS)
@example('a;"b ""c"" ;\r\nd"\r\n\r\ne;')
@example('"a"b;c')
@example('a;"b')
def test_the_rows_are_those_of_the_csv_module(text):
    text = f"x;x;x\n{text}"  # so that the separator is known
    try:
        rows = csv_rows("export.csv", text)
    except ExportError:
        rows = None
    assert rows == of_the_csv_module(text)


@pytest.mark.parametrize("length", [131_073, 200_000, 2_000_000])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_may_be_of_any_length(length, quote):
    assert csv_rows("export.csv", f"ID;Texte\n1;{quote}{'é' * length}{quote}\n") == [
        ["ID", "Texte"],
        ["1", "é" * length],
    ]


@pytest.mark.parametrize(
    ("rows", "line", "wrong"),
    [
        ('1;"Deux\n2;Trois\n', 3, '« "Deux » n’est jamais fermé'),
        ('"1;Deux\n2;Trois\n', 3, '« "1;Deux » n’est jamais fermé'),
        ('0;"un\ntexte"\n1;"Deux', 5, '« "Deux » n’est jamais fermé'),
        ('1;"Deux\n2;"Trois"\n', 3, '« "Deux » se ferme au milieu d’un texte, ligne 4'),
        ('1;"Deux" fois\n', 3, '« "Deux" fois » se ferme au milieu d’un texte, ligne 3'),
        (f'1;"{"x" * 500}', 3, f'« "{"x" * 39} » n’est jamais fermé'),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_line_where_the_quote_opens_is_named(rows, line, wrong, line_end):
    text = f"ID;Nom\n0;Zéro\n{rows}".replace("\n", line_end)
    with pytest.raises(ExportError) as caught:
        csv_rows("export.csv", text)
    assert str(caught.value).replace("\u202f", " ") == (
        f"« export.csv », ligne {line} : le guillemet qui ouvre la cellule {wrong}, et ce qui suit se lirait dans "
        "cette cellule. Rien n’est importé : corrigez cette ligne, ou téléchargez l’export à nouveau."
    )


def test_a_quote_that_the_headers_do_not_close_is_named_too():
    with pytest.raises(ExportError, match=r"ligne 1.: .*jamais fermé"):
        csv_rows("export.csv", 'ID;"Nom\n1;Un\n')


def test_a_quote_within_a_cell_is_a_letter():
    assert csv_rows("export.csv", 'ID;Nom\n1;le "deux\n') == [["ID", "Nom"], ["1", 'le "deux']]
