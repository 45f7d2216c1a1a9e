"""SIRET numbers: how they are written, and whether one can be a SIRET (source: Insee, definition of the SIRET)."""

from __future__ import annotations

from typing import Final

from eig_sheets.text.french import NARROW

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
