"""How a value is quoted, and what it comes close to."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.workbook.quoting import LONGEST_QUOTE, closest, did_you_mean, quoted
from tests.workbook.any_cells import CELLS


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3.5, "3,5"), (5.0, "5"), (1234.5, "1\u202f234,5"), (True, "oui"), (False, "non"),
        ("  deux\nlignes ", "deux lignes"),
        (datetime(2021, 4, 7), "07/04/2021"), (datetime(2021, 4, 7, 23, 59), "07/04/2021 23:59"),
        (datetime(2021, 4, 7, 23, 59, 1), "07/04/2021 23:59:01"), (date(2021, 4, 7), "07/04/2021"),
        (time(3, 5), "03:05:00"), (CellError("#REF!"), "#REF!"), ("a" * 60, "a" * 60), ("a" * 61, "a" * 59 + "…"),
    ],
)  # fmt: skip
def test_quoted(value, words):
    assert quoted(value) == words


@given(CELLS)
def test_a_quote_of_anything_typed_as_text_is_short_and_on_one_line(value):
    words = quoted(value)
    assert "\n" not in words
    assert len(words) <= LONGEST_QUOTE or not isinstance(value, str)


def test_closest():
    words = ["Présélectionné", "Écarté – inéligible", "Écarté – insuffisant"]
    assert closest("preselectionne", words) == "Présélectionné"
    assert closest("Écarté - ineligble", words) == "Écarté – inéligible"
    assert closest("peut-être", words) is None
    assert closest("x" * 50_000, words) is None
    assert closest(3712146.0, []) is None


def test_two_addresses_of_one_domain_are_not_close_for_that():
    known = ["jeanne.valsenestre@exemple.invalid", "a@b.fr"]
    assert closest("jeanne.valsenestr@exemple.invalid", known) == known[0]
    assert closest("jeanne.valsenestre@exmple.invalid", known) == known[0]
    assert closest("personne.d.autre@exemple.invalid", known) is None
    assert closest("c@b.fr", known) is None


def test_did_you_mean():
    assert did_you_mean("3712147", ["3712146"]) == " Vouliez-vous dire « 3712146 » ?"
    assert did_you_mean("x", ["3712146"]) == ""
