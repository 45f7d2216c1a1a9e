"""Characters that nobody sees: two texts that differ by one of them look the same."""

from __future__ import annotations

import unicodedata
from typing import Final

_CATEGORIES: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Controls, formats (zero width, right to left), and the separators of lines and paragraphs."""
_BLANK: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors, which choose a shape of the character before them."""


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing, and is no ordinary space."""
    code = ord(character)
    return (
        unicodedata.category(character) in _CATEGORIES
        or character in _BLANK
        or any(code in selectors for selectors in _SELECTORS)
    )


def visible(text: str) -> str:
    """The text without what nobody sees."""
    return "".join(character for character in text if not is_invisible(character))


def revealed(text: str) -> str:
    """The text with the code of each invisible character in its place: 900⟨U+200B⟩001."""
    return "".join(f"⟨U+{ord(character):04X}⟩" if is_invisible(character) else character for character in text)
