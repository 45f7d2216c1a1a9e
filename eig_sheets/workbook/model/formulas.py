"""How a formula's text is spelled: everything here has English names and commas, Google reads « ; » in every locale.

Whether Google gives the names of functions back in English, or in the language of the spreadsheet, was never seen: both
are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_KEPT = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
"""Literal texts, and names of tabs between apostrophes."""


_OF_A_COLUMN = re.compile(r'ARRAYFORMULA\(IF\(ROW\(.*?\)=ROW\(.*?\),"((?:[^"]|"")*)",', re.IGNORECASE)
"""How the formula of a robot's column begins (`workbook/lookup.py` makes it): with the header that it shows."""


def header_in(text: str | None) -> str | None:
    """The header that the formula of a robot's column shows; None for any other formula."""
    found = _OF_A_COLUMN.match(text or "")
    return found[1].replace('""', '"') if found else None


def same(one: str | None, other: str) -> bool:
    """Whether two formulas are one, however a spreadsheet spells spaces, separators and the names of tabs."""
    return one is not None and (one == other or _plain(one) == _plain(other))


def _plain(text: str) -> str:
    parts = _KEPT.split(text)
    return "".join(
        re.sub(r"\s", "", part).replace(";", ",").upper()
        if place % 2 == 0
        else (part if part.startswith('"') else part[1:-1].replace("''", "'").upper())
        for place, part in enumerate(parts)
    )


def with_semicolons(text: str) -> str:
    """The formula with the separator that every locale of Google Sheets reads."""
    return _outside(text, lambda part: part.replace(",", ";"))


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

_NAME = re.compile(
    rf"(?<![\w.])({'|'.join(map(re.escape, sorted(_FRENCH, key=len, reverse=True)))})(?=\s*\()", re.IGNORECASE
)


def with_commas(text: str) -> str:
    """The formula as everything here spells it."""
    return _outside(text, lambda part: _NAME.sub(lambda name: _FRENCH[name[1].upper()], part.replace(";", ",")))


def _outside(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if place % 2 else change(part) for place, part in enumerate(_KEPT.split(text)))
