"""A number by which people name a dossier is as it looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.text.numbers import is_one_slip, names_a_calculation, number_fault


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


@pytest.mark.parametrize("typed", ["3712346", "371235", "33712345", "3721345", "3712354", "3712345a"])
def test_one_slip_of_the_keyboard_is_seen(typed):
    assert is_one_slip(typed, "3712345")
    assert is_one_slip("3712345", typed)


@pytest.mark.parametrize("typed", ["3712345", "3712356", "3712543", "5712343", "37123", "371234567", "", "101"])
def test_another_number_is_no_slip(typed):
    assert not is_one_slip(typed, "3712345")
    assert not is_one_slip("3712345", typed)
    assert not is_one_slip("101", "102")


@pytest.mark.parametrize(
    "label",
    [
        "Total", "TOTAL", "Total général", "Sous-total", "Sous-totaux", "Total : 35", "Total 35", "Total (35)",
        "TOTAL = 1\u202f234,50", "Total Ministère", "Somme", "Moyenne :", "Médiane", "Écart-type", "Nombre de dossiers",
        "Nb", "Nbre EIG", "Minimum",
    ],
)  # fmt: skip
def test_the_label_of_a_calculation_is_no_number(label):
    assert names_a_calculation(label)


@pytest.mark.parametrize(
    "number",
    [
        "3712146", "35", "2021-03", "T-35", "TOTAL-35", "Total-2021-003", "total/12", "Total35", "nombre-12", "NB-12",
        "NB12", "SOMME80", "MOYENNE_1", "Totem", "Sommet", "EIG5-Total", "12 Total", "1.0", "",
    ],
)  # fmt: skip
def test_a_number_is_no_calculation(number):
    assert not names_a_calculation(number)


@given(st.text("0123456789ABCDT-_/. ", max_size=12).filter(lambda text: any(character.isdigit() for character in text)))
def test_what_has_digits_and_no_such_word_is_a_number(number):
    assert not names_a_calculation(number)
