"""A text in CSV is no formula with any separator, and whoever reads it gets it back."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.text.csv_cells import escaped, unescaped

TRICKY = st.text(alphabet="=+-@'\"; ,\t\r\na1", max_size=12)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
        ('a,"@b', "a,\"'@b"),
        ("a\n-1", "a\n'-1"),
        ("\t=1", "\t'=1"),
        ("'=1", "''=1"),
        ("a = b, c - d", "a = b, c - d"),
        ("l’été ; 3-4", "l’été ; 3-4"),
    ],
)
def test_where_an_apostrophe_comes(text, cell):
    assert escaped(text) == cell


@given(TRICKY | st.text())
def test_a_reader_gets_the_text_back(text):
    assert unescaped(escaped(text)) == text


@given(st.lists(TRICKY, min_size=1, max_size=3), st.sampled_from(";,\t"), st.sampled_from([csv.QUOTE_MINIMAL, 1]))
def test_no_cell_is_a_formula_even_for_a_program_that_ignores_quotes(texts, separator, quoting):
    written = io.StringIO()
    csv.writer(written, quoting=quoting).writerow(map(escaped, texts))
    for cell in re.split(rf"[{separator}\r\n]", written.getvalue()):
        assert not re.match(r"""[\s"]*[=+\-@]""", cell)
    for row in csv.reader(io.StringIO(written.getvalue(), newline=""), delimiter=separator):
        assert not any(cell.strip().startswith(("=", "+", "-", "@")) for cell in row)
