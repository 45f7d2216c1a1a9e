"""A number by which people name a dossier is as it looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.text.numbers import number_fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("900\u200b001", "a un caractère invisible (U+200B)"),
        ("\u202e900001", "a un caractère invisible (U+202E)"),
        ("9000\x0001", "a un caractère invisible (U+0000)"),
        ("900001\n900002", "a un saut de ligne"),
        ("９00001", "a un signe trompeur, « ９ » (U+FF19) au lieu de « 9 »"),
        ("٩00001", "a un signe trompeur, « ٩ » (U+0669) au lieu de « 9 »"),
        ("𝟗00001", "a un signe trompeur, « 𝟗 » (U+1D7D7) au lieu de « 9 »"),
        ("EIG－01", "a un signe trompeur, « － » (U+FF0D) au lieu de « - »"),
        ("\u0410-12", "a un signe trompeur, « \u0410 » (lettre cyrillique, U+0410) au lieu de « A »"),
        ("9" * 101, "a plus de 100 caractères"),
    ],
)
def test_a_sign_that_misleads_is_named(number, fault):
    assert number_fault(number) == fault


@pytest.mark.parametrize(
    "number",
    ["3712345", "EIG-2021/04", "N° 12", "Nº 12", "dossier é", "3 712 345", "3\u202f712", "A–12", "½", "9" * 100, ""],
)
def test_what_people_type_is_accepted(number):
    assert number_fault(number) == ""


@given(st.text(max_size=30))
def test_no_text_breaks_it(number):
    assert isinstance(number_fault(number), str)
