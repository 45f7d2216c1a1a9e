"""SIRET numbers: written in groups, and checked by their key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.text.numbers import siret, siret_fault

REAL = ("13002526500013", "130 025 265 00013", "35600000000048", "35600000049837")
"""The DINUM’s, as people also type it; La Poste’s head office; one of its post offices, without Luhn key."""


@pytest.mark.parametrize("text", REAL)
def test_a_siret_has_no_fault(text):
    assert siret_fault(text) == ""


@pytest.mark.parametrize(
    "text", ["", "1300252650001", "130025265000131", "1300252650001A", "１３００２５２６５０００１３", "352"]
)
def test_fourteen_digits_are_needed(text):
    assert siret_fault(text) == "n’a pas 14 chiffres"
    assert siret(text) == text


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_found(place, change):
    digits = [*REAL[0]]
    digits[place] = str((int(digits[place]) + change) % 10)
    assert "clé de contrôle" in siret_fault("".join(digits))


def test_it_is_written_in_groups():
    assert siret("13002526500013") == siret("130 025 265 00013") == "130\u202f025\u202f265\u202f00013"
