"""Numbers by which people name a dossier, and SIRET numbers (source: Insee, definition of the SIRET)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from eig_sheets.text.confusables import Lookalike, foreign_letters, is_invisible
from eig_sheets.text.french import NARROW, plain

LONGEST: Final = 100
_TELLING: Final = 5
"""Characters from which one that differs is more likely a slip than another number."""
_SHAPES: Final = ("<wide>", "<narrow>", "<font>", "<circle>")
"""What Unicode says of a character that is another in a wider, narrower, ornate or circled shape."""
_CALCULATION: Final = re.compile(
    r"(?:sous )?(?:totaux|total|sommes?|cumul|moyennes?|mediane|ecart type|nombre|nb(?:re)?|effectifs?"
    r"|decompte|comptage|minimum|maximum)(?: [^\W\d]+)*"
)
"""What a spreadsheet program, or a person, writes before what it counts or adds up: « Total », « Nombre d’EIG »."""
_RESULT: Final = re.compile(r"\s*[:=(]?\s*(?<![^\s:=(])[\d\s.,]*\)?\s*$")
"""The number that may follow, apart from it (« Total : 35 »): in « TOTAL-35 », it is a part of a number of dossier."""


def names_a_calculation(number: str) -> bool:
    """Whether what stands where a number should be is the label of a line that counts or adds up the others."""
    if number[:1].isdigit():  # nearly all of them
        return False
    return _CALCULATION.fullmatch(plain(_RESULT.sub("", number))) is not None


def number_fault(number: str) -> str:
    """What is wrong with a number, as the end of a French sentence; '' when nothing is."""
    if number.isascii() and number.isprintable() and len(number) <= LONGEST:  # nearly all of them
        return ""
    for character in number:
        if character in "\n\r":
            return "a un saut de ligne"
        if is_invisible(character):
            return f"a un caractère invisible (U+{ord(character):04X})"
    strange = [Lookalike(character, like) for character in number if (like := _shape_of(character))] or foreign_letters(
        number
    )
    if strange:
        return f"a un signe trompeur, {strange[0]}"
    return f"a plus de {LONGEST} caractères" if len(number) > LONGEST else ""


def is_one_slip(word: str, other: str) -> bool:
    """Whether two numbers differ by one character that was typed wrong, twice, not at all or before its neighbour.

    Short numbers are too near each other to tell.
    """
    if min(len(word), len(other)) < _TELLING or abs(len(word) - len(other)) > 1:
        return False
    if len(word) == len(other):
        wrong = [place for place, pair in enumerate(zip(word, other, strict=True)) if pair[0] != pair[1]]
        first, last = (wrong[0], wrong[-1]) if wrong else (0, 0)
        swapped = last == first + 1 and word[first : last + 1] == other[last] + other[first]
        return len(wrong) == 1 or (len(wrong) == 2 and swapped)
    short, long = sorted((word, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _shape_of(character: str) -> str:
    """The ASCII character that it is another shape of, or the digit that it is in another script; '' when none."""
    if character.isascii():
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    same = unicodedata.normalize("NFKC", character)
    return same if same.isascii() and unicodedata.decomposition(character).startswith(_SHAPES) else ""


_DIGITS: Final = 14
_LA_POSTE: Final = "356000000"
"""Its establishments have no Luhn key: the sum of their digits is a multiple of five."""


def siret(text: str, space: str = NARROW) -> str:
    """13002526500013 → 130 025 265 00013; a text that has not fourteen digits stays as it is."""
    digits = _digits(text)
    return space.join((digits[:3], digits[3:6], digits[6:9], digits[9:])) if digits else text


def siret_fault(text: str) -> str:
    """What keeps a text from being a SIRET, as the end of a French sentence; '' when nothing does."""
    digits = _digits(text)
    if not digits:
        return f"n’a pas {_DIGITS} chiffres"
    of_la_poste = digits.startswith(_LA_POSTE) and _sum(digits) % 5 == 0
    return "" if of_la_poste or _luhn(digits) % 10 == 0 else "a un chiffre faux : sa clé de contrôle ne tombe pas juste"


def _digits(text: str) -> str:
    digits = "".join(text.split())
    return digits if digits.isascii() and digits.isdigit() and len(digits) == _DIGITS else ""


def _sum(digits: str) -> int:
    return sum(map(int, digits))


def _luhn(digits: str) -> int:
    """The sum of the digits, every other one doubled from the right, the digits of each double added."""
    return _sum(digits[-1::-2]) + sum(_sum(str(2 * int(digit))) for digit in digits[-2::-2])
