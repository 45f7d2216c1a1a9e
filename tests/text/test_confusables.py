"""Confusable letters: each is reported with the letter that it looks like, legitimate domains are accepted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.text.confusables import lookalike_reason, lookalikes, punycode

SMALL_O, A, GREEK_O, P, U, PALOCHKA = "\u043e", "\u0430", "\u03bf", "\u0440", "\u0443", "\u04cf"
SMALL = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("address", "letters", "likes"),
    [
        (f"camille@g{SMALL_O}uv.fr", SMALL_O, "o"),
        (f"@g{SMALL_O}uv.fr", SMALL_O, "o"),
        (f"camille@g{GREEK_O}uv.fr", GREEK_O, "o"),
        (f"c{A}mille@gouv.fr", A, "a"),
        (f"{SMALL_O}.durand@gouv.fr", SMALL_O, "o"),  # a whole word of the local part
        ("\u0410nne@gouv.fr", "\u0410", "A"),
        (f"a@{P}{A}{U}{P}{A}l.com", P + A + U, "pay"),
        (f"a@{P}{A}{U}{P}{A}{PALOCHKA}.com", P + A + U + PALOCHKA, "payl"),  # one script, under a Latin name
        ("a@xn--guv-sed.fr", SMALL_O, "o"),  # the same, typed in punycode
        ("a@\uff47ouv.fr", "\uff47", "g"),  # full width
        ("a\uff20gouv.fr", "\uff20", "@"),
        ("jean\u2013luc@gouv.fr", "\u2013", "-"),
        ("a@gouv\u3002fr", "\u3002", "."),
        ("a@\u0261ouv.fr", "\u0261", "g"),  # phonetic
        ("a@g\u0585uv.fr", "\u0585", "o"),  # Armenian
        ("a@\u0442\u0435l.fr", "\u0442\u0435", "te"),
        ("a@go\u0436uv.fr", "\u0436", ""),  # like no Latin one, among Latin ones
        (f"a@{SMALL_O}\u03bd\u03b1.fr", f"{SMALL_O}\u03bd\u03b1", "ova"),  # two scripts, none of them Latin
    ],
)
def test_confusable_letters_are_found(address, letters, likes):
    letters_found = lookalikes(address)
    assert "".join(lookalike.letter for lookalike in letters_found) == letters
    assert "".join(lookalike.resembles for lookalike in letters_found) == likes


@pytest.mark.parametrize(
    "address",
    [
        "camille@gouv.fr",
        "camille@académie.fr",
        "camille@xn--acadmie-dya.fr",
        "camille@cafe\u0301.example",
        "élodie@café.example",
        "a@stra\u00dfe.example",
        "a@łódź.example",
        "a@œuvre-d’art.example".replace("’", "-"),
        "a@\u043f\u043e\u0447\u0442\u0430.com",  # a Russian word
        f"a@{P}{A}{U}{P}{A}{PALOCHKA}.\u0440\u0444",  # under a name of its own script
        f"a@{P}{A}{U}.xn--p1ai",
        "a@\u65e5\u672c\u8a9e.jp",
        "a@toyota\u65e5\u672c.jp",
        "",
        "@",
        "a@xn--",
        "a@xn--\u00e9.fr",
        "personne",
    ],
)
def test_legitimate_addresses_are_accepted(address):
    assert lookalikes(address) == ()
    assert lookalike_reason(address) == ""


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u200f", "\ufeff", "\u00ad", "\x07", "\u3164"])
@pytest.mark.parametrize("place", [0, 3, 9, 15])
def test_what_nobody_sees_in_an_address_is_found(hidden, place):
    spoilt = f"{'camille@gouv.fr'[:place]}{hidden}{'camille@gouv.fr'[place:]}"
    assert [lookalike.letter for lookalike in lookalikes(spoilt)] == [hidden]
    assert lookalike_reason(spoilt) == f"un caractère invisible (U+{ord(hidden):04X})"


def test_both_are_shown_the_letter_and_the_address_as_it_travels():
    assert lookalike_reason(f"camille@g{SMALL_O}uv.fr") == (
        f"« {SMALL_O} » (lettre cyrillique, U+043E) au lieu de « o », et s’écrit en réalité camille@xn--guv-sed.fr"
    )
    assert lookalike_reason(f"c{A}mille@gouv.fr") == f"« {A} » (lettre cyrillique, U+0430) au lieu de « a »"
    assert lookalike_reason("a@\uff47ouv.fr") == "« \uff47 » (U+FF47) au lieu de « g », et s’écrit en réalité a@gouv.fr"
    assert lookalike_reason(f"a@{P}{A}{U}{P}{A}{PALOCHKA}.com").endswith(
        "et d’autres lettres, et s’écrit en réalité a@xn--80aa0cbo65f.com"
    )


@given(st.text(SMALL, min_size=1, max_size=9), st.integers(0, 9), st.sampled_from("\u0430\u0435\u03bf\u043e\u0441"))
def test_one_foreign_letter_anywhere_among_latin_ones_is_seen(word, place, letter):
    spoilt = f"{word[:place]}{letter}{word[place:]}"
    assert [lookalike.letter for lookalike in lookalikes(f"x@{spoilt}.fr")] == [letter]
    assert [lookalike.letter for lookalike in lookalikes(f"{spoilt}@x.fr")] == [letter]
    assert lookalikes(punycode(f"x@{spoilt}.fr")) == lookalikes(f"x@{spoilt}.fr")


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    for address in (text, f"{text}@{text}", f"a@xn--{text}"):
        assert bool(lookalike_reason(address)) == bool(lookalikes(address))


@given(st.text(SMALL + "àâçéèêëîïôùûüÿœæñöäåøß-.", max_size=20))
def test_the_letters_of_french_and_its_neighbours_are_accepted(word):
    assert lookalikes(f"{word}@{word}.fr") == ()
