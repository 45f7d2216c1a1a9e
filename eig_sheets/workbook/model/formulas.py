"""Compares formulas and converts them between locales.

Ours have English names and commas; Google reads « ; » in every locale.
Whether Google returns the names of functions in English, or in the language of the spreadsheet, was never seen: both
are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_QUOTED = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
"""Literal texts, and names of tabs between apostrophes."""


_LOOKUP_START = re.compile(r'ARRAYFORMULA\(IF\(ROW\(.*?\)=ROW\(.*?\),"((?:[^"]|"")*)",', re.IGNORECASE)
"""How the formula of a robot's column begins (`workbook/lookup_formula.py` makes it), with the header that it shows."""


def header_in(text: str | None) -> str | None:
    """The header that the formula of a robot's column shows; None for any other formula."""
    match = _LOOKUP_START.match(text or "")
    return match[1].replace('""', '"') if match else None


def same(formula: str | None, other: str) -> bool:
    """Whether two formulas are the same, however a spreadsheet spells spaces, separators and the names of tabs."""
    return formula is not None and (formula == other or _normalized(formula) == _normalized(other))


def _normalized(text: str) -> str:
    parts = _QUOTED.split(text)
    return "".join(
        re.sub(r"\s", "", part).replace(";", ",").upper()
        if index % 2 == 0
        else (part if part.startswith('"') else part[1:-1].replace("''", "'").upper())
        for index, part in enumerate(parts)
    )


def with_semicolons(text: str) -> str:
    """The formula with the separator that every locale of Google Sheets reads."""
    return _map_unquoted(text, lambda part: part.replace(",", ";"))


_FRENCH = {
    "ESTERREUR": "ISERROR",
    "LIGNE": "ROW",
    "MAINTENANT": "NOW",
    "RECHERCHEX": "XLOOKUP",
    "SI": "IF",
    "SI.NON.DISP": "IFNA",
    "SUPPRESPACE": "TRIM",
}
"""The functions of the formulas that we write, by their French names."""

_FRENCH_NAME = re.compile(
    rf"(?<![\w.])({'|'.join(map(re.escape, sorted(_FRENCH, key=len, reverse=True)))})(?=\s*\()", re.IGNORECASE
)


def with_commas(text: str) -> str:
    """The formula with English names and commas, as this package spells it."""
    return _map_unquoted(
        text, lambda part: _FRENCH_NAME.sub(lambda name: _FRENCH[name[1].upper()], part.replace(";", ","))
    )


def _map_unquoted(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if index % 2 else change(part) for index, part in enumerate(_QUOTED.split(text)))
